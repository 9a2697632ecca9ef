import {describe, expect, it} from 'vitest'
import {parseRunbook} from '../../../src/formats/runbook/parse-runbook.js'
import type {RunReport} from '../../../src/domain/execution/run-report.js'
import {transcriptIn} from '../../../src/render/markdown/transcript.js'
import {runbookListText} from '../../../src/render/runbook/runbook-list.js'
import {runbookRunText} from '../../../src/render/runbook/runbook-run.js'
import {runbookShowText} from '../../../src/render/runbook/runbook-show.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {ENGLISH, wordsFor} from '../../../src/render/words/words.js'

const ITEM = {step: 'Restart', language: 'sh', attempts: 1, exitCode: 0, reason: null, output: '', durationSeconds: 0}
const REPORT: RunReport = {
  runId: '01J',
  runbook: 'api-down',
  title: 'API down',
  hash: 'sha256:0123456789abcdef',
  service: 'faciliauto',
  environment: 'development',
  production: false,
  operator: 'ana',
  inputs: {service: 'api'},
  outcome: 'refused',
  resolvedBy: null,
  reason: [{why: 'needsApproval', id: 'recreate'}],
  deeds: [{did: 'didNotHelp', id: 'restart'}],
  durationSeconds: 12.34,
  items: [
    {
      ...ITEM,
      id: 'restart',
      role: 'mitigate',
      text: 'faci restart',
      outcome: 'ok',
      durationSeconds: 2,
      output: 'a ``` b',
    },
    {
      ...ITEM,
      id: 'recreate',
      role: 'mitigate',
      text: 'faci down',
      outcome: 'skipped',
      reason: {why: 'needsApproval', id: 'recreate'},
    },
    {...ITEM, id: 't', role: 'task', language: null, text: 'Call | somebody', outcome: 'skipped'},
  ],
  conditions: [{condition: 'health api', state: 'false', detail: {why: 'httpStatus', status: 503, says: null}}],
  evidence: [],
  accept: 'faci runbook api-down --approve recreate@0123456789ab',
}

describe('a run as text', () => {
  it('says the verdict, what was done and why not, what a person has to do, and the accepted command', () => {
    expect(runbookRunText({verdict: 'refused', data: REPORT}, PLAIN)).toBe(
      [
        '⊘ API down is not resolved after 12 s',
        '  restart did not help; `recreate` needs --approve.',
        '',
        '✔  mitigate  restart   2.00 s',
        '↷  mitigate  recreate          `recreate` needs --approve',
        '',
        'Resolved, as last seen:',
        '  ✖ health api HTTP 503',
        '',
        'Checklist:',
        '  ☐ Call | somebody',
        '',
        'To approve, run: faci runbook api-down --approve recreate@0123456789ab',
        '',
        'Run 01J',
      ].join('\n'),
    )
  })

  it('that was interrupted says what goes on with it', () => {
    const text = runbookRunText(
      {verdict: 'interrupted', data: {...REPORT, accept: null, outcome: 'interrupted'}},
      PLAIN,
    )
    expect(text).toContain('To go on with it, run: faci runbook resume 01J')
  })

  it('has the verdict where the terminal stops, too, when the beginning is off the screen', () => {
    const data = {...REPORT, accept: null}
    const head = '⊘ API down is not resolved after 12 s'
    expect(runbookRunText({verdict: 'refused', data}, {...PLAIN, rows: 40}).split(head)).toHaveLength(2)
    const small = runbookRunText({verdict: 'refused', data}, {...PLAIN, rows: 10})
      .split('\n')
      .slice(-9)
    expect(small).toContain(head)
  })

  it('is a Markdown transcript that no output can break', () => {
    const text = transcriptIn(ENGLISH)({verdict: 'refused', data: REPORT}, PLAIN)
    expect(text).toContain('# API down\n')
    expect(text).toContain('| Outcome | refused (refused): `recreate` needs --approve |')
    expect(text).toContain('````text\na ``` b\n````')
    expect(text).toContain('**recreate** (mitigate) skipped: `recreate` needs --approve')
    expect(text).toContain(String.raw`- [ ] Call \| somebody`)
    expect(text).toContain('- false: health api (HTTP 503)')
  })

  it.each([
    ['en', 'no data'],
    ['pt-BR', 'sem dados'],
  ])('is a transcript that says of a query that nothing was found, in %s', (locale, said) => {
    const query = {...ITEM, id: 'q', role: 'diagnose', language: 'promql', text: 'up', outcome: 'ok'} as const
    const text = (attempts: number): string =>
      transcriptIn(wordsFor(locale))({verdict: 'ok', data: {...REPORT, items: [{...query, attempts}]}}, PLAIN)
    expect(text(1)).toContain(`\`\`\`text\n${said}\n\`\`\``)
    expect(text(0)).not.toContain(said)
  })

  it('names production in a transcript in its language', () => {
    const data = {...REPORT, environment: 'producao', production: true}
    expect(transcriptIn(ENGLISH)({verdict: 'ok', data}, PLAIN)).toContain('PRODUCTION (producao)')
    expect(transcriptIn(wordsFor('pt-BR'))({verdict: 'ok', data}, PLAIN)).toContain('PRODUÇÃO (producao)')
  })
})

describe('runbooks as text', () => {
  it('are listed', () => {
    const runbooks = [
      {name: 'api-down', title: 'API down', severity: 'critical', alerts: ['APIDown'], services: ['api']},
    ]
    expect(runbookListText({verdict: 'ok', data: {runbooks}}, PLAIN)).toContain(
      'api-down  critical  API down  api       APIDown',
    )
    expect(runbookListText({verdict: 'ok', data: {runbooks: []}}, PLAIN)).toBe('')
  })

  it('are shown with inputs, the end, and each block', () => {
    const text =
      '---\ninputs: {service: {default: api}}\nresolved: {all: [{health: api}]}\n---\n# API down\nIt is bad.\n## Restart\nNow.\n```sh {mitigate id=r timeout=2m}\nfaci restart\n```\n- [ ] Call\n'
    const read = parseRunbook('api-down', 'api-down.md', text)
    if (read.kind === 'invalid') throw new Error('invalid')
    const shown = runbookShowText({verdict: 'ok', data: read.runbook}, PLAIN)
    for (const part of [
      'API down',
      'service (default api)',
      'health api',
      'It is bad.',
      '1. Restart',
      'Now.',
      'mitigate r sh timeout=2m',
      '│ faci restart',
      '☐ Call',
    ])
      expect(shown).toContain(part)
  })
})
