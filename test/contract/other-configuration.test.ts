// No change makes another configuration than the one that runs unless somebody said so: both generations of Compose.
import {mkdir, readFile, rm, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {execa} from 'execa'
import {afterAll, beforeAll, beforeEach, describe, expect, it} from 'vitest'
import {composeCommand} from '../../service/stack/compose-command.js'
import {lockDirectory, runBuilt} from '../support/built-faci.js'
import {wellServer} from '../support/servers/well-server.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const SCRIPT = 'setInterval(() => undefined, 1e6)'

describe.each(['v1', 'v2'] as const)(
  'another configuration than the one that runs, Compose %s',
  {timeout: 300_000},
  (generation) => {
    let project: ThrowawayProject
    let directory: string
    let well: Awaited<ReturnType<typeof wellServer>>

    /** What answers at once need not be waited for until it has run for long. */
    function config(more = ''): string {
      const health = JSON.stringify({web: {url: well.url}, idle: {url: well.url}})
      return `service: web\ncompose: {project: ${project.project}${more}}\nhealth: ${health}\n`
    }

    /** As somebody types it in the folder, with these variables. */
    async function compose(argv: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<void> {
      const {argv: program} = await composeCommand(generation)
      const [file, ...rest] = program
      const env = {...project.environment, ...variables}
      await execa(file, [...rest, '-p', project.project, ...argv], {cwd: directory, env})
    }

    /** With all that it printed, on either stream. */
    async function faci(argv: readonly string[], variables: NodeJS.ProcessEnv = {}, cwd = directory) {
      const outcome = await runBuilt(argv, cwd, {...project.environment, ...variables})
      return {...outcome, all: outcome.stdout + outcome.stderr}
    }

    async function release(): Promise<string> {
      const filters = ['project', 'service'].map(
        (key) => `label=com.docker.compose.${key}=${key === 'project' ? project.project : 'web'}`,
      )
      const {stdout} = await execa('docker', ['ps', '-q', ...filters.flatMap((filter) => ['--filter', filter])])
      const {stdout: env} = await execa('docker', ['inspect', '--format', '{{json .Config.Env}}', stdout.trim()])
      return (
        (JSON.parse(env) as readonly string[]).find((one) => one.startsWith('RELEASE='))?.slice('RELEASE='.length) ?? ''
      )
    }

    beforeAll(async () => {
      project = await throwawayProject(
        {web: {script: SCRIPT, keys: {environment: {RELEASE: '${RELEASE:-1}'}}}, idle: {script: SCRIPT}},
        generation,
      )
      directory = dirname(project.file)
      well = await wellServer()
      await writeFile(
        join(directory, 'prod.yml'),
        JSON.stringify({version: '3.8', services: {web: {labels: {tier: 'prod'}}}}),
      )
      await writeFile(join(directory, 'prod.env'), 'RELEASE=prod-7\n')
    })
    beforeEach(() => writeFile(join(directory, 'faci.yml'), config()))
    afterAll(() => project.remove().finally(well.close))

    it('a variable of the shell that nothing sets any more keeps its value until that is approved', async () => {
      await compose(['up', '-d'], {RELEASE: 'prod-7'})
      const refused = await faci(['up', 'web', '--yes'])
      expect(refused.exitCode, refused.all).toBe(5)
      expect(refused.all).toMatch(/web runs with another value of RELEASE than the default, and nothing sets it now/)
      expect(await release()).toBe('prod-7')
      const accept = /faci (up web --yes --approve config@[0-9a-f]{32})/.exec(refused.all)?.[1]?.split(' ') ?? []
      const other = await faci(['up', 'web', '--yes', '--approve', 'config@'.padEnd(39, '0')])
      expect([other.exitCode, await release()]).toEqual([5, 'prod-7'])
      const accepted = await faci(accept)
      expect(accepted.exitCode, accepted.all).toBe(0)
      expect(await release()).toBe('1')
    })

    it('needs no more than a yes where the variable is set, to the same or to another value', async () => {
      await compose(['up', '-d'], {RELEASE: 'prod-7'})
      for (const value of ['prod-7', 'prod-8']) {
        const done = await faci(['up', 'web', '--yes'], {RELEASE: value})
        expect(done.exitCode, done.all).toBe(0)
        expect(await release()).toBe(value)
      }
    })

    it('an env file that faci is not told of is no change that goes unnoticed', async () => {
      await compose(['--env-file', 'prod.env', 'up', '-d'])
      const refused = await faci(['up', '--yes'])
      expect(refused.exitCode, refused.all).toBe(5)
      expect(refused.all).toContain(`compose: {envFiles: [${join(directory, 'prod.env')}]} in faci.yml`)
      const told = config(', envFiles: [prod.env]')
      await writeFile(join(directory, 'faci.yml'), told)
      const done = await faci(['up', '--yes'])
      expect(done.exitCode, done.all).toBe(0)
      expect(await release()).toBe('prod-7')
      await writeFile(join(directory, 'faci.yml'), config())
    })

    it('a file beside the usual ones is not dropped, by up, scale or down', async () => {
      await compose(['-f', 'docker-compose.yml', '-f', 'prod.yml', 'up', '-d'])
      for (const argv of [['up'], ['scale', 'web=2'], ['down']]) {
        const refused = await faci([...argv, '--yes'])
        expect(refused.exitCode, refused.all).toBe(5)
        expect(refused.all).toMatch(/was started with|were started with/)
      }
      const restarted = await faci(['restart', 'idle', '--yes'])
      expect(restarted.exitCode, restarted.all).toBe(0)
      expect((await faci(['scale', 'web=1', '--yes'])).exitCode).toBe(0)
    })

    it('is not another folder that is reached by a link, and another copy of the files is one', async () => {
      await compose(['up', '-d'])
      const copy = join(directory, 'copy')
      await mkdir(copy)
      await writeFile(join(copy, 'faci.yml'), config())
      const text = await readFile(project.file, 'utf8')
      await writeFile(join(copy, 'docker-compose.yml'), text.replace('RELEASE:-1', 'RELEASE:-copy'))
      // The three are one machine.
      const locks = lockDirectory(directory)
      const inCopy = await faci(['up', '--yes'], {FACI_LOCK_DIRECTORY: locks}, copy)
      expect(inCopy.exitCode, inCopy.all).toBe(5)
      expect(inCopy.all).toMatch(/web was started in/)
      const link = `${directory}-link`
      await execa('ln', ['-s', directory, link])
      const linked = await faci(['up', '--yes'], {FACI_LOCK_DIRECTORY: locks, PWD: link}, link)
      await rm(link)
      expect(linked.exitCode, linked.all).toBe(0)
    })
  },
)
