// Writes the rules that are generated, or with --check says whether the files are what they must be: those of the signals from their
// definitions in src/domain/signals, those of the objectives, with their promtool tests, from faci.yml.
import {existsSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'
import {stringify} from 'yaml'
import {re2jsPatterns} from '../src/adapters/re2/re2js-patterns.js'
import {loadConfig} from '../src/config/load.js'
import {BUSINESS_SIGNALS} from '../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../src/domain/signals/golden-signals.js'
import type {Signal} from '../src/domain/signals/signal.js'
import {sloRuleSet} from '../src/domain/slo/slo-rule-set.js'
import {ruleFileYaml, ruleTestYaml} from '../src/render/yaml/rule-file.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const HEADER =
  '# Generated from src/domain/signals by `npm run rules`: what `faci signals` asks for, recorded for alerts and dashboards.\n'
const WINDOW_SECONDS = 300

function group(name: string, signals: readonly Signal[], job: string | null): object {
  const scope = {job, windowSeconds: WINDOW_SECONDS}
  const rules = new Map(signals.map(({recorded, expression}) => [recorded, expression(scope)]))
  return {name, rules: [...rules].map(([record, expr]) => ({record, expr}))}
}

const config = await loadConfig({directory: ROOT, file: join(ROOT, 'faci.yml'), environment: {}})
const job = config.prometheus?.job ?? null
const groups = [group('golden-signals', GOLDEN_SIGNALS, job), group('business-signals', BUSINESS_SIGNALS, job)]
const rules = sloRuleSet(
  config.slos,
  {job, fewestBadEvents: 2},
  '../../../service/prometheus/rules/slo.yml',
  re2jsPatterns,
)
/** What `faci alerts lint` would find, and why it is right all the same: a comment above the rule. */
const ALLOWED = {
  record: 'job:cars_without_image:ratio',
  why: 'faci allow counter: cars_total is a gauge, whatever its name says',
}
const signals = stringify({groups}, {lineWidth: 0, aliasDuplicateObjects: false}).replace(
  new RegExp(`^( *)(?=- record: ${ALLOWED.record}$)`, 'm'),
  `$1# ${ALLOWED.why}\n$1`,
)
// The alerts lie apart and are not loaded here: a stack that lives for minutes has spent its budget with its first failure.
const isAlerts = ({name}: {readonly name: string}): boolean => name.endsWith('-alerts')
const recording = {...rules, groups: rules.groups.filter((one) => !isAlerts(one))}
const alerting = {...rules, groups: rules.groups.filter(isAlerts)}
const ruleFiles = ['rules/slo.yml', 'slo-alerts/slo-alerts.yml'].map((file) => `../../../service/prometheus/${file}`)
const tests = {...rules, tests: {...rules.tests, rule_files: ruleFiles}}
const FILES: Readonly<Record<string, string>> = {
  'service/prometheus/rules/signals.yml': HEADER + signals,
  'service/prometheus/rules/slo.yml': ruleFileYaml(recording),
  'service/prometheus/slo-alerts/slo-alerts.yml': ruleFileYaml(alerting),
  'test/contract/rules/slo.promtool.yml': ruleTestYaml(tests),
}

for (const [name, text] of Object.entries(FILES)) {
  const file = join(ROOT, name)
  const wanted = await format(text, {...(await resolveConfig(file)), parser: 'yaml'})
  const found = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (found === wanted) continue
  if (process.argv.includes('--check')) {
    process.stderr.write(`${name} is not what it must be: npm run rules\n`)
    process.exitCode = 1
  } else writeFileSync(file, wanted)
}
