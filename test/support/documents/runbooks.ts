import type {
  RunbookDocument,
  RunbookLintDocument,
  RunbookListDocument,
  RunbookPlanDocument,
  RunbookRunDocument,
} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {inWords} from '../../../src/render/findings/worded-findings.js'
import {runbookFaultText} from '../../../src/render/words/en/lint/runbook.js'
import {lintRunbooks} from '../../../src/usecases/runbook/lint-runbooks.js'
import {listRunbooks} from '../../../src/usecases/runbook/list-runbooks.js'
import {planRunbook} from '../../../src/usecases/runbook/plan-runbook.js'
import {runRunbook} from '../../../src/usecases/runbook/run-runbook.js'
import {showRunbook} from '../../../src/usecases/runbook/show-runbook.js'
import {aModel} from '../builders/compose-model.js'
import {fakeCompose} from '../fakes/compose.js'
import {fakeLibrary} from '../fakes/library.js'
import {LINT_INPUT, lintDeps, liveDeps} from '../lint-deps.js'
import {runInput, scene} from '../runbook-deps.js'
import {NOW} from './stack.js'

/** Everything that the format knows. */
const FULL = `---
title: API down
severity: critical
alerts: [APIDown]
services: [api]
owner: ops
reviewEvery: 90d
timeout: 15m
inputs:
  service: {default: api, oneOf: [api, redis]}
  token: {secret: true, from: env:API_TOKEN}
uses: [fix.sh]
resolved:
  within: 5s
  hold: 0s
  every: 1s
  all:
    - {health: api}
    - {http: 'http://localhost:8000/stats', expect: 2xx}
    - {promql: 'sum(up)', expect: 1..3}
    - {promql: 'sum(up{job="\${service}"})', expect: '>= 1'}
---
# API down

Nobody gets a recommendation.

## Look

Read the log.

\`\`\`sh {diagnose id=logs capture=log retries=1 backoff=2s timeout=5s}
faci logs "$service"
\`\`\`
\`\`\`promql {diagnose capture=p95 expect=1..3}
sum(up{job="\${service}"})
\`\`\`
\`\`\`http {diagnose expect=2xx}
GET http://localhost:8000/stats
\`\`\`
## Restart
\`\`\`sh {mitigate id=restart on_failure=stop outputs=url}
faci restart "$service"
\`\`\`
\`\`\`promql {verify within=5s expect="<= 1.1 * $p95"}
sum(up)
\`\`\`
## Recreate
\`\`\`http {mitigate id=recreate confirm=always}
POST http://localhost:8000/reset
\`\`\`
\`\`\`md {notify to=slack}
{{summary}}
\`\`\`
- [ ] Call the stakeholders
`

/** Short, so that each way a run can end is quick to see. */
const SHORT = `---
title: API down
severity: critical
services: [api]
inputs:
  service: {default: api, oneOf: [api, redis]}
  token: {secret: true, from: env:API_TOKEN}
resolved: {within: 5s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Look
\`\`\`sh {diagnose id=logs}
faci logs
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate}
faci down && faci up
\`\`\`
\`\`\`sh {verify}
true
\`\`\`
\`\`\`md {notify to=slack}
{{summary}}
\`\`\`
- [ ] Call the stakeholders
`

const VALUES = {API_TOKEN: 'hunter2-hunter2'}

export async function runbookListDocuments(): Promise<readonly RunbookListDocument[]> {
  const libraries = [fakeLibrary({'api-down': FULL}), fakeLibrary({})]
  const results = await Promise.all(libraries.map((library) => listRunbooks({library})))
  return results.map((result) => envelope('runbook-list', result, NOW))
}

/** Clean, invalid, and against a system without Prometheus. */
export async function runbookLintDocuments(): Promise<readonly RunbookLintDocument[]> {
  const results = await Promise.all([
    lintRunbooks(lintDeps({'api-down': FULL.replace('Read the log.', 'token xoxb-1234567890-abc')}), LINT_INPUT),
    lintRunbooks(lintDeps({broken: '## Step\n```sh {diagnos}\n```\n'}), LINT_INPUT),
    lintRunbooks(lintDeps({'api-down': FULL}, {live: liveDeps({metrics: null})}), LINT_INPUT),
  ])
  return results.map((result) => envelope('runbook-lint', inWords(result, runbookFaultText), NOW))
}

export async function runbookDocuments(): Promise<readonly RunbookDocument[]> {
  const result = await showRunbook({library: fakeLibrary({'api-down': FULL})}, {name: 'api-down'})
  return [envelope('runbook', result, NOW)]
}

export async function runbookPlanDocuments(): Promise<readonly RunbookPlanDocument[]> {
  const {deps} = scene({runbook: FULL, values: VALUES})
  const compose = fakeCompose(aModel(['app']))
  return [envelope('runbook-plan', await planRunbook({...deps, compose}, runInput()), NOW)]
}

/** Resolved, refused and not resolved. */
export async function runbookRunDocuments(): Promise<readonly RunbookRunDocument[]> {
  const heals = scene({
    runbook: SHORT,
    values: VALUES,
    onScript: (at, {script}) => {
      if (script.includes('up')) at.health = 200
      return {stdout: 'done'}
    },
  })
  const resolved = await runRunbook(heals.deps, runInput())
  const refused = await runRunbook(scene({runbook: SHORT, values: VALUES}).deps, runInput({yes: false}))
  const failing = scene({runbook: SHORT, values: VALUES, onScript: () => ({exitCode: 1, stderr: 'no such service'})})
  const unresolved = await runRunbook(failing.deps, runInput())
  return [resolved, refused, unresolved].map((result) => envelope('runbook-run', result, NOW))
}
