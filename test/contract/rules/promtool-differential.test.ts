import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {packagedTool, type Tool} from '../../../service/stack/debian.js'
import {createRuleFiles} from '../../../src/adapters/prometheus/rule-files.js'
import {re2jsPatterns} from '../../../src/adapters/re2/re2js-patterns.js'
import {expressionRefusals} from '../../../src/domain/alerts/lint/expression-refusals.js'
import type {PromqlVersion} from '../../../src/domain/promql/functions.js'
import {EVERYDAY_RULES} from '../../support/everyday-rules.js'
import {generatedRuleFiles} from '../../support/generated-rule-files.js'
import CASES from '../../support/rule-cases.json' with {type: 'json'}
import {available, runTool} from './available-tool.js'

const SEED = 20_261_130
const GENERATED = 2000
/** To one promtool. */
const AT_ONCE = 500

/** What the versions do not read alike, or is easily read wrongly; with each, those that take it. */
const PARTICULAR: readonly (readonly [string, readonly PromqlVersion[]])[] = [
  ['holt_winters(x[5m], 0.1, 0.2) > 1', ['2']],
  ['{"http.server.duration"} > 1', ['3']],
  ['x > 5m', ['3']],
  ['x > 1_000', ['3']],
  ['rate(x_total[300]) > 1', ['3']],
  ['x offset 0s > 1', ['3']],
  ['histogram_avg(x) > 1', ['3']],
  ['sum by ("a.b") (x) > 1', ['3']],
  // A range takes no `@ 5` and no `offset` before it, but for one of 0, and `@ start()` and `@ end()`.
  ['rate(x @ end()[5m])', ['2', '3']],
  ['rate(x @ start()[5m] offset 5m)', ['2', '3']],
  ['rate(x @ 0[5m])', []],
  ['rate(x offset 5m[5m])', []],
  ['rate(x @ end() offset 5m[5m])', []],
  ['rate(x @ end()[5m] @ 5)', []],
  ['rate(x[5m:] @ 5 @ 5)', []],
  ['rate(x @ end()[5m:] @ end())', ['2', '3']],
  ['rate(x offset 0s[5m])', ['3']],
  ['x offset 0s offset 5m > 1', ['3']],
  ['rate(x offset 0.0001[5m])', []],
  // A letter in brackets is a colon: a subquery, of five seconds and of five minutes.
  ['rate(x[5 m])', ['3']],
  ['rate(x[5m m])', ['2', '3']],
  ['sum by (a:b) (x)', ['3']],
  ['x{a=~"(?P<n>a)|(?P<n>b)"}', ['2', '3']],
  ['x{a=~"\\\\Qa"}', ['3']],
]

/** Of which neither reads a rule. */
const UNREADABLE = [
  'groups: []\n# \x07\n',
  'groups: []\n# \x80\n',
  Buffer.from('groups: [] # caf\xe9\n', 'latin1'),
] as const

const VERSIONS = [
  {version: '2', suite: null, name: 'prometheus'},
  {version: '3', suite: 'forky', name: 'promtool'},
] as const

function ruleFile(expression: string, summary = ''): string {
  const rule = {alert: 'A', expr: expression, for: '5m', labels: {severity: 'warning'}, annotations: {summary}}
  return JSON.stringify({groups: [{name: 'g', rules: [rule]}]})
}

/** Whether each is taken; both streams of promtool in one are cut in the middle of lines. */
async function theirVerdicts(tool: Tool, folder: string, names: readonly string[]): Promise<readonly boolean[]> {
  const {stdout} = await runTool(tool, ['check', 'rules', '--lint=none', ...names], folder)
  const taken = new Set([...stdout.matchAll(/^Checking (f\d+\.yml)\n\s+SUCCESS/gm)].map(([, name = '']) => name))
  return names.map((name) => taken.has(name))
}

async function ourVerdicts(folder: string, names: readonly string[], version: PromqlVersion) {
  const read = await createRuleFiles(names.map((name) => join(folder, name))).rules()
  return read.map(({refusals, rules}) => {
    const all = [...refusals, ...rules.flatMap((defined) => expressionRefusals(defined, re2jsPatterns))]
    return !all.some(({versions}) => versions.includes(version))
  })
}

it.each(VERSIONS)(
  `takes what promtool of Prometheus $version takes, and nothing else (seed ${String(SEED)})`,
  {timeout: 120_000},
  async ({version, suite, name}) => {
    const found = await available(`promtool ${version}`, () => packagedTool(suite, name))
    if (found === undefined) return
    const promtool = {...found, command: found.command.replace(/prometheus$/, 'promtool')}
    const folder = mkdtempSync(join(tmpdir(), 'faci-promtool-'))
    try {
      const generated = fc.sample(generatedRuleFiles, {numRuns: GENERATED, seed: SEED})
      const everyday = EVERYDAY_RULES.map(([expression, summary]) => ruleFile(expression, summary))
      const byHand = [
        ...CASES.expressions.map((expression) => ruleFile(expression)),
        ...CASES.templates.map((template) => ruleFile('up > 0', template)),
        ...CASES.files,
      ]
      const texts = [...generated, ...everyday, ...byHand, ...UNREADABLE, ...PARTICULAR.map(([text]) => ruleFile(text))]
      const names = texts.map((_, index) => `f${String(index)}.yml`)
      for (const [index, text] of texts.entries()) writeFileSync(join(folder, names[index] ?? ''), text)
      const theirs: boolean[] = []
      for (let at = 0; at < names.length; at += AT_ONCE)
        theirs.push(...(await theirVerdicts(promtool, folder, names.slice(at, at + AT_ONCE))))
      const ours = await ourVerdicts(folder, names, version)
      const differing = texts.flatMap((text, index) =>
        ours[index] === theirs[index] ? [] : [`${theirs[index] === true ? 'taken' : 'refused'}: ${String(text)}`],
      )
      expect(differing).toEqual([])
      const taken = theirs.slice(0, GENERATED).filter(Boolean).length
      expect(Math.min(taken, GENERATED - taken), 'too few of one kind').toBeGreaterThan(GENERATED / 25)
      expect(everyday.filter((_, index) => theirs[GENERATED + index] !== true)).toEqual([])
      expect(theirs.slice(-PARTICULAR.length)).toEqual(PARTICULAR.map(([, taking]) => taking.includes(version)))
    } finally {
      rmSync(folder, {recursive: true, force: true})
    }
  },
)
