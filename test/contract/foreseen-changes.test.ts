// What a plan says of recreation, against what Compose and the engine then do: both generations of Compose.
import {readFile, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {ChangeReport} from '../../src/domain/change/change-report.js'
import type {PlannedService} from '../../src/domain/change/change-plan.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {lockDirectory, LOOPBACK} from '../support/built-faci.js'
import {wellServer} from '../support/servers/well-server.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
const SCRIPT = 'setInterval(() => undefined, 1e6)'

interface World {
  readonly project: ThrowawayProject
  /** What `api` runs by its Compose file. */
  readonly image: string
  /** Of faci's environment, beside those of the test. */
  readonly variables: Record<string, string>
  readonly faci: (
    ...argv: readonly string[]
  ) => PromiseLike<{readonly stdout: string; readonly stderr: string; readonly exitCode?: number}>
  /** By service, how many containers and of which image ids. */
  readonly running: () => Promise<Readonly<Record<string, readonly string[]>>>
  readonly faciTags: () => Promise<readonly string[]>
}

async function docker(...argv: readonly string[]): Promise<string> {
  return (await execa('docker', argv)).stdout.trim()
}

/** The same files under another id, which takes the name. */
async function release(base: string, name: string, label: string): Promise<void> {
  const container = await docker('create', base, 'node')
  await docker('commit', '--change', `LABEL release=${label}`, container, name)
  await docker('rm', container)
}

async function world(generation: 'v1' | 'v2'): Promise<World> {
  const image = `faci-test/foreseen-${generation}:1`
  const variables: Record<string, string> = {}
  // The last one is handed on from faci's environment.
  const environment = ['PRICE=a $$ sign', 'STAGE=${STAGE:-test}', 'HANDED_ON']
  const api = {image, env_file: 'api.env', depends_on: ['redis'], environment}
  const project = await throwawayProject(
    {
      api: {script: SCRIPT, keys: api},
      redis: {script: SCRIPT},
      load: {script: SCRIPT, keys: {profiles: ['load']}},
    },
    generation,
  )
  await release(project.image, image, 'good')
  const directory = dirname(project.file)
  await writeFile(join(directory, 'api.env'), 'LIMIT=1\n')
  const well = await wellServer()
  const health = JSON.stringify({api: {url: well.url}, redis: {url: well.url}, load: {url: well.url}})
  const config = `service: shop\ncompose: {project: ${project.project}}\nhealth: ${health}\n`
  await writeFile(join(directory, 'faci.yml'), config)
  const filter = `label=com.docker.compose.project=${project.project}`
  return {
    project: {...project, remove: () => project.remove().finally(well.close)},
    image,
    variables,
    faci: (...argv) => {
      const env = {
        ...project.environment,
        ...LOOPBACK,
        ...variables,
        FACI_LOCK_DIRECTORY: lockDirectory(directory),
        NO_COLOR: '1',
      }
      return execa(process.execPath, [FACI, ...argv], {cwd: directory, env, reject: false, stdin: 'ignore'})
    },
    running: async () => {
      const ids = (await docker('ps', '-q', '--filter', filter)).split('\n').filter((id) => id !== '')
      if (ids.length === 0) return {}
      const format = '{{index .Config.Labels "com.docker.compose.service"}} {{.Image}}'
      const lines = (await docker('inspect', '--format', format, ...ids)).split('\n').map((line) => line.split(' '))
      const services = [...new Set(lines.map(([name = '']) => name))].sort()
      return Object.fromEntries(
        services.map((name) => [name, lines.flatMap(([of, id = '']) => (of === name ? [id] : []))]),
      )
    },
    faciTags: async () => {
      const reference = `reference=faci/${project.project}/*`
      const names = await docker('images', '--filter', reference, '--format', '{{.Repository}}:{{.Tag}}')
      const tags = names.split('\n').map((name) => name.replace(`faci/${project.project}/`, ''))
      return tags.filter((name) => name !== '').sort()
    },
  }
}

async function planned({faci}: World, ...argv: readonly string[]): Promise<Readonly<Record<string, PlannedService>>> {
  const {stdout, stderr, exitCode} = await faci(...argv, '--dry-run', '--json')
  expect(exitCode, stderr).toBe(0)
  const {data} = JSON.parse(stdout) as {data: ChangeReport}
  return Object.fromEntries(data.plan.services.map((service) => [service.service, service]))
}

async function done({faci}: World, ...argv: readonly string[]): Promise<string> {
  const {stdout, stderr, exitCode} = await faci(...argv, '--yes')
  expect(exitCode, stdout + stderr).toBe(0)
  return stdout + stderr
}

describe.each(['v1', 'v2'] as const)('what a plan foresees, Compose %s', {timeout: 300_000}, (generation) => {
  let here: World
  let good: string
  let bad: string

  beforeAll(async () => {
    here = await world(generation)
    await done(here, 'up')
    good = await docker('image', 'inspect', '--format', '{{.Id}}', here.image)
  })
  afterAll(async () => {
    await here.project.remove()
    await execa('docker', ['rmi', '--force', here.image, good, bad].filter(Boolean), {reject: false})
  })

  it('nothing where nothing changed, whatever the file is made of: env_file, dependencies, dollar signs', async () => {
    const {api, redis} = await planned(here, 'up')
    expect([api?.recreation, api?.effects, redis?.recreation, redis?.effects]).toEqual(['no', [], 'no', []])
  })

  it('a configuration that changed, in the file or beside it, also of what comes up with a service', async () => {
    const text = await readFile(here.project.file, 'utf8')
    const beside = join(dirname(here.project.file), 'api.env')
    await writeFile(beside, 'LIMIT=2\n')
    await writeFile(here.project.file, text.replace('"redis":{', '"redis":{"environment":{"MORE":"1"},'))
    const {api, redis} = await planned(here, 'up', 'api')
    const changed = [{kind: 'configuration', of: 'all', state: 'changed'}]
    expect(api).toMatchObject({recreation: 'yes', effects: changed})
    expect(redis).toMatchObject({recreation: 'yes', effects: changed})
    await writeFile(beside, 'LIMIT=1\n')
    await writeFile(here.project.file, text)
  })

  it('what decides it is looked at each time, although what Compose said is remembered', async () => {
    const recreation = async () => (await planned(here, 'up', 'api'))['api']?.recreation
    const dotenv = join(dirname(here.project.file), '.env')
    expect(await recreation()).toBe('no')
    await writeFile(dotenv, 'STAGE=live\n')
    expect(await recreation()).toBe('yes')
    await rm(dotenv)
    here.variables['HANDED_ON'] = 'x'
    expect(await recreation()).toBe('yes')
    delete here.variables['HANDED_ON']
    expect(await recreation()).toBe('no')
  })

  it('which replicas and services of a profile do not come back after down', async () => {
    await done(here, 'scale', 'api=2', 'redis=2')
    await done(here, 'up', 'load')
    const {api, load} = await planned(here, 'down')
    expect(api?.effects).toEqual([{kind: 'fewerBroughtBack', running: 2, then: 1, command: 'faci scale api=2'}])
    expect(load?.effects).toEqual([{kind: 'notBroughtBack', why: 'profile', command: 'faci up load'}])
    // Of one service, which keeps the replicas of what it depends on.
    await done(here, 'scale', 'api=1')
    expect((await here.running())['redis']).toHaveLength(2)
  })

  it('another image; a service that went back stays there, whatever is asked for', async () => {
    await release(here.project.image, here.image, 'bad')
    bad = await docker('image', 'inspect', '--format', '{{.Id}}', here.image)
    const deployed = await done(here, 'up', 'api')
    expect(deployed).toContain(`image ${here.image} ${good.slice(7, 19)} → ${here.image} ${bad.slice(7, 19)}`)
    expect((await here.running())['api']).toEqual([bad])
    await done(here, 'up', 'api', '--image', 'previous')
    expect((await here.running())['api']).toEqual([good])
    expect(await done(here, 'up', '--recreate')).toContain('→ faci up api --image compose')
    await done(here, 'scale', 'api=2')
    expect((await here.running())['api']).toEqual([good, good])
    expect((await planned(here, 'up'))['api']).toMatchObject({recreation: 'no', effects: [{kind: 'pinned'}]})
  })

  it('is pinned through down, of which only what a rollback needs is left, and is told when it comes back', async () => {
    await done(here, 'down')
    expect(await here.faciTags()).toEqual(['api:left', 'api:previous'])
    expect((await planned(here, 'up'))['api']?.effects).toMatchObject([{kind: 'pinned'}])
    const unpinned = await done(here, 'up', 'api', '--image', 'compose')
    expect(unpinned).toContain(`brings back image ${bad.slice(7, 19)}`)
    expect((await here.running())['api']).toEqual([bad])
    expect(await here.faciTags()).toEqual(['api:previous', 'api:running', 'redis:running'])
  })
})
