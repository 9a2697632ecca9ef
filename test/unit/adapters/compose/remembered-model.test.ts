import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeEach, describe, expect, it} from 'vitest'
import {rememberedModel} from '../../../../src/adapters/compose/remembered-model.js'
import {parseCache} from '../../../../src/config/parse-cache.js'
import {aModel} from '../../../support/builders/compose-model.js'

const folder = mkdtempSync(join(tmpdir(), 'faci-model-'))
const file = join(folder, 'docker-compose.yml')
const TEXT = 'include: [more.yml]\nservices: {api: {image: "x:${TAG:-1}", deploy: {replicas: $COUNT}}}\n'

let asked: number

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

/** The services after whatever was changed; counts how often Compose itself had to be asked. */
async function services(environment: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  const memory = parseCache({XDG_CACHE_HOME: join(folder, 'cache')}, 'compose')
  const compose = {
    model: () => {
      asked += 1
      return Promise.resolve(aModel([`api${String(asked)}`]))
    },
  }
  return (await rememberedModel({files: [file], environment, memory}, compose).model()).services
}

beforeEach(async () => {
  rmSync(join(folder, '.env'), {force: true})
  write('docker-compose.yml', TEXT)
  write('more.yml', 'services: {}\n')
  rmSync(join(folder, 'cache'), {recursive: true, force: true})
  asked = 0
  await services()
})

afterAll(() => {
  rmSync(folder, {recursive: true, force: true})
})

describe('rememberedModel', () => {
  it('asks Compose once while nothing has changed', async () => {
    expect([await services(), await services({HOME: '/another', UNUSED: 'x'}), asked]).toEqual([['api1'], ['api1'], 1])
  })

  it.each([
    ['the file', () => write('docker-compose.yml', `${TEXT}#`), {}],
    ['a file that it includes', () => write('more.yml', 'services: {b: {}}\n'), {}],
    ['.env', () => write('.env', 'COUNT=3\n'), {}],
    ['a variable that it uses', () => undefined, {COUNT: '2'}],
    ['a variable with a default', () => undefined, {TAG: '2'}],
    ['the profiles', () => undefined, {COMPOSE_PROFILES: 'load'}],
  ])('asks again when %s changes', async (_what, change, environment) => {
    change()
    expect([await services(environment), asked]).toEqual([['api2'], 2])
  })

  it('leaves it to Compose to say that the file is not there', async () => {
    rmSync(file)
    expect(await services()).toEqual(['api2'])
  })

  it('keeps no variable where others could read it', async () => {
    const kept: string[] = []
    const memory = {get: () => null, set: (...said: readonly unknown[]) => void kept.push(JSON.stringify(said))}
    const compose = {model: () => Promise.resolve(aModel(['api']))}
    await rememberedModel({files: [file], environment: {TAG: 'hunter2'}, memory}, compose).model()
    expect(kept.join()).not.toContain('hunter2')
  })
})
