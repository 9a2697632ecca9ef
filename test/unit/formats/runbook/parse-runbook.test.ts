import {describe, expect, it} from 'vitest'
import {parseRunbook} from '../../../../src/formats/runbook/parse-runbook.js'
import type {Problem} from '../../../../src/domain/runbook/problem.js'
import type {Runbook} from '../../../../src/domain/runbook/runbook.js'

const FRONT = `---
title: API down
severity: critical
alerts: [APIDown]
services: [api, redis]
owner: ops
reviewEvery: 90d
timeout: 15m
inputs:
  service: {default: api, oneOf: [api, redis]}
  token: {secret: true, from: env:API_ADMIN_TOKEN}
  window: {default: 5m}
resolved:
  within: 60s
  hold: 5s
  every: 1s
  all:
    - {health: api}
    - {http: 'http://localhost:8000/stats', expect: 2xx}
    - {promql: 'sum(up{job="faciliauto-api"})', expect: '>= 1'}
---
`
const BODY = `# API down
Nobody gets a recommendation while this is firing.

## Check the status
Look first.

\`\`\`sh {diagnose}
faci status
\`\`\`

\`\`\`promql {diagnose capture=p95 timeout=10s}
histogram_quantile(0.95, sum by (le) (rate(x_bucket{service="\${service}"}[\${window}])))
\`\`\`

\`\`\`sh
this is prose
\`\`\`

## Restart
\`\`\`sh {mitigate id=restart timeout=2m retries=1 backoff=3s}
faci restart "$service"
\`\`\`
\`\`\`promql {verify expect="<= 1.1 * $p95" within=30s hold=2s every=500ms}
sum(up)
\`\`\`

## Recreate
1. When nothing else helps:
   \`\`\`sh {mitigate id=recreate confirm=always on_failure=stop}
   faci down && faci up
   \`\`\`

## Tell people
\`\`\`md {notify to=slack when=resolved}
The API is {{outcome}} after {{duration}}. {{summary}}
\`\`\`
- [ ] Stakeholders told by phone
- [x] Another one
`

function valid(text: string): Runbook {
  const read = parseRunbook('api-down', 'runbooks/api-down.md', text)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems, null, 1))
  return read.runbook
}

function problems(text: string): readonly Problem[] {
  const read = parseRunbook('api-down', 'runbooks/api-down.md', text)
  return read.kind === 'invalid' ? read.problems : []
}

function told(text: string): readonly string[] {
  return problems(text).map(
    ({rule, line, column, message, suggestion}) =>
      `${String(line)}:${String(column)} ${rule}: ${message}${suggestion === null ? '' : ` (${suggestion})`}`,
  )
}

const fence = (info: string, body = 'true'): string => `## Step\n\`\`\`${info}\n${body}\n\`\`\`\n`
const WITH_END = '---\nresolved: {all: [{health: api}]}\n---\n'

describe('a runbook as the format says', () => {
  const runbook = valid(FRONT + BODY)
  const items = runbook.steps.flatMap((step) => step.items)

  it('has its front matter', () => {
    expect(runbook).toMatchObject({
      name: 'api-down',
      title: 'API down',
      severity: 'critical',
      alerts: ['APIDown'],
      services: ['api', 'redis'],
      owner: 'ops',
      reviewEverySeconds: 90 * 86_400,
      timeoutSeconds: 900,
      introduction: 'Nobody gets a recommendation while this is firing.',
    })
    const any = {pattern: null, fromAlert: false}
    expect(runbook.inputs).toEqual([
      {...any, name: 'service', default: 'api', oneOf: ['api', 'redis'], secret: false, source: null},
      {...any, name: 'token', default: null, oneOf: null, secret: true, source: {from: 'env', name: 'API_ADMIN_TOKEN'}},
      {...any, name: 'window', default: '5m', oneOf: null, secret: false, source: null},
    ])
    expect(runbook.resolved).toMatchObject({withinSeconds: 60, holdSeconds: 5, everySeconds: 1})
    expect(runbook.resolved?.conditions.map(({kind}) => kind)).toEqual(['health', 'http', 'promql'])
  })

  it('has its blocks in order, with ids made from the step where none is written', () => {
    expect(items.map(({role, id}) => `${role} ${id}`)).toEqual([
      'diagnose check-the-status',
      'diagnose check-the-status-2',
      'mitigate restart',
      'verify restart-2',
      'mitigate recreate',
      'notify tell-people',
      'task tell-people-2',
      'task tell-people-3',
    ])
  })

  it('has every attribute of its blocks', () => {
    expect(items[1]).toMatchObject({capture: 'p95', timeoutSeconds: 10, language: 'promql'})
    expect(items[2]).toMatchObject({
      timeoutSeconds: 120,
      retries: 1,
      backoffSeconds: 3,
      confirm: 'default',
      onFailure: 'next',
    })
    expect(items[3]).toMatchObject({of: 'restart', withinSeconds: 30, holdSeconds: 2, everySeconds: 0.5})
    expect(items[4]).toMatchObject({confirm: 'always', onFailure: 'stop', body: 'faci down && faci up'})
    expect(items[5]).toMatchObject({to: 'slack', when: 'resolved'})
    expect(items[6]).toMatchObject({text: 'Stakeholders told by phone'})
  })

  it('keeps prose, with the fences that do not run, and knows the lines', () => {
    expect(runbook.steps[0]?.prose).toBe('Look first.\n\n```sh\nthis is prose\n```')
    const lines = (FRONT + BODY).split('\n')
    for (const item of items) expect(lines[item.line - 1]).toMatch(/```|- \[/)
  })

  it('is the same with CRLF, a byte order mark, and tabs after the markers', () => {
    const other = valid(`\uFEFF${(FRONT + BODY).replaceAll('\n', '\r\n').replace('## Restart', '##\tRestart')}`)
    expect({...other, source: ''}).toEqual({...runbook, source: ''})
  })

  it('lives without front matter', () => {
    expect(valid(`# Hello\n${fence('sh {diagnose}')}`)).toMatchObject({
      title: 'Hello',
      severity: 'warning',
      resolved: null,
    })
  })
})

describe('alerts', () => {
  it('stay as they are written', () => {
    const text = `---\nalerts: [APIDown, 'Slow{service="api",severity=~"crit.*"}']\n---\n# X\n`
    const read = parseRunbook('x', 'x.md', text)
    expect(read).toMatchObject({runbook: {alerts: ['APIDown', 'Slow{service="api",severity=~"crit.*"}']}})
  })
})

describe('problems come with line, column and suggestion', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'unknown key',
      '---\ntitle: x\nseverty: critical\n---\n',
      '3:1 unknown-key: there is no `severty` in the front matter (did you mean `severity`?)',
    ],
    [
      'unknown severity',
      '---\nseverity: fatal\n---\n',
      '2:11 severity: there is no severity `fatal` (use one of: critical, warning, info)',
    ],
    [
      'an alert selector that is never closed',
      `---\nalerts:\n  - APIDown\n  - Slow{service="api"\n---\n`,
      '4:23 alert: `Slow{service="api"` selects no alert: `,` or `}` is expected (write APIDown, or \'APIDown{service="api"}\')',
    ],
    ['unknown role', fence('sh {diagnos}'), '2:8 role: there is no role `diagnos` (did you mean `diagnose`?)'],
    [
      'no role',
      fence('sh {id=a}'),
      '2:4 role: the block says no role (write {diagnose|mitigate|verify|rollback|notify …}, or no braces for prose)',
    ],
    ['two roles', fence('sh {diagnose verify}'), '2:17 role: `verify` is a second role, or lacks its =value'],
    [
      'unknown attribute',
      fence('sh {diagnose timout=3s}'),
      '2:17 attribute: there is no attribute `timout` (did you mean `timeout`?)',
    ],
    [
      'attribute of another role',
      fence('sh {diagnose confirm=always}'),
      '2:17 attribute: `confirm` means nothing in a diagnose block',
    ],
    ['attribute twice', fence('sh {diagnose timeout=1s timeout=2s}'), '2:28 attribute: `timeout` is given twice'],
    ['unknown language', fence('bash {diagnose}'), '2:4 language: there is no language `bash` (write `sh`)'],
    [
      'language of another role',
      `${WITH_END}${fence('promql {mitigate}', 'up')}`,
      '5:4 language: a mitigate block cannot be `promql` (use one of: sh, http)',
    ],
    [
      'bad duration',
      fence('sh {diagnose timeout=soon}'),
      '2:17 duration: "soon" is not a duration: write a number and a unit (ms, s, m, h, d, w), as in 500ms, 30s or 1m30s',
    ],
    [
      'bad expect',
      fence('sh {diagnose expect="about 3"}'),
      '2:17 expect: invalid expectation `about 3`: write `<= 0.5`, `>= 1.1 * $capture`, `200..299`, `2xx` or a number, in base units',
    ],
    [
      'bad choice',
      `${WITH_END}${fence('sh {mitigate confirm=alway}')}`,
      '5:17 confirm: confirm=`alway` is unknown (did you mean `always`?)',
    ],
    [
      'open quote',
      fence('sh {diagnose expect="> 3}'),
      '2:17 attribute-syntax: the value of `expect` is missing, or its quotes are not closed',
    ],
    ['open brace', fence('sh {diagnose'), '2:7 attribute-syntax: the `{` is never closed by a `}`'],
    ['same id', `${fence('sh {diagnose id=a}')}${fence('sh {diagnose id=a}')}`, '6:1 id: the id `a` is used twice'],
    ...['y', 'yes', 'n', 'no', 'skip', 'quit'].map((id): [string, string, string] => [
      `the id ${id}`,
      fence(`sh {diagnose id=${id}}`),
      `2:1 id: \`${id}\` is an answer at a gate: choose another id`,
    ]),
    [
      'unclosed fence',
      '## Step\n```sh {diagnose}\ntrue\n',
      '2:1 fence: the block is never closed: everything after it would be part of it',
    ],
    ['empty block', '## Step\n```sh {diagnose}\n```\n', '2:1 empty: the block is empty'],
    ['verify without mitigation', fence('sh {verify}'), '2:1 verify: a verify block needs a mitigate block before it'],
    [
      'mitigation without end',
      fence('sh {mitigate}'),
      '2:1 resolved: a runbook that mitigates needs `resolved` in its front matter (say what is true when the incident is over)',
    ],
    [
      'undeclared input',
      fence('promql {diagnose}', 'up{a="${servce}"}'),
      '3:1 undeclared: `servce` is neither an input nor captured before (use one of: )',
    ],
    [
      'undeclared capture',
      fence('sh {diagnose expect="< $before"}'.replace('< $', '< 2 * $')),
      '2:1 undeclared: `before` is neither an input nor captured before (use one of: )',
    ],
    [
      'PromQL',
      fence('promql {diagnose}', 'topk(5, rate(x[5m]) by (endpoint))'),
      '3:21 promql: PromQL is not understood at `by (endpoint))`',
    ],
    [
      'http',
      fence('http {diagnose}', 'FETCH http://x/'),
      '3:1 http: unknown method `FETCH`: use GET, HEAD, POST, PUT, PATCH, DELETE',
    ],
    [
      'http that changes',
      fence('http {diagnose}', 'POST http://x/'),
      '3:1 http: a diagnose block reads only: use GET or HEAD',
    ],
    ['rollback', fence('sh {rollback of=restart}'), '2:1 of: there is no mitigation `restart`'],
    [
      'attribute of rollback',
      fence('sh {diagnose of=restart}'),
      '2:17 attribute: `of` means nothing in a diagnose block',
    ],
    [
      'placeholder',
      fence('md {notify}', '{{outcom}}'),
      '3:1 placeholder: there is no {{outcom}} (did you mean `outcome`?)',
    ],
    ['YAML', '---\ntitle: "x\n---\n', '3:1 yaml: Missing closing "quote'],
    [
      'a server that a value decides',
      `---\ninputs: {h: {default: a}, o: {oneOf: [a]}}\n---\n${fence('http {diagnose}', 'GET http://${o}.x:${h}/${h}')}`,
      '6:1 http: `h` decides which server is asked: only an input with oneOf may (write the server out, or give the input oneOf)',
    ],
    [
      'a server that a capture decides',
      `${fence('sh {diagnose outputs=host}', 'echo "host=x" >> "$FACI_OUTPUT"')}${fence('http {diagnose}', 'GET http://${host}/')}`,
      '7:1 http: `host` decides which server is asked: only an input with oneOf may (write the server out, or give the input oneOf)',
    ],
    [
      'a place in PromQL that no value can have',
      fence('promql {diagnose capture=a}', '1') + fence('promql {diagnose}', '${a}(up)'),
      '7:5 promql: PromQL is not understood at `(up)`',
    ],
    ['open front matter', '---\ntitle: x\n', '1:1 front-matter: the front matter is never closed by a line `---`'],
    [
      'input name',
      '---\ninputs:\n  Service: {default: a}\n---\n',
      '3:3 input-name: the input `Service` must be small letters, digits and _: names in capitals belong to programs',
    ],
    [
      'secret with a value',
      '---\ninputs:\n  t: {secret: true, default: hunter2, from: env:T}\n---\n',
      '3:3 secret: `t` is secret: its value cannot be written here (use from: env:NAME)',
    ],
    [
      'condition',
      '---\nresolved: {all: [{helth: api}]}\n---\n',
      '2:18 condition: a condition is exactly one of health, http, promql',
    ],
    [
      'PromQL of a condition',
      "---\nresolved:\n  all:\n    - {promql: 'sum(up', expect: '> 0'}\n---\n",
      '4:23 promql: PromQL is not understood at its end',
    ],
  ]

  it.each(cases)('%s', (_, text, expected) => {
    const all = told(text)
    expect(
      all.some((line) => line === expected || (expected.includes('yaml:') && line.includes('yaml:'))),
      all.join('\n'),
    ).toBe(true)
  })

  it('tells all of them at once, in the order of the file', () => {
    const all = told(`---\nseverty: x\ntimeout: soon\n---\n${fence('sh {diagnos}')}${fence('zsh {verify retries=99}')}`)
    expect(all.length).toBeGreaterThanOrEqual(4)
    expect(problems(FRONT.replace('owner', 'ownr') + BODY)).toHaveLength(1)
  })

  it('names a taken name', () => {
    expect(parseRunbook('list', 'list.md', '')).toMatchObject({kind: 'invalid', problems: [{rule: 'name'}]})
  })
})

describe('what does not run', () => {
  it.each([
    ['an HTML comment', '## A\n<!--\n```sh {diagnose}\nrm -rf x\n```\n\n## B\n```sh {diagnose}\nrm\n```\n-->\n'],
    ['a fence in a fence', '````md\n## A\n```sh {diagnose}\ntrue\n```\n````\n'],
    ['a fence without braces', '## A\n```sh\ntrue\n```\n'],
  ])('%s', (_, text) => {
    expect(valid(text).steps.flatMap(({items}) => items)).toEqual([])
  })
})
