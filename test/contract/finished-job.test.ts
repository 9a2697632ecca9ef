// What Compose would do beside what it is asked for: run a finished job again, wait for what is not there. Both generations.
import {execFileSync} from 'node:child_process'
import {readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {wellServer} from '../support/servers/well-server.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const STAYS = 'setInterval(() => undefined, 1e6)'

describe.each(['v1', 'v2'] as const)('beside what is asked for, Compose %s', (generation) => {
  let project: ThrowawayProject
  let well: Awaited<ReturnType<typeof wellServer>>

  function faci(...argv: readonly string[]): Promise<Outcome> {
    return runBuilt(argv, dirname(project.file), project.environment)
  }

  function startedAt(service: string): string {
    const labels = [`com.docker.compose.project=${project.project}`, `com.docker.compose.service=${service}`]
    const filters = labels.flatMap((label) => ['--filter', `label=${label}`])
    const id = execFileSync('docker', ['ps', '-aq', ...filters], {encoding: 'utf8'}).trim()
    return execFileSync('docker', ['inspect', '--format', '{{.State.StartedAt}}', id], {encoding: 'utf8'})
  }

  beforeAll(async () => {
    project = await throwawayProject(
      {
        web: {script: STAYS, keys: {depends_on: ['migrate']}},
        migrate: {script: '0', keys: {restart: 'no'}},
        old: {script: STAYS},
      },
      generation,
    )
    well = await wellServer()
    const health = JSON.stringify({web: {url: well.url}})
    const config = `service: shop\ncompose: {project: ${project.project}}\nhealth: ${health}\n`
    await writeFile(join(dirname(project.file), 'faci.yml'), config)
    const up = await faci('up', '--yes')
    expect(up.exitCode, up.stdout + up.stderr).toBe(0)
  })
  afterAll(() => project.remove().finally(well.close))

  it('a job that has finished is run again by neither scale nor restart, and up says that it is', async () => {
    const before = startedAt('migrate')
    for (const argv of [['scale', 'web=2'], ['restart']]) {
      const done = await faci(...argv, '--yes')
      expect(done.exitCode, done.stdout + done.stderr).toBe(0)
      expect(startedAt('migrate')).toBe(before)
    }
    const {stdout} = await faci('up', 'web', '--dry-run')
    expect(stdout).toMatch(/migrate +a job that has finished: Compose runs it again/)
    expect((await faci('up', 'web', '--yes')).exitCode).toBe(0)
    expect(startedAt('migrate')).not.toBe(before)
  })

  it('an orphan is told as one and decides nothing; what is not there is not waited for', async () => {
    const file = JSON.parse(await readFile(project.file, 'utf8')) as {services: Record<string, unknown>}
    const {old, ...services} = file.services
    expect(old).toBeDefined()
    await writeFile(project.file, JSON.stringify({...file, services}))
    const status = await faci('status')
    expect(status.stdout + status.stderr).toMatch(/is an orphan: the Compose file has no service old/)
    expect(status.stdout).not.toMatch(/^ +old /m)
    const gone = {...file.services, gone: old}
    await writeFile(project.file, JSON.stringify({...file, services: gone}))
    const restart = await faci('restart', 'gone', '--yes')
    expect([restart.exitCode, restart.stderr]).toEqual([
      2,
      expect.stringMatching(/gone has no container to restart[^]*faci up gone/),
    ])
  })
})
