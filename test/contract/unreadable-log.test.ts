import {writeFile} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {eventually} from '../support/eventually.js'
import {type ThrowawayProject, throwawayProject} from '../support/throwaway-project.js'

let shop: ThrowawayProject

function faci(...argv: readonly string[]): Promise<Outcome> {
  return runBuilt(argv, dirname(shop.file), shop.environment)
}

beforeAll(async () => {
  const stays = 'setInterval(() => undefined, 1e6)'
  shop = await throwawayProject({
    api: {script: `console.log('ERROR payment failed'); ${stays}`},
    cache: {script: stays, keys: {logging: {driver: 'none'}}},
  })
  const config = `service: shop\ncompose: {file: docker-compose.yml, project: ${shop.project}}\n`
  await writeFile(join(dirname(shop.file), 'faci.yml'), config)
  await shop.compose.apply({kind: 'up', services: [], build: false, recreate: false, replicas: {}}, () => undefined)
})

afterAll(() => shop.remove())

describe('a service whose log driver keeps nothing', () => {
  it('hides no line of the others, and is told of by its name', async () => {
    await eventually(async () => {
      const {stdout, stderr, exitCode} = await faci('logs')
      expect(stdout).toMatch(/ERROR.*payment failed/)
      expect(stderr).toMatch(/cache.* could not be read to its end: /)
      expect(exitCode).toBe(4)
    })
  })

  it('is counted and collected without too', async () => {
    const summary = await faci('logs', '--summary', '--json')
    expect(JSON.parse(summary.stdout)).toMatchObject({verdict: 'unknown', data: {summary: {entries: 1}}})
    const collected = await faci('logs', '--errors', '--json')
    expect(JSON.parse(collected.stdout)).toMatchObject({data: {matched: 1}, warnings: [expect.stringMatching('cache')]})
  })

  it('alone is an error', async () => {
    expect(await faci('logs', 'cache')).toMatchObject({stdout: '', exitCode: 4})
  })
})
