// An engine on another host, reached through the operator's ssh and a real sshd.
import {execa} from 'execa'
import {cp, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {type AddressInfo, createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {packageTree} from '../../service/stack/debian.js'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {eventually} from '../support/eventually.js'
import {onlyAsRoot} from '../support/only-as-root.js'
import {type SshServer, sshServer} from '../support/servers/ssh-server.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const SCRIPT = 'console.log("level=error msg=one"); setInterval(() => undefined, 1e6)'
const PARAMIKO = ['python3-paramiko', 'python3-bcrypt', 'python3-nacl', 'python3-cryptography']
const UP = {kind: 'up', services: [], build: false, recreate: false, replicas: {}} as const
const TRUSTED = {hasKey: true, knowsHost: true} as const
/** What a Docker before 18.09 is taken to say of a word of `docker system` that it does not know; none was at hand to record it. */
const DOCKER_18_06 = [
  "echo 'Usage:\tdocker system COMMAND'",
  "echo 'Manage Docker'",
  String.raw`echo "Run 'docker system COMMAND --help' for more information on a command."`,
].map((line) => `${line} >&2`)

async function composeProject(
  generation: 'v1' | 'v2',
  services: Parameters<typeof throwawayProject>[0],
): Promise<ThrowawayProject> {
  const one = await throwawayProject(services, generation)
  await writeFile(join(dirname(one.file), 'faci.yml'), `service: shop\ncompose: {project: ${one.project}}\n`)
  return one
}

async function running(words: string): Promise<readonly string[]> {
  const {stdout} = await execa('ps', ['-eo', 'args'])
  return stdout.split('\n').filter((line) => line.includes(words))
}

describe.runIf(onlyAsRoot('an engine over ssh'))('an engine over ssh', () => {
  let server: SshServer
  let project: ThrowawayProject

  type Environment = Readonly<Record<string, string | undefined>>
  const run = ({file, environment}: ThrowawayProject, over: Environment, argv: readonly string[]): Promise<Outcome> =>
    runBuilt(argv, dirname(file), {...environment, DOCKER_HOST: server.url, ...server.environment, ...over})
  const faci = (...argv: readonly string[]): Promise<Outcome> => run(project, {}, argv)

  async function changed(outcome: Promise<Outcome>): Promise<void> {
    const {exitCode, stdout, stderr} = await outcome
    expect(exitCode, stdout + stderr).toBe(0)
  }

  /** A Docker configuration that knows the server as the context `there`. */
  async function contextOf({file, environment}: ThrowawayProject): Promise<Environment> {
    const folder = join(dirname(file), 'docker')
    const plugins = {...process.env, ...environment}['DOCKER_CONFIG']
    if (plugins !== undefined) await cp(plugins, folder, {recursive: true, verbatimSymlinks: true})
    const there = {DOCKER_CONFIG: folder, DOCKER_HOST: undefined}
    await execa('docker', ['context', 'create', 'there', '--docker', `host=${server.url}`], {env: there})
    // 1.29 finds contexts beside this file alone.
    await writeFile(join(folder, 'config.json'), '{}', {flag: 'wx'}).catch(() => undefined)
    return there
  }

  beforeAll(async () => {
    server = await sshServer()
    project = await composeProject('v2', {api: {script: SCRIPT, keys: {scale: 6}}, redis: {script: SCRIPT}})
    await project.compose.apply(UP, () => undefined)
  }, 120_000)
  afterAll(async () => {
    await server.close()
    await project.remove()
  })

  it('is read as the local one is: containers, statistics, logs of many at once', async () => {
    const status = JSON.parse((await faci('status', '--json')).stdout) as {
      data: {services: {value: {service: string; containers: unknown[]}[]}}
    }
    const found = status.data.services.value.map(({service, containers}) => [service, containers.length])
    expect(found.toSorted()).toEqual([
      ['api', 6],
      ['redis', 1],
    ])
    const logs = await faci('logs', '--errors', '--tail', '50')
    expect(logs.exitCode, logs.stderr).toBe(0)
    expect(logs.stdout.match(/ one/g)).toHaveLength(7)
  })

  it('is changed through Compose v2, and is the same one for a Docker context', async () => {
    await changed(faci('restart', 'redis', '--yes'))
    const there = await contextOf(project)
    await changed(run(project, {...there, DOCKER_CONTEXT: 'there'}, ['up', 'redis', '--recreate', '--yes']))
  })

  it('is changed through docker-compose 1.29 where it can, and it is said where it cannot', async () => {
    const old = await composeProject('v1', {redis: {script: SCRIPT}})
    try {
      const {root} = await packageTree({packages: PARAMIKO, binaries: []})
      const paramiko = {PYTHONPATH: join(root, 'usr/lib/python3/dist-packages')}
      await old.compose.apply(UP, () => undefined)
      await changed(run(old, paramiko, ['restart', 'redis', '--yes']))
      // The current context is another one, which 1.29 would take.
      const there = {...(await contextOf(old)), DOCKER_CONTEXT: 'there'}
      const without = join(dirname(old.file), 'without')
      await writeFile(`${without}.py`, 'raise ImportError')
      await cp(`${without}.py`, join(without, 'paramiko.py'))
      const {exitCode, stderr} = await run(old, {...there, PYTHONPATH: without}, ['restart', 'redis', '--yes'])
      expect(exitCode, stderr).toBe(4)
      expect(stderr).toContain('docker-compose 1.29 reaches engines over ssh only with the Python library paramiko')
      expect(stderr).toContain('sudo apt-get install python3-paramiko')
    } finally {
      await old.remove()
    }
  })

  describe('that cannot be reached is unknown, with why and what to type', () => {
    async function unreachable(environment: Environment, why: RegExp, next: string): Promise<void> {
      const read = await run(project, environment, ['logs'])
      expect(read.stderr).toMatch(why)
      expect(read.stderr).toContain(`  → ${next}\n`)
      expect(read.exitCode, read.stderr).toBe(4)
      const change = await run(project, environment, ['restart', 'redis', '--yes'])
      expect(change.exitCode, change.stderr).toBe(4)
      expect(change.stderr).toMatch(why)
    }
    const login = (): string => `ssh -p ${String(server.port)} root@127.0.0.1 docker version`

    it('a port where nothing listens', async () => {
      const nowhere = {DOCKER_HOST: 'ssh://nobody@127.0.0.1:1'}
      await unreachable(nowhere, /failed: .*Connection refused/, 'ssh -p 1 nobody@127.0.0.1 docker version')
    })

    it('a server that asks for a password', async () => {
      const environment = await server.environmentOf({hasKey: false, knowsHost: true})
      const why =
        /the server refused the login, and faci answers no prompt \(.*Permission denied \(publickey,password\)\)/
      await unreachable(environment, why, 'ssh-add')
      await unreachable(environment, why, login())
    })

    it('a server whose key is unknown', async () => {
      const environment = await server.environmentOf({hasKey: true, knowsHost: false})
      await unreachable(environment, /the connection by ssh failed: Host key verification failed/, login())
    })

    it.each([
      ['no docker', null, /there is no docker to run there \(.*docker: command not found\)/],
      ['a docker before 18.09', DOCKER_18_06.join('\n'), /the Docker CLI there has no `docker system dial-stdio`/],
      [
        'no engine',
        'exec /usr/bin/env PATH=/usr/local/bin:/usr/bin:/bin docker --host unix:///nowhere.sock "$@"',
        /its docker says: .*\/nowhere\.sock/,
      ],
    ])('a host with %s', async (_, docker, why) => {
      await unreachable(await server.environmentOf({...TRUSTED, docker}), why, login())
    })

    it('a host that says something of its own first', async () => {
      const environment = await server.environmentOf({...TRUSTED, docker: 'echo Welcome'})
      const {exitCode, stderr} = await run(project, environment, ['logs'])
      expect(exitCode, stderr).toBe(4)
      expect(stderr).toMatch(/did not answer in HTTP/)
    })

    it('no ssh on PATH', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'faci-empty-'))
      const {exitCode, stderr} = await run(project, {PATH: folder}, ['logs'])
      await rm(folder, {recursive: true})
      expect(exitCode, stderr).toBe(4)
      expect(stderr).toContain('there is no ssh on PATH')
      expect(stderr).toContain('sudo apt-get install openssh-client')
    })

    it('a server that says nothing', async () => {
      const silent = createServer(() => undefined)
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
      const port = String((silent.address() as AddressInfo).port)
      try {
        const {exitCode, stderr} = await run(project, {DOCKER_HOST: `ssh://root@127.0.0.1:${port}`}, ['logs'])
        expect(stderr).toMatch(/did not .* within [\d.]+ s|the connection by ssh failed: .* timed out/)
        expect(stderr).toContain(`ssh -p ${port} root@127.0.0.1 docker version`)
        expect(exitCode).toBe(4)
      } finally {
        silent.close()
      }
    })

    it('an ssh that hangs, which is ended', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'faci-hangs-'))
      await writeFile(join(folder, 'ssh'), '#!/bin/sh\nexec sleep 9876543\n', {mode: 0o755})
      const PATH = `${folder}:${process.env['PATH'] ?? ''}`
      const {exitCode, stdout} = await run(project, {PATH}, ['status'])
      await rm(folder, {recursive: true})
      expect(stdout).toMatch(/Docker at ssh:\S+ did not .* within [\d.]+ s/)
      expect(exitCode).toBe(4)
      await eventually(async () => {
        expect(await running('sleep 9876543')).toEqual([])
      })
    })
  })

  it('leaves no ssh behind', async () => {
    await faci('status')
    // They end when faci does, each in its own time.
    await eventually(async () => {
      expect(await running(`-p ${String(server.port)} `)).toEqual([])
    })
  })
})
