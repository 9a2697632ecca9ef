import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {re2jsPatterns} from '../../src/adapters/re2/re2js-patterns.js'
import {createRuleFiles} from '../../src/adapters/prometheus/rule-files.js'
import {ALERT_CHECKS, type AlertCheckId} from '../../src/domain/alerts/lint/alert-checks.js'
import {lintRules} from '../../src/domain/alerts/lint/lint-rules.js'
import {runHosted} from '../support/hosted-faci.js'
import {availableTool, runTool} from './rules/available-tool.js'

const here = mkdtempSync(join(tmpdir(), 'faci-alerts-lint-'))
const promtool = await availableTool('promtool')
const NOBODY = 'http://127.0.0.1:9'

beforeAll(() => {
  mkdirSync(join(here, 'runbooks'))
  writeFileSync(join(here, 'runbooks', 'book.md'), '---\ntitle: x\n---\n')
  writeFileSync(
    join(here, 'faci.yml'),
    `service: shop\ncompose: {file: c.yml}\nprometheus: {url: '${NOBODY}', rules: rules.yml}\n`,
  )
})
afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

function writeRules(...rules: readonly string[]): string {
  const file = join(here, 'rules.yml')
  const body = rules.map((rule) => rule.replaceAll(/^(?=.)/gm, '      ').replace(/^ {6}(?!#)/m, '    - '))
  writeFileSync(file, `groups:\n  - name: g\n    rules:\n${body.join('\n')}\n`)
  return file
}

const WHOLE = {
  for: 'for: 1m',
  labels: 'labels: {severity: warning}',
  annotations: 'annotations: {summary: s, description: d, runbook: book}',
}

function alert(expr: string, over: Partial<typeof WHOLE> & {readonly name?: string} = {}): string {
  const {name = 'A', ...rest} = {...WHOLE, ...over}
  return [`alert: ${name}`, `expr: ${expr}`, ...Object.values(rest).filter((line) => line !== '')].join('\n')
}

async function lint(...rules: readonly string[]): Promise<readonly string[]> {
  const defined = await createRuleFiles([writeRules(...rules)]).rules()
  return lintRules(defined, {runbooks: ['book'], expressions: re2jsPatterns}).map(
    ({line, column, rule}) => `${line}:${column} ${rule}`,
  )
}

interface Sample {
  readonly bad: readonly string[]
  readonly at: string
  readonly good: readonly string[]
}

/** What Prometheus or its tool must be asked for, and what is of no rule. */
const ELSEWHERE = ['counter', 'metric', 'promtool', 'promtool-takes', 'unread'] as const

/** Each check has rules that break it, and only it. */
const SAMPLES: Readonly<Record<Exclude<AlertCheckId, (typeof ELSEWHERE)[number]>, Sample>> = {
  absent: {
    bad: [alert('max by (job) (up{job="a"}) == 0')],
    at: '5:27',
    good: [alert('up{job="a",x="y"} == 0'), alert('absent(up{job="a"})', {name: 'B'})],
  },
  'counter-name': {
    bad: [alert('sum(errors_total) > 5')],
    at: '5:17',
    good: [
      alert('sum(rate(errors_total[5m])) > 5 and count(errors_total) > 1 and absent(a_total)'),
      alert('a_total - a_total offset 10m >= 1 and a_total / a_total offset 1w > 2', {name: 'B'}),
    ],
  },
  description: {
    bad: [alert('a > 1', {annotations: 'annotations: {summary: s, runbook: book}'})],
    at: '4:14',
    good: [alert('a > 1')],
  },
  duplicate: {
    bad: [alert('a > 1'), alert('a > 2')],
    at: '9:14',
    good: [alert('a > 1'), alert('a > 2', {labels: 'labels: {severity: critical}'})],
  },
  for: {bad: [alert('a > 1', {for: ''})], at: '4:14', good: [alert('a > 1', {for: 'for: 0s'})]},
  file: {
    bad: [`${alert('a > 1')}\nlables: {a: b}`],
    at: '9:7',
    good: [`${alert('a > 1')}\nkeep_firing_for: 1m`],
  },
  'no-vector': {bad: ['record: a\nexpr: b[5m]'], at: '5:13', good: ['record: a\nexpr: last_over_time(b[5m])']},
  note: {bad: [], at: '1:1', good: [alert('a > 1')]},
  promql: {bad: [alert('sum(a')], at: '5:17', good: [alert('sum(a)')]},
  ratio: {
    bad: [alert('rate(a_total{status="500"}[5m]) / (rate(a_total[5m]) > 0) > 0.05')],
    at: '5:45',
    good: [alert('sum(rate(a_total{status="500"}[5m])) / sum(rate(a_total[5m])) > 0.05 and a / (b > 0) > 1')],
  },
  runbook: {
    bad: [alert('a > 1', {annotations: 'annotations: {summary: s, description: d}'})],
    at: '4:14',
    good: [
      alert('a > 1', {
        ...{annotations: 'annotations: {summary: s, description: d}', labels: 'labels: {severity: none}', for: ''},
      }),
    ],
  },
  'runbook-unknown': {
    bad: [alert('a > 1', {annotations: 'annotations: {summary: s, description: d, runbook: bok}'})],
    at: '8:58',
    good: [alert('a > 1')],
  },
  severity: {bad: [alert('a > 1', {labels: 'labels: {team: x}'})], at: '4:14', good: [alert('a > 1')]},
  subquery: {
    bad: [alert('rate(a_total[5m m]) > 1')],
    at: '5:29',
    good: [alert('rate(a_total[5m :]) > 1 and rate(b_total[ 5m ]) > 1')],
  },
  summary: {
    bad: [alert('a > 1', {annotations: 'annotations: {description: d, runbook: book}'})],
    at: '4:14',
    good: [alert('a > 1')],
  },
  template: {
    bad: [alert('a > 1', {annotations: "annotations: {summary: '{{ $label.x }}', description: d, runbook: book}"})],
    at: '8:34',
    good: [alert('a > 1', {annotations: "annotations: {summary: '{{ $labels.x }}', description: d, runbook: book}"})],
  },
  topk: {
    bad: [alert('topk(3, a) > 1')],
    at: '5:13',
    good: [alert('a > 1'), 'record: top\nexpr: topk(3, a)'],
  },
  type: {bad: [alert('rate(a_total) > 1')], at: '5:18', good: [alert('rate(a_total[5m]) > 1')]},
  version: {bad: ['record: a\nexpr: holt_winters(b[5m], 0.1, 0.2)'], at: '5:13', good: ['record: a\nexpr: b']},
  yaml: {bad: ['record: "a'], at: '5:1', good: ['record: a\nexpr: b']},
}

describe('each check of alerts lint', () => {
  it('has a sample', () => {
    expect([...Object.keys(SAMPLES), ...ELSEWHERE].sort()).toEqual(Object.keys(ALERT_CHECKS).sort())
  })

  it.each(Object.entries(SAMPLES))(
    '%s is told at its place, and only where it is so',
    async (check, {bad, at, good}) => {
      // A counter without rate is also no range vector.
      expect((await lint(...bad)).filter((one) => check !== 'type' || !one.endsWith('counter-name'))).toEqual([
        `${at} ${check}`,
      ])
      expect(await lint(...good)).toEqual([])
    },
  )

  it('is not told where a comment above the rule allows it, with a reason', async () => {
    const bad = 'record: x\nexpr: cars_total'
    expect(await lint(bad)).toEqual(['5:13 counter-name'])
    expect(await lint(`# faci allow counter: it is a gauge\n${bad}`)).toEqual([])
    expect(await lint(`# faci allow counter:\n${bad}`)).toHaveLength(1)
    expect(await lint(`# faci allow topk: no\n${bad}`)).toHaveLength(1)
  })
})

describe('a target that is down', () => {
  it.each(['up == 0', '0 == up', 'sum(up) < 1', 'up{job="a"} == 0 or absent(up{job="b"})'])(
    'is also one that is gone: %s',
    async (expr) => {
      expect((await lint(alert(`'${expr}'`))).map((one) => one.split(' ')[1])).toEqual(['absent'])
    },
  )

  it.each(['up == 1', 'up < 2', 'other == 0', 'up == 0 or absent(up)', 'up{job="a"} == 0 or absent(up)'])(
    'is not meant, or is covered: %s',
    async (expr) => {
      expect(await lint(alert(`'${expr}'`))).toEqual([])
    },
  )
})

describe('the place of a finding', () => {
  it.each([
    ['plain', 'expr: up == 0', '5:13'],
    ['quoted', `expr: "x{a=\\"b\\"} > 1 and up == 0"`, '5:33'],
    ['literal', 'expr: |\n  # first\n  x > 1\n  and up == 0', '8:13'],
    ['folded', 'expr: >-\n  x > 1\n  and\n  up == 0', '8:9'],
  ])('is where it stands in the file: %s', async (_, expr, at) => {
    const rule = ['alert: A', expr, ...Object.values(WHOLE)].join('\n')
    expect((await lint(rule)).filter((one) => one.endsWith('absent'))).toEqual([`${at} absent`])
  })
})

/** What Prometheus itself accepts, and what it does not. */
const GOOD = [
  'up',
  '1',
  'time() - x > 5 # hi',
  'rate(a_total[5m] offset 1h)',
  'max_over_time(rate(a_total[5m])[1h:1m])',
  'quantile_over_time(0.9, x[5m])',
  'topk(3, x) and on () vector(1)',
  'count_values("v", x)',
  'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))',
  'label_replace(x, "a", "b", "c", "d")',
  '1 > bool 2',
  '-x ^ 2',
  'predict_linear(x[1h], 3600)',
  'x @ end()',
  'clamp(x, 0, 1)',
]
const BAD = [
  'rate(x)',
  'rate(sum(x))',
  'ceil(x[5m])',
  'sum(x[5m])',
  'topk(3, x[5m])',
  'x[5m] + 1',
  'x and 1',
  '1 > 2',
  'quantile_over_time(0.9, x)',
  'sum(x',
  'nofunction(x)',
  'topk(5, x) by (y) by (z)',
  'x{a=}',
  'histogram_quantile(x[5m], y)',
]

describe.skipIf(promtool === undefined)('PromQL', () => {
  async function promtoolAccepts(): Promise<boolean> {
    return (await runTool(promtool, ['check', 'rules', 'rules.yml'], here)).exitCode === 0
  }

  it.each(GOOD)('is understood as Prometheus does: %s', async (expr) => {
    const found = await lint(`record: r\nexpr: '${expr}'`)
    expect(found.filter((one) => /promql|type|version/.test(one))).toEqual([])
    expect(await promtoolAccepts()).toBe(true)
  })

  it.each(BAD)('is refused as Prometheus does: %s', async (expr) => {
    expect(await lint(`record: r\nexpr: '${expr}'`)).toContainEqual(expect.stringMatching(/promql|type/))
    expect(await promtoolAccepts()).toBe(false)
  })
})

describe('a rule', () => {
  it.each(['x[5m]', '"text"'])(
    'is no vector, which Prometheus only finds out when it evaluates it: %s',
    async (expr) => {
      expect(await lint(`record: r\nexpr: '${expr}'`)).toEqual(['5:14 no-vector'])
    },
  )
})

describe('the built faci alerts lint', () => {
  const run = (rule: string, ...argv: readonly string[]) => {
    writeRules(rule)
    return runHosted(['alerts', 'lint', ...argv], here)
  }

  it('has nothing to say of good ones: exit 0', async () => {
    expect(await run(alert('a > 1'))).toMatchObject({
      exitCode: 0,
      stdout: '✔ 1 alert and 0 recording rules, no problems found\n',
      stderr: '',
    })
  })

  it('warnings alone are exit 0, errors exit 3, with their places', async () => {
    expect((await run(alert('a > 1', {for: ''}))).exitCode).toBe(0)
    const {exitCode, stdout} = await run(alert('topk(3, a) > 1'))
    expect(exitCode).toBe(3)
    expect(stdout).toMatch(/^rules\.yml:5:13 {2}error {2}topk {2}[^]*✖ 1 error in 1 alert and 0 recording rules\n$/)
  })

  it.each([['--json'], ['--output', 'json']])('%s %s prints one document', async (...argv) => {
    const {stdout} = await run(alert('topk(3, a) > 1'), ...argv)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{schema: 'faci.alerts-lint/v1', verdict: 'bad'},
      data: {alerts: 1, findings: [{rule: 'topk', severity: 'error', file: 'rules.yml', line: 5}]},
    })
  })

  it('--output github prints workflow commands', async () => {
    const {stdout} = await run(alert('topk(3, a) > 1'), '--output', 'github')
    expect(stdout).toMatch(/^::error file=rules\.yml,line=5,col=13,title=topk::.+\n$/)
  })

  it('--live: what cannot be reached is not checked, exit 4; an error is exit 3 all the same', async () => {
    const unknown = await run(alert('a > 1'), '--live')
    expect(unknown.exitCode).toBe(4)
    expect(unknown.stdout).toContain('? metrics not checked: ')
    expect((await run(alert('topk(3, a) > 1'), '--live')).exitCode).toBe(3)
  })

  it('rule files that are not there, or not named, are exit 6', async () => {
    rmSync(join(here, 'rules.yml'))
    expect((await runHosted(['alerts', 'lint'], here)).exitCode).toBe(6)
    writeFileSync(join(here, 'bare.yml'), `service: shop\ncompose: {file: c.yml}\nprometheus: {url: '${NOBODY}'}\n`)
    const {exitCode, stderr} = await runHosted(['alerts', 'lint', '--config', 'bare.yml'], here)
    expect(exitCode).toBe(6)
    expect(stderr).toContain('prometheus.rules')
  })
})

describe('the shipped rules', () => {
  it('are clean', async () => {
    const {exitCode, stdout} = await runHosted(['alerts', 'lint', '--json'], repositoryRoot)
    const {data} = JSON.parse(stdout) as {readonly data: {readonly findings: readonly unknown[]}}
    expect(data.findings).toEqual([])
    expect(exitCode).toBe(0)
  })
})
