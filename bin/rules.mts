// Writes the recording rules of the signals, service/prometheus/rules/signals.yml, from their definitions in src/domain/signals, or
// with --check says whether the file is what they give.
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'
import {stringify} from 'yaml'
import {loadConfig} from '../src/config/load.js'
import {BUSINESS_SIGNALS} from '../src/domain/signals/business-signals.js'
import {GOLDEN_SIGNALS} from '../src/domain/signals/golden-signals.js'
import type {Signal} from '../src/domain/signals/signal.js'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = join(ROOT, 'service', 'prometheus', 'rules', 'signals.yml')
const HEADER =
  '# Generated from src/domain/signals by `npm run rules`: what `faci signals` asks for, recorded for alerts and dashboards.\n'
const WINDOW_SECONDS = 300

function group(name: string, signals: readonly Signal[], job: string | null): object {
  const scope = {job, windowSeconds: WINDOW_SECONDS}
  const rules = new Map(signals.map(({recorded, expression}) => [recorded, expression(scope)]))
  return {name, rules: [...rules].map(([record, expr]) => ({record, expr}))}
}

const config = loadConfig({directory: ROOT, file: join(ROOT, 'faci.yml'), environment: {}})
const job = config.prometheus?.job ?? null
const groups = [group('golden-signals', GOLDEN_SIGNALS, job), group('business-signals', BUSINESS_SIGNALS, job)]
const text = HEADER + stringify({groups}, {lineWidth: 0})
const wanted = await format(text, {...(await resolveConfig(FILE)), parser: 'yaml'})
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, wanted)
} else if (readFileSync(FILE, 'utf8') !== wanted) {
  process.stderr.write('service/prometheus/rules/signals.yml is not what the signals give: npm run rules\n')
  process.exitCode = 1
}
