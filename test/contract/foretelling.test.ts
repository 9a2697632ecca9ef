// What Compose says of itself beforehand, against what it then does: a Compose that makes networks anew.
import {execFileSync} from 'node:child_process'
import {readFile, writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {composeV2Config} from '../../service/stack/debian.js'
import type {ChangeReport} from '../../src/domain/change/change-report.js'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

const STAYS = 'setInterval(() => undefined, 1e6)'

async function laterCompose(): Promise<string | null> {
  try {
    return await composeV2Config('forky')
  } catch (error) {
    process.stderr.write(`skipped: what a later Compose foretells: ${error instanceof Error ? error.message : ''}\n`)
    return null
  }
}

const configuration = await laterCompose()

describe.skipIf(configuration === null)('a network and a volume that the Compose file has otherwise now', () => {
  let shop: ThrowawayProject
  let folder: string

  const faci = (...argv: readonly string[]): Promise<Outcome> =>
    runBuilt(argv, folder, {...shop.environment, DOCKER_CONFIG: configuration ?? ''})

  /** By service, since when its container runs. */
  const running = (): Readonly<Record<string, string>> => {
    const filter = `label=com.docker.compose.project=${shop.project}`
    const ids = execFileSync('docker', ['ps', '-q', '--filter', filter], {encoding: 'utf8'}).trim().split('\n')
    const format = '{{index .Config.Labels "com.docker.compose.service"}} {{.Id}} {{.State.StartedAt}}'
    const lines = execFileSync('docker', ['inspect', '--format', format, ...ids], {encoding: 'utf8'}).trim()
    return Object.fromEntries(lines.split('\n').map((line): [string, string] => [line.split(' ')[0] ?? '', line]))
  }

  beforeAll(async () => {
    const networks = ['back']
    shop = await throwawayProject(
      {
        web: {script: STAYS, keys: {networks, volumes: ['data:/data']}},
        db: {script: STAYS, keys: {networks}},
        side: {script: STAYS},
      },
      'v2',
    )
    folder = dirname(shop.file)
    await writeFile(join(folder, 'faci.yml'), `service: shop\ncompose: {project: ${shop.project}}\n`)
    await change({networks: {back: {}}, volumes: {data: {}}})
    const {exitCode, stdout, stderr} = await faci('up', '--yes')
    expect(exitCode, stdout + stderr).toBe(0)
    const labels = {release: '2'}
    await change({networks: {back: {labels}}, volumes: {data: {labels}}})
  })

  afterAll(async () => {
    await shop.remove()
    execFileSync('docker', ['volume', 'rm', '--force', `${shop.project}_data`])
  })

  async function change(parts: Readonly<Record<string, unknown>>): Promise<void> {
    const document = JSON.parse(await readFile(shop.file, 'utf8')) as Readonly<Record<string, unknown>>
    await writeFile(shop.file, JSON.stringify({...document, ...parts}))
  }

  it('up of one service alone is refused: Compose would stop it and fail', async () => {
    const before = running()
    const {exitCode, stderr} = await faci('up', 'web', '--yes')
    expect([exitCode, stderr]).toEqual([
      5,
      expect.stringMatching(/would stop web to make the network \S+_back anew, and fail there: \S+-db-1 is on it too/),
    ])
    expect(stderr).toContain('faci up web db --dry-run')
    expect(running()).toEqual(before)
  })

  it('up of all tells what is stopped and started again, and does it; the volume stays', async () => {
    const planned = await faci('up', '--dry-run', '--json')
    const {data, warnings} = JSON.parse(planned.stdout) as {data: ChangeReport; warnings: readonly string[]}
    const networks = [`${shop.project}_back`]
    const stopped = {recreation: 'no', effects: [{kind: 'stoppedMeanwhile', networks}]}
    expect(Object.fromEntries(data.plan.services.map((one) => [one.service, one]))).toMatchObject({
      db: stopped,
      web: stopped,
      side: {recreation: 'no', effects: []},
    })
    expect(warnings).toContainEqual(expect.stringMatching(/the volume \S+_data: Compose keeps the old one as it is/))
    const before = running()
    const {exitCode, stdout, stderr} = await faci('up', '--yes')
    expect(exitCode, stdout + stderr).toBe(0)
    expect(stderr).toMatch(/web .*stopped, and started again: \S+_back is made anew/)
    const after = running()
    expect(after['side']).toBe(before['side'])
    for (const service of ['web', 'db']) {
      expect(after[service]?.split(' ')[1]).toBe(before[service]?.split(' ')[1])
      expect(after[service]).not.toBe(before[service])
    }
  })
})
