import {chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeEach, describe, expect, it} from 'vitest'
import {rememberedCompose} from '../../../../src/adapters/compose/remembered-compose.js'
import {parseCache} from '../../../../src/config/parse-cache.js'
import type {StackChange} from '../../../../src/domain/change/change.js'
import {aModel, definitionsOf} from '../../../support/builders/compose-model.js'
import {placeOf} from '../../../support/compose-place.js'
import {fakeCompose} from '../../../support/fakes/compose.js'

const folder = mkdtempSync(join(tmpdir(), 'faci-remembered-'))
const tools = join(folder, 'tools')
const file = join(folder, 'docker-compose.yml')
const SECRET = 'hunter2-hunter2'
const TEXT = `
include:
  - more.yml
  - {path: [sub/part.yml], env_file: sub/part.env}
services:
  api:
    image: "shop/api:\${TAG:-1}"
    env_file: ["settings", {path: later.env, required: false}]
    environment: [HANDED_ON]
    extends: {file: base.yaml.in, service: sub}
    network_mode: host
  redis: {image: redis, extends: sub}
`
const UP: StackChange = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}

let asked: {definitions: number; hashes: number}
let ids: Record<string, string | null>
let answers: Record<string, string>
/** What happens while Compose is asked. */
let meanwhile: () => void

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

type Environment = Readonly<Record<string, string>>

/** How often Compose itself was asked, after a change was foreseen once more. */
async function foreseen(environment: Environment = {}, change = UP): Promise<readonly [number, number]> {
  const memory = parseCache({XDG_CACHE_HOME: join(folder, 'cache')}, 'planned')
  const model = aModel(['api', 'redis'])
  const compose = rememberedCompose(
    {
      place: placeOf(file, 'shop'),
      key: 'key',
      environment: {PATH: tools, HOME: folder, PASSWORD: SECRET, ...environment},
      memory,
      images: () => Promise.resolve({find: (name: string) => Promise.resolve(ids[name] ?? null)}),
    },
    {
      ...fakeCompose(model),
      tool: () => Promise.resolve({command: 'docker-compose', version: '1.29.2'}),
      definitions: () => {
        asked.definitions += 1
        meanwhile()
        return Promise.resolve({model, definitions: definitionsOf(model)})
      },
      hashes: () => {
        asked.hashes += 1
        meanwhile()
        return Promise.resolve({coverImageId: true, hashes: answers})
      },
    },
  )
  await compose.definitions()
  expect(await compose.model()).toEqual(model)
  expect(await compose.hashes(change)).toEqual({coverImageId: true, hashes: answers})
  return [asked.definitions, asked.hashes]
}

beforeEach(async () => {
  rmSync(folder, {recursive: true, force: true})
  mkdirSync(join(folder, 'sub'), {recursive: true})
  mkdirSync(tools)
  writeFileSync(join(tools, 'docker-compose'), '#!/bin/sh\n', {mode: 0o755})
  write('docker-compose.yml', TEXT)
  write('more.yml', 'services: {}\n')
  write('base.yaml.in', 'services: {sub: {env_file: of-base}}\n')
  write('sub/part.yml', 'services: {part: {environment: [PASSED_ON]}}\n')
  for (const name of ['settings', 'of-base', 'sub/part.env', 'sub/.env', '.env']) write(name, 'A=1\n')
  asked = {definitions: 0, hashes: 0}
  ids = {'faciliauto/api:1': 'sha256:a', 'faciliauto/redis:1': 'sha256:r'}
  answers = {api: 'aa', redis: 'bb'}
  meanwhile = () => undefined
  await foreseen()
})

afterAll(() => {
  rmSync(folder, {recursive: true, force: true})
})

describe('rememberedCompose', () => {
  it('asks Compose no more while nothing has changed, whatever else the environment has', async () => {
    expect([await foreseen(), await foreseen({UNUSED: 'x'})]).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  const changes: readonly (readonly [string, () => void, Environment])[] = [
    ['the file', () => write('docker-compose.yml', `${TEXT}#`), {}],
    ['an env_file of any name', () => write('settings', 'A=2\n'), {}],
    ['an env_file that was not there', () => write('later.env', 'A=2\n'), {}],
    ['a file that it includes', () => write('more.yml', 'services: {b: {}}\n'), {}],
    ['the env_file of what it includes', () => write('sub/part.env', 'A=2\n'), {}],
    ['.env beside what it includes', () => write('sub/.env', 'A=2\n'), {}],
    ['a file that it extends', () => write('base.yaml.in', 'services: {sub: {env_file: of-base, init: true}}\n'), {}],
    ['the env_file of what it extends', () => write('of-base', 'A=2\n'), {}],
    ['.env', () => write('.env', 'A=2\n'), {}],
    ['.env, which is gone', () => rmSync(join(folder, '.env')), {}],
    ['a variable', () => undefined, {TAG: '2'}],
    ['a variable that is handed on', () => undefined, {HANDED_ON: '2'}],
    ['a variable that a file it includes hands on', () => undefined, {PASSED_ON: ''}],
    ['a variable of Compose', () => undefined, {COMPOSE_PROFILES: 'load'}],
    ['the engine', () => undefined, {DOCKER_HOST: 'tcp://10.0.0.1:2375'}],
    ['Compose itself', () => writeFileSync(join(tools, 'docker-compose'), '#!/bin/sh\n# newer\n'), {}],
  ]
  it.each(changes)('asks again when %s changes', async (_, change, environment) => {
    await foreseen()
    const before = {...asked}
    change()
    expect(await foreseen(environment)).toEqual([before.definitions + 1, before.hashes + 1])
  })

  it('asks no more for another service whose hash it has', async () => {
    await foreseen()
    const before = {...asked}
    expect(await foreseen({}, {...UP, services: ['redis']})).toEqual([before.definitions, before.hashes])
    answers = {...answers, load: 'cc'}
    const [, hashes] = await foreseen({}, {...UP, services: ['load']})
    expect(hashes).toBe(before.hashes + 1)
    expect((await foreseen({}, {...UP, services: ['load', 'api']}))[1]).toBe(before.hashes + 1)
  })

  it('asks for hashes again when an image has another id, or none, or a service goes back to its previous one', async () => {
    await foreseen()
    const [, before] = await foreseen()
    ids['faciliauto/redis:1'] = 'sha256:new'
    expect((await foreseen())[1]).toBe(before + 1)
    ids['faciliauto/redis:1'] = null
    expect((await foreseen())[1]).toBe(before + 2)
    const back = {...UP, pinned: ['api']}
    expect((await foreseen({}, back))[1]).toBe(before + 3)
    ids['faci/shop/api:previous'] = 'sha256:older'
    expect((await foreseen({}, back))[1]).toBe(before + 4)
    expect((await foreseen({}, back))[1]).toBe(before + 4)
  })

  it.each([
    ['a file is named by a variable', 'services: {api: {env_file: "${STAGE}.env"}}\n', {}],
    ['a part comes from elsewhere', 'include: ["https://example.com/x.git"]\n', {}],
    ['a part is in no folder here: it may be in a repository', 'include: [github.com/org/x.git]\n', {}],
    ['it is of another folder', 'include: [{path: more.yml, project_directory: /srv}]\n', {}],
    ['what it reads is no file', `services: {api: {env_file: "${folder}"}}\n`, {}],
    ['it is no YAML', 'services: {api: [}\n', {}],
  ])('always asks when %s', async (_, text, environment) => {
    write('docker-compose.yml', text)
    const [definitions, hashes] = await foreseen(environment)
    expect(await foreseen(environment)).toEqual([definitions + 1, hashes + 1])
  })

  it('always asks for hashes that depend on containers', async () => {
    write('docker-compose.yml', 'services: {api: {network_mode: "service:redis"}, redis: {}}\n')
    const [definitions, hashes] = await foreseen()
    expect(await foreseen()).toEqual([definitions, hashes + 1])
  })

  it('remembers nothing of what was changed while Compose was asked, nor an answer that Compose did not give whole', async () => {
    meanwhile = () => write('settings', `A=${String(asked.hashes)}\n`)
    write('settings', 'A=x\n')
    await foreseen()
    meanwhile = () => undefined
    write('settings', 'A=x\n')
    const [definitions, hashes] = await foreseen()
    expect(definitions).toBe(3)
    answers = {redis: 'bb'}
    write('settings', 'A=y\n')
    await foreseen()
    expect(await foreseen()).toEqual([definitions + 1, hashes + 2])
    expect(await foreseen()).toEqual([definitions + 1, hashes + 3])
  })

  it('keeps no value of a variable, for its owner alone', async () => {
    write('docker-compose.yml', `${TEXT}# $PASSWORD\n`)
    await foreseen()
    await foreseen()
    const cache = join(folder, 'cache', 'faci')
    for (const name of readdirSync(cache)) {
      expect(readFileSync(join(cache, name), 'utf8')).not.toContain(SECRET)
      expect((statSync(join(cache, name)).mode & 0o777).toString(8)).toBe('600')
    }
    expect(readdirSync(cache).length).toBeGreaterThan(1)
    for (const name of readdirSync(cache)) chmodSync(join(cache, name), 0o666)
    const before = {...asked}
    expect(await foreseen()).toEqual([before.definitions + 1, before.hashes + 1])
  })
})
