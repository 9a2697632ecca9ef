// The whole idea in one command: the real stack comes up, its API is killed, a runbook brings it back and tells people.
import {spawn} from 'node:child_process'
import {mkdtempSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {Chalk} from 'chalk'
import {execa} from 'execa'
import {ensureEngine} from '../../service/stack/engine.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {type Stack, startStack, uniqueProject} from '../../service/stack/stack.js'
import {SLACK_TOKEN, slackServer} from '../support/servers/slack.js'
import {type Workspace, workspace} from '../support/workspace.js'
import {drawSlackMessage} from './slack-message.js'

const chalk = new Chalk(process.stdout.isTTY && (process.env['NO_COLOR'] ?? '') === '' ? {} : {level: 0})
const FACI = join(repositoryRoot, 'bin', 'run.js')

function say(line: string): void {
  console.log(chalk.dim(`   ${line}`))
}

function chapter(title: string): void {
  console.log(`\n${chalk.bold.cyan(`━━ ${title}`)}`)
}

/** Runs faci on this very terminal, as a person would; gives its exit code. */
function faci(argv: readonly string[], stack: Stack, here: Workspace, env: Record<string, string>): Promise<number> {
  console.log(`\n${chalk.bold(`$ faci ${argv.join(' ')}`)}`)
  const child = spawn(process.execPath, [FACI, ...argv], {
    cwd: here.directory,
    env: {...process.env, ...stack.env, ...env},
    // Nobody is asked anything: the demo runs by itself, on a terminal too.
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve(code ?? -1)
    })
  })
}

async function killApi(stack: Stack): Promise<void> {
  const api = (await stack.containers()).find(({service}) => service === 'api')
  if (api === undefined) throw new Error('the demo has no api container')
  await execa('docker', ['kill', api.id], {stdin: 'ignore'})
}

/** Of the first hundred requests three bad ones are more than 2 %: a look that is good says little of the next. */
const GOOD_IN_A_ROW = 8

/** The stack has just started: until Prometheus has scraped traffic twice, the signals are unknown, and faci says so. */
async function untilHealthy(stack: Stack, here: Workspace): Promise<void> {
  say('waiting until Prometheus has seen some traffic')
  const look = {cwd: here.directory, env: stack.env, stdin: 'ignore', reject: false} as const
  let good = 0
  for (let tries = 0; tries < 90; tries += 1) {
    good = (await execa(process.execPath, [FACI, 'status', '--json'], look)).exitCode === 0 ? good + 1 : 0
    if (good === GOOD_IN_A_ROW) return
    await sleep(1000)
  }
  say('not everything has stayed healthy within two minutes: faci status says what')
}

function tellHowToGoOn(stack: Stack): void {
  const folder = mkdtempSync(join(tmpdir(), 'faci-demo-'))
  const file = join(folder, 'stack.env')
  const lines = Object.entries(stack.env).map(([name, value]) => `${name}='${value.replaceAll("'", "'\\''")}'`)
  writeFileSync(file, `${lines.join('\n')}\n`, {mode: 0o600})
  chapter('The stack stays up. Try next:')
  console.log(
    [
      `   set -a; . ${file}; set +a     ${chalk.dim('# this shell now speaks of the demo stack')}`,
      '   npx faci status --watch',
      '   npx faci latency',
      '   npx faci logs api --summary --since 10m',
      '   npx faci scale api=3',
      '   npx faci stop api && npx faci runbook api-down',
      `   npx faci down --yes && ${stack.composeTool.argv.join(' ')} --profile load down --volumes     ${chalk.dim('# remove it all')}`,
    ].join('\n'),
  )
}

/** Tells it; gives what of it did not end as it should. */
async function story(stack: Stack, here: Workspace): Promise<readonly string[]> {
  const slack = await slackServer()
  const env = {SLACK_BOT_TOKEN: SLACK_TOKEN, SLACK_API_URL: slack.apiUrl}
  try {
    chapter('2. All is well')
    await untilHealthy(stack, here)
    const before = await faci(['status'], stack, here, env)
    chapter('3. The API is killed')
    await killApi(stack)
    say('docker kill: nobody gets a recommendation now')
    await faci(['health'], stack, here, env)
    chapter('4. The runbook: diagnose, mitigate, prove, tell')
    const run = await faci(['runbook', 'api-down', '--yes'], stack, here, env)
    chapter('5. And now')
    const after = await faci(['health'], stack, here, env)
    chapter('6. The notice, as #ops-incidents sees it (a Slack server on loopback took it)')
    console.log(slack.posts.map((post) => drawSlackMessage(post, chalk)).join('\n'))
    const ends = {'faci status, before the kill': before, 'faci runbook api-down': run, 'faci health, after it': after}
    const failed = Object.entries(ends).flatMap(([what, code]) => (code === 0 ? [] : [`${what}: exit code ${code}`]))
    return slack.posts.length > 0 ? failed : [...failed, 'Slack was told nothing']
  } finally {
    await slack.close()
  }
}

async function main(): Promise<void> {
  const keep = process.argv.includes('--keep')
  chapter('1. The real stack: API, Redis, Prometheus, Alertmanager, exporters, proxy')
  const engine = await ensureEngine({install: true, say, keep})
  await execa('npm', ['run', '--silent', 'build'], {cwd: repositoryRoot, stdin: 'ignore'})
  const stack = await startStack({project: uniqueProject('faci-demo'), say, env: {FAULTS: 'enabled', LOAD_RPS: '20'}})
  const here = workspace(stack)
  let failed: readonly string[] | null = null
  try {
    await stack.compose(['--profile', 'load', 'up', '--detach', '--no-build', 'load'])
    failed = await story(stack, here)
  } finally {
    here.remove()
    if (keep && failed !== null) {
      stack.keep()
      tellHowToGoOn(stack)
    } else {
      chapter('7. Leaving nothing behind')
      await stack.stop()
      await engine.stop()
    }
  }
  if (failed.length === 0) {
    console.log(`\n${chalk.green('✔')} restored, proven, told.${keep ? '' : ' Keep the stack: npm run demo -- --keep'}`)
  } else {
    console.log(`\n${chalk.red('✖')} the demo did not end as it should: ${failed.join('; ')}`)
    process.exitCode = 1
  }
}

await main()
