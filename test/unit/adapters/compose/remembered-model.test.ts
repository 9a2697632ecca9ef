import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeEach, describe, expect, it} from 'vitest'
import {rememberedModel} from '../../../../src/adapters/compose/remembered-model.js'
import {parseCache} from '../../../../src/config/parse-cache.js'
import type {ComposePlace} from '../../../../src/ports/compose.js'
import {aModel} from '../../../support/builders/compose-model.js'
import {placeOf} from '../../../support/compose-place.js'

const folder = mkdtempSync(join(tmpdir(), 'faci-model-'))
const file = join(folder, 'docker-compose.yml')
const PLACE = placeOf(file, 'shop')
const TEXT = `include: [more.yml]
services:
  api:
    image: "x:\${TAG:-1}"
    deploy: {replicas: $COUNT}
    env_file:
    - path: one.env
      required: false
    - two
  web:
    extends: {file: base/web, service: web}
`

let asked: number

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

/** The services after whatever was changed; counts how often Compose itself had to be asked. */
async function services(
  environment: Readonly<Record<string, string>> = {},
  place: ComposePlace = PLACE,
): Promise<readonly string[]> {
  const memory = parseCache({XDG_CACHE_HOME: join(folder, 'cache')}, 'compose')
  const compose = {
    model: () => {
      asked += 1
      return Promise.resolve(aModel([`api${String(asked)}`]))
    },
  }
  return (await rememberedModel({place, environment, memory, key: 'key'}, compose).model()).services
}

beforeEach(async () => {
  for (const name of ['.env', 'one.env', 'two', 'base']) rmSync(join(folder, name), {recursive: true, force: true})
  mkdirSync(join(folder, 'base'))
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
    ['an env file of a service', () => write('one.env', 'A=1'), {}],
    ['another one, of a name that tells nothing', () => write('two', 'A=1'), {}],
    ['a file that is extended', () => write('base/web', 'services: {web: {}}'), {}],
  ])('asks again when %s changes', async (_what, change, environment) => {
    change()
    expect([await services(environment), asked]).toEqual([['api2'], 2])
  })

  it.each([
    ['a variable', 'include: ["${WHICH:-more}.yml"]\n'],
    ['a variable, in a block', 'services:\n  web:\n    extends:\n      service: web\n      file: $WHICH/web\n'],
    ['an alias', 'x-all: &all [more.yml]\ninclude: *all\n'],
  ])('asks each time where %s says which file is meant', async (_what, text) => {
    write('docker-compose.yml', text)
    expect([await services(), await services(), asked]).toEqual([['api2'], ['api3'], 3])
  })

  it.each<readonly [string, Partial<ComposePlace>]>([
    ['other profiles are on', {profiles: ['load']}],
    ['there are other env files', {envFiles: [join(folder, 'one.env')]}],
    ['the project has another name', {project: 'shop2'}],
  ])('asks again when %s', async (_what, change) => {
    expect([await services({}, {...PLACE, ...change}), asked]).toEqual([['api2'], 2])
  })

  it('cannot be tested for a guess without the key', async () => {
    const states: string[] = []
    const memory = {get: () => null, set: (_name: string, state: string) => void states.push(state)}
    const compose = {model: () => Promise.resolve(aModel(['api']))}
    for (const key of ['one', 'two'])
      await rememberedModel({place: PLACE, environment: {}, memory, key}, compose).model()
    expect(new Set(states).size).toBe(2)
  })

  it('leaves it to Compose to say that the file is not there', async () => {
    rmSync(file)
    expect(await services()).toEqual(['api2'])
  })

  it('keeps no variable where others could read it', async () => {
    const kept: string[] = []
    const memory = {get: () => null, set: (...said: readonly unknown[]) => void kept.push(JSON.stringify(said))}
    const compose = {model: () => Promise.resolve(aModel(['api']))}
    await rememberedModel({place: PLACE, environment: {TAG: 'hunter2'}, memory, key: 'key'}, compose).model()
    expect(kept.join()).not.toContain('hunter2')
  })
})
