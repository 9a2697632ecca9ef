// What goes with a service that is restarted or made anew: what the plan says, against what Compose v2 then does.
import {execFileSync} from 'node:child_process'
import {readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import type {ChangeReport} from '../../src/domain/change/change-report.js'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const STAYS = 'setInterval(() => undefined, 1e6)'

describe('a service that depends on another one with restart: true', () => {
  let shop: ThrowawayProject
  let folder: string

  const faci = (...argv: readonly string[]): Promise<Outcome> => runBuilt(argv, folder, shop.environment)

  /** By service, its container and since when that runs. */
  const running = (): Readonly<Record<string, string>> => {
    const filter = `label=com.docker.compose.project=${shop.project}`
    const ids = execFileSync('docker', ['ps', '-aq', '--filter', filter], {encoding: 'utf8'}).trim().split('\n')
    const format = '{{index .Config.Labels "com.docker.compose.service"}} {{.Id}} {{.State.StartedAt}}'
    const lines = execFileSync('docker', ['inspect', '--format', format, ...ids], {encoding: 'utf8'}).trim()
    return Object.fromEntries(lines.split('\n').map((line): [string, string] => [line.split(' ')[0] ?? '', line]))
  }

  const planned = async (...argv: readonly string[]): Promise<Readonly<Record<string, readonly unknown[]>>> => {
    const {stdout} = await faci(...argv, '--dry-run', '--json')
    const {data} = JSON.parse(stdout) as {data: ChangeReport}
    return Object.fromEntries(
      data.plan.services.map(({service, recreation, effects}) => [
        service,
        [recreation, ...effects.map(({kind}) => kind)],
      ]),
    )
  }

  beforeAll(async () => {
    const healthcheck = {test: ['CMD', 'node', '-e', '0'], interval: '1s'}
    shop = await throwawayProject(
      {
        db: {script: STAYS, keys: {healthcheck}},
        migrate: {script: '0', keys: {restart: 'no'}},
        web: {
          script: STAYS,
          keys: {
            depends_on: {
              db: {condition: 'service_healthy', restart: true},
              migrate: {condition: 'service_completed_successfully'},
            },
          },
        },
        side: {script: STAYS, keys: {network_mode: 'service:web'}},
        other: {script: STAYS},
      },
      'v2',
    )
    folder = dirname(shop.file)
    await writeFile(join(folder, 'faci.yml'), `service: shop\ncompose: {project: ${shop.project}}\n`)
    const {exitCode, stdout, stderr} = await faci('up', '--yes')
    expect(exitCode, stdout + stderr).toBe(0)
  })

  afterAll(() => shop.remove())

  it('is restarted with it, and so is what shares its network', async () => {
    expect(await planned('restart', 'db')).toEqual({db: [null], web: [null, 'follows'], side: [null, 'follows']})
    const before = running()
    expect((await faci('restart', 'db', '--yes')).exitCode).toBe(0)
    const after = running()
    for (const service of ['db', 'web', 'side']) expect(after[service]).not.toBe(before[service])
    for (const service of ['migrate', 'other']) expect(after[service]).toBe(before[service])
  })

  it('brings up what it depends on when it is started, and has its job run again', async () => {
    expect((await faci('stop', 'db', 'web', '--yes')).exitCode).toBe(0)
    expect(await planned('start', 'web')).toEqual({web: [null], db: [null], migrate: [null, 'runsAgain']})
    const before = running()
    expect((await faci('start', 'web', '--yes')).exitCode).toBe(0)
    const after = running()
    for (const service of ['db', 'web', 'migrate']) expect(after[service]).not.toBe(before[service])
  })

  it('does not stay as it is when that one is made anew, though a dry run cannot start what is waited for', async () => {
    const document = JSON.parse(await readFile(shop.file, 'utf8')) as {services: Record<string, object>}
    const db = {...document.services['db'], environment: {RELEASE: '2'}}
    await writeFile(shop.file, JSON.stringify({...document, services: {...document.services, db}}))
    expect((await faci('stop', 'db', '--yes')).exitCode).toBe(0)
    const plan = await planned('up')
    expect(plan).toMatchObject({db: ['yes', 'configuration'], other: ['no'], migrate: ['no', 'runsAgain']})
    for (const service of ['web', 'side']) expect(plan[service]?.[0], service).not.toBe('no')
    expect(plan['web']).toContain('follows')
    const before = running()
    const {exitCode, stdout, stderr} = await faci('up', '--yes')
    expect(exitCode, stdout + stderr).toBe(0)
    const after = running()
    expect(after['other']).toBe(before['other'])
    for (const service of ['db', 'web', 'side']) expect(after[service], service).not.toBe(before[service])
  })
})
