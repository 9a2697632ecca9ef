// A change that is cut short at any moment, with the built faci, real Compose and the real engine: what is printed heals it.
import {spawn} from 'node:child_process'
import {readdirSync, readFileSync} from 'node:fs'
import {mkdir, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {LOOPBACK} from '../support/built-faci.js'
import {eventually} from '../support/eventually.js'
import {wellServer} from '../support/servers/well-server.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

/** Evenly spread over what Compose takes, cut short in each of these ways by turns: one in CI, `FACI_MOMENTS=20` for all of it. */
const MOMENTS = Number(process.env['FACI_MOMENTS'] ?? 1)
const WAYS = ['Ctrl-C', 'kill of Compose', 'kill of faci'] as const
const FACI = join(repositoryRoot, 'bin', 'run.js')
const SCRIPT = 'setInterval(() => undefined, 1e6)'
const HEALTHY = ['web 1 running', 'worker 1 running', 'worker 2 running']

/** What is typed, the way in which it is cut short first, and with which Compose it is tried where it is tried but once. */
const CHANGES = [
  ['restart', ['restart', '--yes'], 0, 'v2'],
  ['up --recreate', ['up', '--recreate', '--yes'], 1, 'v1'],
] as const

interface Place {
  readonly here: ThrowawayProject
  readonly directory: string
  readonly env: NodeJS.ProcessEnv
}

interface Cut {
  readonly after: number
  readonly how: (typeof WAYS)[number]
}

async function place(generation: 'v1' | 'v2'): Promise<Place> {
  // Else each change would be five seconds of waiting until it is steady, and most moments would fall there; a probe is of one replica.
  const healthcheck = {test: ['CMD', 'kill', '-0', '1'], interval: '1s'}
  const services = {web: {script: SCRIPT}, worker: {script: SCRIPT, keys: {healthcheck}}}
  const here = await throwawayProject(services, generation)
  const well = await wellServer()
  const directory = dirname(here.file)
  const health = JSON.stringify({web: {url: well.url}})
  await writeFile(
    join(directory, 'faci.yml'),
    `service: shop\ncompose: {project: ${here.project}}\nhealth: ${health}\n`,
  )
  await mkdir(join(directory, 'bin'))
  const text = `#!/bin/sh\nexec '${process.execPath}' '${FACI}' "$@"\n`
  await writeFile(join(directory, 'bin', 'faci'), text, {mode: 0o755})
  const PATH = `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`
  const remove = (): Promise<void> => here.remove().finally(well.close)
  return {here: {...here, remove}, directory, env: {...here.environment, ...LOOPBACK, PATH, NO_COLOR: '1'}}
}

function inShell({directory, env}: Place, command: string) {
  return execa('bash', ['-c', command], {cwd: directory, env, all: true, reject: false, extendEnv: false})
}

/** Every container of the project as `service number state`; one with another name than Compose gives bears it. */
async function containers({here}: Place): Promise<readonly string[]> {
  const label = (name: string): string => `{{.Label "com.docker.compose.${name}"}}`
  const format = `${label('service')} ${label('container-number')} {{.State}} {{.Names}}`
  const filter = `label=com.docker.compose.project=${here.project}`
  const {stdout} = await execa('docker', ['ps', '--all', '--filter', filter, '--format', format])
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => line.replace(` ${here.project}`, '\0').replace(/\0.*/, '')).sort()
}

/** The last change's journal; empty before there is one. */
function journal({directory}: Place): readonly {readonly kind: string; readonly at: string}[] {
  try {
    const runs = join(directory, '.faci', 'runs')
    const last = readdirSync(runs).sort().at(-1) ?? ''
    const lines = readFileSync(join(runs, last, 'journal.jsonl'), 'utf8').split('\n')
    return lines.slice(0, -1).map((line) => JSON.parse(line) as {kind: string; at: string})
  } catch {
    return []
  }
}

function at(here: Place, kind: string): number | undefined {
  const event = journal(here).find((one) => one.kind === kind)
  return event === undefined ? undefined : Date.parse(event.at)
}

/** The process group of Compose: the only child of faci. */
async function composeGroup(faci: number): Promise<number | undefined> {
  const {stdout} = await execa('ps', ['-o', 'pid=', '--ppid', String(faci)], {reject: false})
  const pid = Number(stdout.trim().split('\n').at(-1))
  return pid > 0 ? pid : undefined
}

async function cutShort(here: Place, argv: readonly string[], {after, how}: Cut): Promise<string> {
  await rm(join(here.directory, '.faci', 'runs'), {recursive: true, force: true})
  const child = spawn(process.execPath, [FACI, ...argv], {cwd: here.directory, env: here.env, stdio: 'pipe'})
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  const closed = new Promise((resolve) => child.once('close', resolve))
  const end = Date.now() + 60_000
  while (at(here, 'change.started') === undefined && Date.now() < end) await sleep(20)
  await sleep(after)
  if (how === 'Ctrl-C') child.kill('SIGINT')
  else if (how === 'kill of faci') child.kill('SIGKILL')
  else {
    const group = await composeGroup(child.pid ?? 0)
    if (group !== undefined) await execa('kill', ['-KILL', '--', `-${String(group)}`], {reject: false})
  }
  await closed
  return output
}

/** Compose comes to its end under the lock of the faci that is gone; then the same command, with what the refusal says, does it again. */
async function typedAgain(here: Place, argv: readonly string[]): Promise<void> {
  await eventually(async () => {
    const again = await inShell(here, `faci ${argv.join(' ')} --takeover 'it was killed'`)
    expect(again.exitCode, again.all).toBe(0)
  }, 60)
  expect(await containers(here)).toEqual(HEALTHY)
}

describe.each(['v1', 'v2'] as const)('a change cut short, Compose %s', (generation) => {
  let here: Place

  beforeAll(async () => {
    here = await place(generation)
    await inShell(here, 'faci up --yes && faci scale worker=2 --yes')
  })
  afterAll(async () => {
    await here.here.remove()
  })

  it(
    'what a killed recreation left is no replica: up converges as plain Compose does',
    {timeout: 180_000},
    async () => {
      const [id = ''] = (await execa('docker', ['ps', '-q', '--filter', `name=${here.here.project}.web`])).stdout.split(
        '\n',
      )
      const {stdout} = await execa('docker', ['inspect', id, '--format', '{{json .}}'])
      const {Name, Config} = JSON.parse(stdout) as {Name: string; Config: {Labels: Record<string, string>}}
      const labels = Object.entries(Config.Labels).flatMap(([key, value]) => ['--label', `${key}=${value}`])
      const name = Name.slice(1)
      await execa('docker', ['rename', name, `${id.slice(0, 12)}_${name}`])
      await execa('docker', ['run', '-d', '--name', name, ...labels, here.here.image, 'node', '-e', SCRIPT])
      expect((await inShell(here, 'faci status')).all).toContain('→ faci up web --recreate')
      const {all, exitCode} = await inShell(here, 'faci up --yes')
      expect(all).toMatch(/^web +1 running \+ [0-9a-f]{12}_.*, left by an interrupted change/m)
      expect(all).not.toContain('--scale web')
      expect(exitCode, all).toBe(0)
      const web = (await containers(here)).filter((line) => line.startsWith('web'))
      expect(web, all).toHaveLength(1)
      await inShell(here, 'faci up web --recreate --yes')
      expect(await containers(here)).toEqual(HEALTHY)
    },
  )

  it.each(MOMENTS > 1 ? CHANGES : CHANGES.filter(([, , , first]) => first === generation))(
    '%s is healed by the command that is printed',
    {timeout: 60_000 + 60_000 * MOMENTS},
    async (_, argv, first) => {
      const {all} = await inShell(here, `faci ${argv.join(' ')}`)
      expect(await containers(here), all).toEqual(HEALTHY)
      const took = (at(here, 'change.finished') ?? 0) - (at(here, 'change.started') ?? 0)
      for (let moment = 0; moment < MOMENTS; moment += 1) {
        const how = WAYS[(first + moment) % WAYS.length] ?? 'Ctrl-C'
        const cut: Cut = {after: (took * (moment + 0.5)) / MOMENTS, how}
        const said = await cutShort(here, argv, cut)
        if (how === 'kill of faci') {
          await typedAgain(here, argv)
          continue
        }
        const left = await containers(here)
        const mend = /^ *→ (faci .*)$/m.exec(said)?.[1]
        const story = JSON.stringify({cut, said, left, mend}, null, 1)
        // Compose may have been done before it was cut short: then there is nothing to heal.
        if (mend === undefined) expect(left, story).toEqual(HEALTHY)
        const healed = await inShell(here, mend ?? 'true')
        expect(healed.exitCode, `${story}\n${healed.all}`).toBe(0)
        expect(await containers(here), `${story}\n${healed.all}`).toEqual(HEALTHY)
      }
    },
  )
})
