// Writes the dashboards that Grafana provisions from their definitions in src/domain/dashboard, or with --check says whether the
// files are what they give.
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {format, resolveConfig} from 'prettier'
import {signalTargets} from '../../src/cli/wiring/signal-targets.js'
import {loadConfig} from '../../src/config/load.js'
import {DASHBOARD_NAMES, DASHBOARDS} from '../../src/domain/dashboard/dashboards.js'
import {repositoryRoot} from '../stack/repository.js'
import {dashboardJson} from './dashboard-json.js'

const FOLDER = join(repositoryRoot, 'service', 'grafana', 'provisioning', 'dashboards', 'json')

const config = await loadConfig({directory: repositoryRoot, file: join(repositoryRoot, 'faci.yml'), environment: {}})
const style = await resolveConfig(join(FOLDER, 'overview.json'))

async function wantedText(name: (typeof DASHBOARD_NAMES)[number]): Promise<string> {
  const definition = DASHBOARDS[name]({job: config.prometheus?.job ?? null, rangeSeconds: null})
  const json = dashboardJson(definition, config.service, signalTargets(config.targets))
  return format(JSON.stringify(json), {...style, parser: 'json'})
}

function read(name: string): string | null {
  try {
    return readFileSync(join(FOLDER, name), 'utf8')
  } catch {
    return null
  }
}

mkdirSync(FOLDER, {recursive: true})
const wanted: ReadonlyMap<string, string> = new Map(
  await Promise.all(DASHBOARD_NAMES.map(async (name) => [`${name}.json`, await wantedText(name)] as const)),
)
const left = readdirSync(FOLDER).filter((name) => !wanted.has(name))
const changed = [...wanted].filter(([name, text]) => read(name) !== text)
if (!process.argv.includes('--check')) {
  for (const name of left) rmSync(join(FOLDER, name))
  for (const [name, text] of changed) writeFileSync(join(FOLDER, name), text)
} else if (left.length + changed.length > 0) {
  const names = [...left, ...changed.map(([name]) => name)].join(', ')
  process.stderr.write(`service/grafana: ${names}: not what src/domain/dashboard gives: npm run dashboards\n`)
  process.exitCode = 1
}
