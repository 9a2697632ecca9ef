// Draws every picture of the READMEs into test/demo, of a real stack under load: the three dashboards after a bad minute, then an API that is
// killed and brought back. `npm run pictures`.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {execa} from 'execa'
import {ensureEngine} from '../../service/stack/engine.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {type Stack, startStack, uniqueProject} from '../../service/stack/stack.js'
import {DASHBOARD_NAMES} from '../../src/domain/dashboard/dashboards.js'
import {type Workspace, workspace} from '../support/workspace.js'
import {drawTerminal} from './draw-terminal.js'

const BEFORE_MINUTES = 5
const FAULT_MINUTES = 1
const AFTER_MINUTES = 4
/** The first minute is that of the start: nothing was counted yet. */
const RANGE_MINUTES = BEFORE_MINUTES + FAULT_MINUTES + AFTER_MINUTES - 1
const FAULT = {latency: {'/recommend': {ms: 400, ratio: 0.5}}, errors: {ratio: 0.03}}

function say(line: string): void {
  console.log(line)
}

async function minutes(count: number, why: string): Promise<void> {
  say(`${why}: ${String(count)} min`)
  await sleep(count * 60_000)
}

async function live({compose, exec}: Stack): Promise<void> {
  await compose(['--profile', 'load', 'up', '--detach', '--no-build', 'load'])
  await minutes(BEFORE_MINUTES, 'all is well')
  await exec('api', ['node', '/app/faultctl.cjs', 'set', JSON.stringify(FAULT)])
  await minutes(FAULT_MINUTES, 'the API is slow, and fails at times')
  await exec('api', ['node', '/app/faultctl.cjs', 'reset'])
  await minutes(AFTER_MINUTES, 'all is well again')
}

/** What the commands print on a terminal of 100 columns, one below the other. */
async function printed(here: Workspace, commands: readonly (readonly string[])[]): Promise<string> {
  let screen = ''
  for (const argv of commands) {
    const {stdout} = await here.faci(argv, {env: {NO_COLOR: '', FORCE_COLOR: '1', COLUMNS: '100'}})
    screen += `${screen === '' ? '' : '\n\n'}$ faci ${argv.join(' ')}\n${stdout}`
  }
  return screen
}

function draw(name: string, screen: string): void {
  const file = join('test', 'demo', `${name}.svg`)
  writeFileSync(join(repositoryRoot, file), drawTerminal(screen))
  say(file)
}

async function drawDashboards(here: Workspace): Promise<void> {
  for (const name of DASHBOARD_NAMES)
    draw(`dashboard-${name}`, await printed(here, [['dashboard', name, '--range', `${String(RANGE_MINUTES)}m`]]))
}

async function drawIncident(stack: Stack, here: Workspace): Promise<void> {
  const api = (await stack.containers()).find(({service}) => service === 'api')
  if (api === undefined) throw new Error('the stack has no api container')
  await execa('docker', ['kill', api.id], {stdin: 'ignore'})
  say('the API is killed')
  const brought = await printed(here, [['health'], ['runbook', 'api-down', '--yes']])
  await minutes(1, 'until a minute holds nothing of it')
  draw('incident', `${brought}\n\n${await printed(here, [['status', '--window', '1m']])}`)
}

const engine = await ensureEngine({install: true, say})
await execa('npm', ['run', '--silent', 'build'], {cwd: repositoryRoot, stdin: 'ignore'})
const stack = await startStack({project: uniqueProject('faci-pictures'), say, env: {FAULTS: 'enabled', LOAD_RPS: '10'}})
const here = workspace(stack)
try {
  await live(stack)
  await drawDashboards(here)
  await drawIncident(stack, here)
} finally {
  here.remove()
  await stack.stop()
  await engine.stop()
}
