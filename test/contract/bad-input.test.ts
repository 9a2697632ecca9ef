import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {COMMAND_TABLE} from '../../src/cli/frame/command-table.js'
import {runInShell, runUnread, type Outcome} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

/** What a command needs so that only the configuration can be wrong. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  'alerts:show': ['APIDown'],
  'alerts:silence': ['APIDown', '--for', '1h', '--comment', 'deploy'],
  'alerts:unsilence': ['APIDown'],
  notify: ['--title', 'API slow'],
  'notify:drop': ['01ARZ3NDEKTSV4RRFFQ69G5FA1'],
  query: ['up'],
  runbook: ['api-down'],
  'runbook:show': ['api-down'],
  scale: ['api=2'],
  'incident:merge': ['INC-1', 'INC-2'],
  'incident:note': ['redis is full'],
  'incident:open': ['--title', 'x'],
  'incident:update': ['--message', 'x'],
  'oncall:diff': ['old.yml'],
  'oncall:import': ['export.json'],
  'oncall:swap': ['Ana', 'Bia'],
  'oncall:take': ['--for', '2h'],
  trust: ['/nonexistent/folder'],
}

/** Without what it needs: what the message then names. `runbook` asks instead, and the others need nothing. */
const MISSING: Readonly<Record<string, RegExp>> = {
  'alerts:show': /name/i,
  'alerts:silence': /--comment is required\n.*--for is required/,
  'alerts:unsilence': /silence's id/,
  'incident:merge': /the incident that ends/,
  'incident:note': /what is to be written/,
  'incident:open': /title/,
  'incident:update': /Nothing to update/,
  notify: /title/,
  'notify:drop': /id/i,
  query: /expr/i,
  'runbook:show': /name/i,
  scale: /number of replicas/,
  'oncall:diff': /another version/,
  'oncall:import': /the API of the other tool/,
  'oncall:swap': /a person of the rota/,
  'oncall:take': /--for is required/,
  trust: /folder/,
}

/** It must work where faci.yml is not obeyed, or there is none yet. */
const NEEDS_NO_FACI_YML = ['trust', 'oncall:import']
const COMMANDS = Object.keys(COMMAND_TABLE).sort()
const BROKEN = 'service: shop\ncompose: {file: docker-compose.yml}\nprometheos: {url: http://localhost:9090}\n'

const empty = mkdtempSync(join(tmpdir(), 'faci-empty-'))
const broken = mkdtempSync(join(tmpdir(), 'faci-broken-'))

beforeAll(() => {
  writeFileSync(join(broken, 'faci.yml'), BROKEN)
})

afterAll(() => {
  rmSync(empty, {recursive: true, force: true})
  rmSync(broken, {recursive: true, force: true})
})

function wordsOf(id: string): readonly string[] {
  return id.split(':')
}

/** The error document, which must be all there is. */
function errorIn({stdout, stderr}: Outcome): {
  readonly code: string
  readonly message: string
  readonly suggestions: string[]
} {
  expect(stderr).toBe('')
  const {schema, error, ...rest} = JSON.parse(stdout) as {schema: string; error: ReturnType<typeof errorIn>}
  expect(schema).toBe('faci.error/v1')
  expect(rest).toEqual({})
  expect(Object.keys(error)).toEqual(['code', 'message', 'suggestions'])
  return error
}

describe.concurrent.each(COMMANDS)('faci %s', (id) => {
  const words = wordsOf(id)
  const needed = NEEDED[id] ?? []

  it('refuses an unknown flag, and guesses which one was meant', async () => {
    const {stdout, stderr, exitCode} = await runHosted([...words, ...needed, '--no-colour'], empty)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toMatch(/✖ unknown flag --no-colour: did you mean `--no-color`\?\n {2}→ faci .*--no-color\n/)
    expect(stderr).toContain(`→ faci ${words.join(' ')} --help`)
  })

  it('says so in one document under --json', async () => {
    const outcome = await runHosted([...words, ...needed, '--bogus', '--json'], empty, {FORCE_COLOR: '1'})
    const error = errorIn(outcome)
    expect(outcome.exitCode).toBe(2)
    expect(error).toEqual({
      code: 'usage',
      message: 'unknown flag --bogus',
      suggestions: [`faci ${words.join(' ')} --help`],
    })
  })

  if (NEEDS_NO_FACI_YML.includes(id)) return

  it('says what to write when there is no faci.yml', async () => {
    const {stdout, stderr, exitCode} = await runHosted([...words, ...needed], empty)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 6})
    expect(stderr).toMatch(/✖ no faci\.yml here or in any folder above\n {2}write a faci\.yml/)
  })

  it('says where faci.yml is wrong, under --json too', async () => {
    const outcome = await runHosted([...words, ...needed, '--json'], broken)
    const {code, message} = errorIn(outcome)
    expect(outcome.exitCode).toBe(6)
    expect(code).toBe('configInvalid')
    expect(message).toContain(`${join(broken, 'faci.yml')}:3:1: `)
    expect(message).toContain('did you mean `prometheus`?')
  })
})

describe.concurrent.each(Object.entries(MISSING))('faci %s without what it needs', (id, named) => {
  it('names it', async () => {
    const {stdout, stderr, exitCode} = await runHosted(wordsOf(id), broken)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toMatch(named)
  })
})

describe.concurrent('what a URL of faci.yml keeps secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faci-url-'))
  const url = 'http://ana:hunter2-pass@127.0.0.1:9/health?token=hunter2-token&deep=yes'
  beforeAll(() => {
    const secretive = `service: shop\ncompose: {file: docker-compose.yml}\nhealth: {api: {url: '${url}'}}\nprometheus: {url: '${url}'}\n`
    writeFileSync(join(folder, 'faci.yml'), secretive)
    writeFileSync(join(folder, 'docker-compose.yml'), 'services: {api: {image: busybox}}\n')
  })
  afterAll(() => {
    rmSync(folder, {recursive: true, force: true})
  })

  it.each([[['status']], [['status', '--json']], [['doctor']]])('faci %s shows nothing of it', async (argv) => {
    const {stdout, stderr} = await runHosted(argv, folder)
    expect(stdout).toContain('127.0.0.1:9')
    expect(stdout + stderr).not.toContain('hunter2')
  })
})

describe.concurrent('values that no flag takes', () => {
  it.each([
    [['health', '--count', 'x'], '--count: Expected an integer but received: x'],
    [['health', '--count', '0'], '--count: Expected an integer greater than or equal to 1 but received: 0'],
    [['health', '--interval', 'soon'], '--interval: "soon" is not a duration'],
    [['latency', '--quantile', '95'], '--quantile: 95 is not a ratio'],
    [['logs', '--level', 'loud'], '--level: loud is not a log level: use debug, info, warning, error, critical'],
    [['logs', '--grep', '('], '--grep: "(" cannot be used as a regular expression: missing closing )'],
    [['logs', '--grep', '(?=a)'], '--grep: "(?=a)" cannot be used as a regular expression: '],
    [['dashboard', 'overvew'], 'Expected overvew to be one of: overview, business, performance'],
    [['alerts', 'noise', '--window', '5m'], '--window: 5m is not between 10m and 30d'],
    [['alerts', 'silence', 'X', '--for', '2 hours', '--comment', 'x'], '--for: "2 hours" is not a duration'],
    [['alerts', 'list', '--all', '--silences'], '--all'],
    [['logs', '--follow'], '--json cannot also be provided when using --follow'],
    [['status', '--output', 'ndjson'], '--watch'],
    [['status', '--interval'], 'Flag --interval expects a value'],
    [['doctor', 'now'], 'Unexpected argument: now'],
    [['down', 'api'], 'Unexpected argument: api'],
    [['alerts', 'list', 'APIDown'], 'Unexpected argument: APIDown'],
    [['runbook', 'show', 'api-down', 'redis'], 'Unexpected argument: redis'],
    [['doctor', '--no-color', 'now'], 'Unexpected argument: now'],
  ])('%s', async (argv, message) => {
    const outcome = await runHosted([...argv, '--json'], empty)
    const error = errorIn(outcome)
    expect(outcome.exitCode).toBe(2)
    expect(error.code).toBe('usage')
    expect(error.message).toContain(message)
    expect(error.message).not.toMatch(/See more help|The following error|\t/)
    expect(error.message, 'the flag once').not.toMatch(/(--[\w-]+): \1/)
    expect(error.suggestions.length).toBeGreaterThan(0)
  })
})

describe.concurrent('words that are no command', () => {
  it.each([
    [['statu'], 'statu is not a faci command', 'faci status'],
    [['sart'], 'sart is not a faci command', 'faci start'],
    [['xyzzy'], 'xyzzy is not a faci command', 'faci --help'],
    [['alerts', 'lst'], 'faci alerts has no command lst', 'faci alerts list'],
    [['notify', 'flsh'], 'faci notify has no command flsh', 'faci notify flush'],
    [
      ['incident', 'open', 'API', 'down', '--severity', 'P0'],
      'Unexpected argument: API down',
      "faci incident open --title 'API down' --severity P0",
    ],
    [['oncall', 'take', 'bia', '--for', '2h'], 'Unexpected argument: bia', 'faci oncall take --person bia --for 2h'],
    [['help', 'statu'], 'statu is not a faci command', 'faci status'],
    [['--no-color', 'status'], '--no-color: name a command before its flags', 'faci --help'],
    [['alerts:list'], 'alerts:list is not a faci command', 'faci --help'],
    [['__proto__'], '__proto__ is not a faci command', 'faci --help'],
  ])('%s', async (argv, message, suggestion) => {
    const shown = await runHosted(argv, empty)
    expect(shown).toMatchObject({stdout: '', exitCode: 2})
    expect(shown.stderr.split('\n').slice(0, 2)).toEqual([`✖ ${message}`, `  → ${suggestion}`])
    const document = await runHosted([...argv, '--json'], empty)
    expect(errorIn(document)).toMatchObject({code: 'usage', message})
  })
})

describe.concurrent('help', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('is shown for faci %s', async (argv) => {
    const {stdout, stderr, exitCode} = await runHosted(argv, empty)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    for (const id of COMMANDS) expect(stdout).toMatch(new RegExp(String.raw`^ {2}${id.split(':')[0] ?? ''}\b`, 'm'))
  })

  it.each([
    [['alerts'], 'faci alerts COMMAND'],
    [['alerts', 'list', '-h'], 'faci alerts list'],
    [['help', 'runbook', 'show'], 'faci runbook show NAME'],
    [['logs', '--bogus', '--help'], 'faci logs [SERVICE...]'],
  ])('is shown for faci %s', async (argv, usage) => {
    const {stdout, stderr, exitCode} = await runHosted(argv, empty)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    expect(stdout).toContain(`$ ${usage}`)
  })
})

describe('a configuration that is named', () => {
  it('must be there', async () => {
    const outcome = await runHosted(['status', '--config', 'nowhere.yml', '--json'], broken)
    expect(outcome.exitCode).toBe(6)
    expect(errorIn(outcome).message).toBe(`there is no configuration file ${join(broken, 'nowhere.yml')}`)
  })

  it('must be a file, and YAML', async () => {
    writeFileSync(join(broken, 'torn.yml'), 'service: "shop\n')
    const torn = await runHosted(['status', '--config', 'torn.yml', '--json'], broken)
    expect(torn.exitCode).toBe(6)
    expect(errorIn(torn).message).toMatch(/torn\.yml:\d+:\d+: /)
    const folder = await runHosted(['status', '--config', '.', '--json'], broken)
    expect(folder.exitCode).toBe(6)
    expect(errorIn(folder).code).toBe('configInvalid')
  })
})

describe('a backend that does not answer while it is watched', () => {
  it('is told in place of the answer, and asked again', async () => {
    writeFileSync(join(empty, 'watched.yml'), 'service: shop\ncompose: {file: docker-compose.yml}\n')
    const script =
      'DOCKER_HOST=tcp://127.0.0.1:1 $FACI stats --config watched.yml --watch --output ndjson --interval 100ms | head -n 3'
    const {stdout, stderr} = await runInShell(script, empty)
    const codes = stdout
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as {error: {code: string}}).error.code)
    expect({codes, stderr}).toEqual({codes: ['unreachable', 'unreachable', 'unreachable'], stderr: ''})
  })
})

describe('a reader that goes away', () => {
  it.each([['--version'], ['logs --help'], ['runs --config read.yml']])(
    'is an end, not an error: %s',
    async (words) => {
      writeFileSync(join(empty, 'read.yml'), 'service: shop\n')
      expect(await runUnread('stdout', words.split(' '), empty)).toMatchObject({stderr: '', exitCode: 0})
    },
  )

  it('leaves the exit code as it is', async () => {
    expect(await runUnread('stdout', ['status', '--json'], empty)).toMatchObject({stderr: '', exitCode: 6})
    expect(await runUnread('stderr', ['status'], empty)).toMatchObject({stdout: '', exitCode: 6})
  })

  it('ends a screen that is drawn again and again', async () => {
    writeFileSync(join(empty, 'watched.yml'), 'service: shop\ncompose: {file: docker-compose.yml}\n')
    const script = '$FACI status --config watched.yml --watch --output ndjson --interval 100ms | head -c 1 >/dev/null'
    const {stderr, exitCode} = await runInShell(script, empty)
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
  })

  it('may never have been there', async () => {
    expect(await runInShell('$FACI --help >&-', empty)).toMatchObject({stdout: '', stderr: '', exitCode: 0})
    expect(await runInShell('$FACI status 2>&-', empty)).toMatchObject({stdout: '', exitCode: 6})
  })

  it.each(['--version', '--help', 'status --help', 'runs', 'runs --json'])(
    'is told of when the disk is full, in one line: %s',
    async (words) => {
      writeFileSync(join(empty, 'full.yml'), 'service: shop\n')
      const config = words.startsWith('runs') ? ' --config full.yml' : ''
      const {stderr, exitCode} = await runInShell(`$FACI ${words}${config} >/dev/full`, empty)
      expect({stderr, exitCode}).toEqual({stderr: '✖ the answer cannot be written: ENOSPC\n', exitCode: 4})
    },
  )
})
