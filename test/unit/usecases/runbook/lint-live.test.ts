import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import type {RunOutcome} from '../../../../src/domain/journal/run-outcome.js'
import {inWords} from '../../../../src/render/findings/worded-findings.js'
import {runbookFaultText} from '../../../../src/render/words/en/lint/runbook.js'
import {lintRunbooks} from '../../../../src/usecases/runbook/lint-runbooks.js'
import type {LintLiveDeps} from '../../../../src/usecases/runbook/lint-live.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeCompose} from '../../../support/fakes/compose.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {fakeJournal, type FakeJournal} from '../../../support/fakes/journal.js'
import {alertRule, LINT_INPUT, lintDeps, liveDeps} from '../../../support/lint-deps.js'

const BOOK = `---
services: [api]
inputs: {window: {default: 5m}, who: {}}
resolved: {within: 9m, all: [{health: api}, {promql: 'sum(up)', expect: 1}]}
---
## Look
\`\`\`promql {diagnose}
sum(up)
\`\`\`
\`\`\`promql {diagnose}
sum(rate(up{a="\${who}"}[\${window}]))
\`\`\`
\`\`\`sh {mitigate}
echo "$who"
\`\`\`
`

async function lint(live: Partial<LintLiveDeps>, text = BOOK) {
  return inWords(await lintRunbooks(lintDeps({'api-down': text}, {live: liveDeps(live)}), LINT_INPUT), runbookFaultText)
}

const gone = (message: string) => () => Promise.reject(new FaciError('unreachable', message))

describe('a look at the running system', () => {
  it('finds nothing where all is well', async () => {
    expect(await lint({})).toMatchObject({verdict: 'ok', data: {findings: [], notChecked: [], live: true}})
  })

  it('asks each thing once, and nothing that needs a value that nobody gave', async () => {
    const asked: string[] = []
    const {metrics} = liveDeps()
    const query = (expression: string) => {
      asked.push(expression)
      return metrics?.query(expression) ?? Promise.reject(new Error('none'))
    }
    const http = fakeHttp(() => 503)
    expect(await lint({metrics: metrics === null ? null : {...metrics, query}, http})).toMatchObject({verdict: 'ok'})
    expect(asked).toEqual(['sum(up)'])
    expect(http.requests.map(({method, url}) => `${method} ${url}`)).toEqual(['GET http://localhost:8000/health'])
  })

  it('tells what it could not look at, each reason once, and knows nothing then', async () => {
    const {metrics} = liveDeps()
    const result = await lint(
      {
        compose: {...fakeCompose(), model: gone('no docker')},
        metrics: metrics === null ? null : {...metrics, query: gone('no prometheus')},
        http: {send: () => Promise.reject(new FaciError('noRoute', 'no such host'))},
        journal: {...fakeJournal<RunEvent>(), list: gone('no disk')},
      },
      BOOK.replace('services:', 'reviewEvery: 1d\nservices:'),
    )
    expect(result).toMatchObject({verdict: 'unknown', data: {findings: []}})
    expect(result.data.notChecked).toEqual([
      {check: 'services', reason: 'no docker'},
      {check: 'metrics', reason: 'no prometheus'},
      {check: 'urls', reason: 'no such host'},
      {check: 'freshness', reason: 'no disk'},
    ])
  })

  it('an error is certain, whatever else is unknown', async () => {
    expect(await lint({metrics: null}, BOOK.replace('[api]', '[apii]'))).toMatchObject({verdict: 'invalid'})
  })

  it('partial data says nothing, and what Prometheus refuses is told', async () => {
    const answer = {kind: 'vector', samples: [], warnings: ['partial'], notes: []} as const
    const {metrics} = liveDeps()
    if (metrics === null) throw new Error('none')
    const partial = await lint({metrics: {...metrics, query: () => Promise.resolve(answer)}})
    expect(partial.data).toMatchObject({findings: [], notChecked: [{reason: 'unreliable: partial'}]})
    const refuse = (): Promise<never> => Promise.reject(new FaciError('usage', 'unknown function'))
    const refused = await lint({metrics: {...metrics, query: refuse}})
    expect(refused.data.findings.map(({rule, line}) => `${String(line)} ${rule}`)).toEqual(['4 promql', '8 promql'])
  })
})

async function ran(journal: FakeJournal<RunEvent>, id: string, runbook: string, outcome: RunOutcome): Promise<void> {
  const writer = await journal.open(id)
  const started = {kind: 'run.started', runbook, elapsedSeconds: 0} as unknown as RunEvent
  await writer.append(started)
  await writer.append({kind: 'run.finished', outcome, verdict: 'ok', reason: [], deeds: [], elapsedSeconds: 1})
}

describe('freshness', () => {
  const text = BOOK.replace('services:', 'reviewEvery: 90d\nservices:')
  const messages = async (journal: FakeJournal<RunEvent>, now: string): Promise<readonly string[]> => {
    const {data} = await lint({journal, clock: fakeClock(now)}, text)
    return data.findings.map(({rule, message}) => `${rule}: ${message}`)
  }

  it('is a run that ended resolved, not long ago', async () => {
    const journal = fakeJournal<RunEvent>({at: () => '2026-01-01T00:00:00.000Z'})
    await ran(journal, '01A', 'api-down', 'resolved')
    expect(await messages(journal, '2026-03-01T00:00:00.000Z')).toEqual([])
    expect(await messages(journal, '2026-06-01T00:00:00.000Z')).toEqual([
      'freshness: it should be seen to work every 90d: the last run that ended resolved was on 2026-01-01, 151 days ago',
    ])
  })

  it.each(['alreadyResolved', 'unresolved', 'diagnosed', 'refused'] as const)(
    'is no run that ended %s',
    async (outcome) => {
      const journal = fakeJournal<RunEvent>()
      await ran(journal, '01A', 'api-down', outcome)
      await ran(journal, '01B', 'other', 'resolved')
      await journal.open('01C')
      expect(await messages(journal, '2026-01-02T00:00:00.000Z')).toEqual([
        'freshness: it should be seen to work every 90d: no run has ended resolved yet',
      ])
    },
  )
})

describe('which runbooks', () => {
  const deps = lintDeps(
    {a: '---\nalerts: [APIDown]\n---\n', b: '## S\n```sh {nope}\n```\n'},
    {rules: [alertRule('Other')]},
  )

  it('all, with the alerts that none of them is for', async () => {
    const {verdict, data} = await lintRunbooks(deps, LINT_INPUT)
    expect(verdict).toBe('invalid')
    expect(data.runbooks).toEqual(['a', 'b'])
    expect(data.findings.map(({file, rule}) => `${file} ${rule}`)).toEqual([
      'rules/alerts.yml alert-uncovered',
      'runbooks/a.md alert',
      'runbooks/b.md role',
    ])
  })

  it('those that are named, once', async () => {
    const {data} = await lintRunbooks(deps, {...LINT_INPUT, names: ['a', 'a']})
    expect(data.runbooks).toEqual(['a'])
    expect(data.findings.map(({rule}) => rule)).toEqual(['alert'])
    await expect(lintRunbooks(deps, {...LINT_INPUT, names: ['c']})).rejects.toMatchObject({code: 'notFound'})
  })

  it('a runbook that cannot be parsed is looked at all the same', async () => {
    const text = `---\ntitel: x\ninputs: {a: {default: b}}\n---\n## S\n\`\`\`sh {diagnose}\necho (syntax error xoxb-123456789012\n\`\`\`\n`
    const {data} = await lintRunbooks(lintDeps({x: text}), LINT_INPUT)
    expect(data.findings.map(({rule}) => rule)).toEqual(['unknown-key', 'shell', 'secret-written'])
  })
})
