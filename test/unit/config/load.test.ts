import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {loadConfig} from '../../../src/config/load.js'
import {FaciError} from '../../../src/domain/errors.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-config-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

function write(text: string): string {
  const file = join(directory, 'faci.yml')
  writeFileSync(file, text)
  return file
}

function load(environment: Record<string, string> = {}, from = directory) {
  return loadConfig({directory: from, file: undefined, environment})
}

async function failure(work: () => Promise<unknown>): Promise<FaciError> {
  try {
    await work()
  } catch (error) {
    if (error instanceof FaciError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe('loadConfig', () => {
  it('needs only the name of the service', async () => {
    write('service: shop\n')
    const config = await load()
    expect(config.service).toBe('shop')
    expect(config.environment).toBe('development')
    expect(config.compose).toEqual({directory, files: null, project: null, envFiles: null, profiles: []})
    expect(config.prometheus).toBeNull()
    expect(config.targets.latency.p95).toBe(0.5)
    expect(config.targets.serverErrorRatio).toBe(0.001)
  })

  it('maps the keys of log lines, over those of a preset', async () => {
    write(
      'service: shop\nlogs:\n  api: {preset: ecs, status: code, duration: {key: took, unit: us}}\n  web: {levels: syslog}\n',
    )
    expect((await load()).logs).toEqual({
      api: {
        ...{level: 'log.level', time: '@timestamp', message: 'message', status: 'code', path: 'url.path'},
        ...{requestId: 'http.request.id', duration: {key: 'took', unit: 'us'}},
      },
      web: {levels: 'syslog'},
    })
  })

  it('says what is wrong with a mapping', async () => {
    write(
      'service: shop\nlogs:\n  api: {presett: ecs, duration: {key: took, unit: minutes}}\n  web: {preset: esc, level: ""}\n',
    )
    const {message, suggestions} = await failure(load)
    const told = [message, ...suggestions].join('\n')
    expect(told).toMatch(/presett/)
    expect(told).toMatch(/logs\.api\.duration\.unit/)
    expect(told).toMatch(/logs\.web\.preset/)
    expect(told).toMatch(/logs\.web\.level/)
  })

  it('is found from a folder below', async () => {
    write('service: shop\ncompose: {}\n')
    const below = join(directory, 'a', 'b')
    mkdirSync(below, {recursive: true})
    expect((await load({}, below)).directory).toBe(directory)
  })

  it('knows production however it is written, and says so of nothing else', async () => {
    const production = async (lines: string, environment: Record<string, string> = {}) => {
      write(`service: shop\ncompose: {}\n${lines}\n`)
      return (await load(environment)).production
    }
    expect(await production('')).toBe(false)
    expect(await production('environment: Prod')).toBe(true)
    expect(await production('environment: preprod')).toBe(false)
    expect(await production('environment: prod-eu\nproduction: true')).toBe(true)
    expect(await production('environment: prod-like\nproduction: false')).toBe(false)
    expect(await production('environment: blue\nproduction: true')).toBe(true)
    expect(await production('environment: ${STAGE}\nproduction: ${GUARDED}', {STAGE: 'a', GUARDED: 'true'})).toBe(true)
  })

  it.each([
    ['environment: prod-eu', '3:14', 'prod-eu could be production: write `production: true` or `production: false`'],
    ['environment: prodution', '3:14', 'prodution could be production'],
    ['environment: LIVE\nproduction: false', '3:14', 'LIVE is production: give it another name'],
    ["environment: 'prod '", '3:14', 'environment: must be one line without spaces around it'],
    ['environment: dev\nproduction: yes please', '4:13', 'production: must be true or false'],
  ])('refuses %j: nobody guesses whether the guards are on', async (lines, place, message) => {
    const file = write(`service: shop\ncompose: {}\n${lines}\n`)
    const {code, message: said} = await failure(() => load())
    expect(code).toBe('configInvalid')
    expect(said).toContain(`${file}:${place}: `)
    expect(said).toContain(message)
  })

  it('takes variables from the environment before .env, and the default last', async () => {
    write("service: '${NAME:-none}'\nenvironment: '${STAGE:-dev}'\ntimezone: '${TZONE:-UTC}'\ncompose: {}\n")
    writeFileSync(join(directory, '.env'), 'NAME=from-file\nSTAGE="staging" # comment\n')
    const config = await load({NAME: 'from-env'})
    expect([config.service, config.environment, config.timezone]).toEqual(['from-env', 'staging', 'UTC'])
  })

  it('takes env files and profiles, relative to its folder', async () => {
    write('service: shop\ncompose: {envFiles: [base.env, /etc/shop.env], profiles: [prod]}\n')
    const {envFiles, profiles} = (await load()).compose
    expect([envFiles, profiles]).toEqual([[join(directory, 'base.env'), '/etc/shop.env'], ['prod']])
  })

  it('splits COMPOSE_FILE at colons, as Compose does', async () => {
    write("service: shop\ncompose: {file: 'a.yml:b.yml', project: shop}\n")
    expect((await load()).compose.files).toEqual([join(directory, 'a.yml'), join(directory, 'b.yml')])
  })

  it('names file, line and column of an unknown key and the key that was meant', async () => {
    const file = write('service: shop\ncompose: {}\nprometeus: {url: http://x}\n')
    const error = await failure(() => load())
    expect(error.code).toBe('configInvalid')
    expect(error.message).toBe(`${file}:3:1: unknown key prometeus: did you mean \`prometheus\`?`)
  })

  it('places an unknown key in a nested flow mapping', async () => {
    write('service: shop\ncompose: {}\nhealth:\n  api: {url: http://x, timout: 2s}\n')
    expect((await failure(() => load())).message).toMatch(
      /:4:24: unknown key timout in health\.api: did you mean `timeout`\?/,
    )
  })

  it.each([
    ['service: 12', 'service: must be text, not 12: put it in quotes'],
    ['service: [x]', 'service: must be text, not a list'],
    ['locale: pt_BR', 'locale: must be one of pt-BR, en: did you mean `pt-BR`?'],
    ['compose: [a]', 'compose: must be a mapping, such as `key: value`, not a list'],
    ['slos: 3', 'slos: must be a list, not 3'],
    ['health:', 'health: must be a mapping, such as `key: value`, not empty'],
  ])('says in plain words what has to stand there: %s', async (line, message) => {
    write(line.startsWith('service') ? line : `service: shop\n${line}`)
    expect((await failure(() => load())).message).toContain(`: ${message}`)
  })

  it.each([
    ['service: x\ncompose: &c {file: a.yml, more: *c}\n', '2:33: alias *c refers to itself'],
    ['service: &s [*s]\ncompose: {}\n', '1:14: alias *s refers to itself'],
  ])('refuses a value without an end, where it begins again: %j', async (text, message) => {
    const file = write(text)
    const error = await failure(() => load())
    expect(error.code).toBe('configInvalid')
    expect(error.message).toBe(`${file}:${message}`)
  })

  it('refuses aliases of aliases that multiply', async () => {
    const names = 'abcdefghij'.split('')
    const lines = names.map(
      (name, at) => `${name}: &${name} [${at === 0 ? 'x' : `*${names[at - 1] ?? ''},`.repeat(9)}]`,
    )
    const file = write(lines.join('\n'))
    const error = await failure(() => load())
    expect([error.code, error.message]).toEqual(['configInvalid', `${file}:1:1: YAML aliases expand to too much data`])
  })

  it('takes an alias that stands elsewhere', async () => {
    write('service: &s shop\ncompose: {project: *s}\n')
    expect((await load()).compose.project).toBe('shop')
  })

  it('reports every problem at once', async () => {
    write('compose: {}\nenvironment: 3\nhealth: {api: {url: nope}}\n')
    const {message} = await failure(() => load())
    expect(message).toMatch(/service is required/)
    expect(message).toMatch(/:2:14: environment/)
    expect(message).toMatch(/health\.api\.url: is not an http\(s\) URL/)
  })

  it('shares pages of Alertmanager only where it knows it, by one of its receivers or by any', async () => {
    const pages = (shared: string, more = ''): void => {
      write(`service: shop\ncompose: {}\n${more}notices: {pagerduty: {routingKey: 'env:K', alertmanager: ${shared}}}\n`)
    }
    pages('true')
    expect((await failure(() => load())).message).toMatch(
      /:3:\d+: notices\.pagerduty\.alertmanager: needs to know where/,
    )
    const known = 'alertmanager: {url: http://localhost:9093}\n'
    pages('team-db', known)
    expect((await load()).channels).toMatchObject([{sharesPages: {receiver: 'team-db'}}])
    pages('true', known)
    expect((await load()).channels).toMatchObject([{sharesPages: {receiver: null}}])
    pages('7', known)
    expect((await failure(() => load())).message).toContain('must be true, false or the name of a receiver')
    pages('false')
    expect((await load()).channels[0]).not.toHaveProperty('sharesPages')
  })

  it('refuses a secret that is written out', async () => {
    write('service: shop\ncompose: {}\nnotices: {slack: {token: xoxb-1234567890, channel: c}}\n')
    const {message} = await failure(() => load())
    expect(message).toMatch(/env:NAME/)
    expect(message).not.toMatch(/xoxb/)
  })

  it('lets those who read a channel read another language', async () => {
    const slack = (more: string): string =>
      `service: shop\nlocale: pt-BR\ncompose: {}\nnotices: {slack: {webhook: 'env:HOOK'${more}}}\n`
    write(slack(''))
    expect((await load()).channels).toMatchObject([{name: 'slack', readers: 'responders', locale: null}])
    write(slack(', locale: en'))
    expect((await load()).channels).toMatchObject([{name: 'slack', locale: 'en'}])
    write(slack(', locale: fr'))
    expect((await failure(() => load())).message).toMatch(/faci\.yml:4:\d+: notices\.slack\.locale/)
  })

  it('makes a channel of each list', async () => {
    const email = (lists: string): string =>
      `service: shop\ncompose: {}\nnotices: {email: {smtp: 'env:S', from: a@x.test, to: [b@x.test]${lists}}}\n`
    write(email(', lists: {stakeholders: [c@x.test], night: [d@x.test]}'))
    expect((await load()).channels.map(({name, readers, address}) => [name, readers, address])).toEqual([
      ['email', 'responders', 'email b@x.test'],
      ['email:stakeholders', 'stakeholders', 'email:stakeholders c@x.test'],
      ['email:night', 'responders', 'email:night d@x.test'],
    ])
    write(email(', lists: {night: [not an address]}'))
    expect((await failure(() => load())).message).toMatch(/:3:\d+: notices\.email\.lists\.night\.0: must be an address/)
  })

  it('places a YAML syntax error', async () => {
    write('service: [shop\n')
    expect((await failure(() => load())).message).toMatch(/faci\.yml:\d+:\d+: /)
  })

  it('says what to write when there is none', async () => {
    const error = await failure(() => load())
    expect(error.code).toBe('configInvalid')
    expect(error.suggestions.join()).toMatch(/service: NAME/)
  })

  it('knows time zones', async () => {
    write('service: shop\ncompose: {}\ntimezone: Mars/Olympus\n')
    expect((await failure(() => load())).message).toMatch(/IANA time zone/)
  })
})
