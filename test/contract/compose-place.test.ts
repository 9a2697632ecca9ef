import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {execa} from 'execa'
import fc from 'fast-check'
import {afterAll, describe, expect, it} from 'vitest'
import {composeCommand} from '../../service/stack/compose-command.js'
import {composeV1} from '../support/compose-v1.js'
import {globalArguments} from '../../src/adapters/compose/compose-arguments.js'
import {findComposePlace} from '../../src/adapters/compose/compose-place.js'
import type {ComposeSetting} from '../../src/ports/compose.js'

/** `link:` names what a link leads to. */
type Layout = Readonly<Record<string, string>>

interface Case {
  readonly files: Layout
  /** Where faci.yml lies. */
  readonly at?: string
  readonly env?: Readonly<Record<string, string>>
  readonly setting?: Partial<ComposeSetting>
  /** As `setting` is typed to Compose. */
  readonly typed?: readonly string[]
}

const root = realpathSync(mkdtempSync(join(tmpdir(), 'faci-compose-place-')))
const compose = {v1: await composeCommand('v1'), v2: await composeCommand('v2')}
type Generation = keyof typeof compose
const v1 = composeV1()
afterAll(async () => {
  await v1.stop()
  rmSync(root, {recursive: true, force: true})
})

let laid = 0
function lay(files: Layout): string {
  const folder = join(root, `l${String((laid += 1))}`)
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), {recursive: true})
    if (content.startsWith('link:')) symlinkSync(content.slice(5), path)
    else writeFileSync(path, content)
  }
  return folder
}

/** A file whose one service shows that it was read, and what became of two variables. */
function file(service: string, head = ''): string {
  return `${head}\nservices:\n  ${service}:\n    image: "\${T-none}.\${S-none}"\n`
}

interface Seen {
  readonly name: string | null
  readonly images: Readonly<Record<string, string>>
}

/** A process of its own each time. */
async function spawned(
  generation: Generation,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
) {
  const {argv, env: own} = compose[generation]
  const [command, ...rest] = argv
  return execa(command, [...rest, ...args], {
    ...{cwd, reject: false, stdin: 'ignore', extendEnv: false},
    env: {...own, ...env},
  })
}

async function seen(
  generation: Generation,
  cwd: string,
  flags: readonly string[],
  env: Record<string, string>,
): Promise<Seen | null> {
  const args = [...flags, 'config', ...(generation === 'v2' ? ['--format', 'json'] : [])]
  const {PATH = '', HOME = ''} = process.env
  const whole = {PATH, HOME, PWD: cwd, ...env}
  const {exitCode, stdout} = await (generation === 'v2' ? spawned('v2', args, cwd, whole) : v1.run(args, cwd, whole))
  if (exitCode !== 0) return null
  if (generation === 'v1') {
    const images = [...stdout.matchAll(/^ {2}(\w+):\n {4}image: '?([^'\n]*)'?$/gm)].map(
      ([, service, image]) => [service, image] as const,
    )
    return {name: null, images: Object.fromEntries(images) as Record<string, string>}
  }
  const read = JSON.parse(stdout) as {name: string; services: Record<string, {image: string}>}
  return {
    name: read.name,
    images: Object.fromEntries(Object.entries(read.services).map(([name, {image}]) => [name, image])),
  }
}

/** What Compose sees, typed in the folder; and asked by faci. */
async function both(generation: Generation, {files, at = '.', env = {}, setting = {}, typed = []}: Case) {
  const folder = join(lay(files), at)
  const whole: ComposeSetting = {
    directory: folder,
    files: null,
    project: null,
    envFiles: null,
    profiles: [],
    ...setting,
  }
  const absolute = (paths: readonly string[] | null) => paths?.map((path) => join(folder, path)) ?? null
  const place = findComposePlace({
    setting: {...whole, files: absolute(whole.files), envFiles: absolute(whole.envFiles)},
    environment: env,
    generation,
    check: () => undefined,
  })
  const wanted = await seen(generation, folder, typed, env)
  const asked = wanted === null ? null : await seen(generation, place.directory, globalArguments(place), env)
  return {place, wanted, asked, folder}
}

const A = file('a')
const CASES: Readonly<Record<string, Case>> = {
  'several default names': {files: {'p/compose.yaml': A, 'p/docker-compose.yml': file('b')}, at: 'p'},
  'an override file': {files: {'p/compose.yml': A, 'p/compose.override.yaml': file('o')}, at: 'p'},
  'an override file of the other name': {
    files: {'p/compose.yaml': A, 'p/docker-compose.override.yml': file('o')},
    at: 'p',
  },
  'a file in a folder above': {
    files: {'p/compose.yaml': A, 'p/.env': 'T=t', 'p/sub/.env': 'COMPOSE_PROJECT_NAME=sub\nS=s'},
    at: 'p/sub',
  },
  COMPOSE_FILE: {
    files: {'p/d/a.yml': A, 'p/d/b.yml': file('b'), 'p/.env': 'S=p', 'p/d/.env': 'T=t'},
    at: 'p',
    env: {COMPOSE_FILE: 'd/a.yml:d/b.yml'},
  },
  COMPOSE_PATH_SEPARATOR: {
    files: {'p/a.yml': A, 'p/b.yml': file('b')},
    at: 'p',
    env: {COMPOSE_FILE: 'a.yml,b.yml', COMPOSE_PATH_SEPARATOR: ','},
  },
  'COMPOSE_FILE of .env': {
    files: {'p/compose.yaml': file('other'), 'p/a.yml': A, 'p/.env': 'COMPOSE_FILE=a.yml\nT=t'},
    at: 'p',
  },
  'COMPOSE_FILE of .env, in another folder with its own': {
    files: {
      'p/compose.yaml': file('other'),
      'p/d/a.yml': A,
      'p/.env': 'COMPOSE_FILE=d/a.yml\nS=s',
      'p/d/.env': 'T=t\nS=d\nCOMPOSE_PROJECT_NAME=named',
    },
    at: 'p',
  },
  COMPOSE_PROJECT_NAME: {files: {'p/compose.yaml': A}, at: 'p', env: {COMPOSE_PROJECT_NAME: 'shop'}},
  'COMPOSE_PROJECT_NAME of .env': {files: {'p/compose.yaml': A, 'p/.env': 'COMPOSE_PROJECT_NAME=shop'}, at: 'p'},
  'an empty COMPOSE_PROJECT_NAME': {files: {'p/compose.yaml': A}, at: 'p', env: {COMPOSE_PROJECT_NAME: ''}},
  'a folder of odd letters': {files: {'p/__My Shop.1é/compose.yaml': A}, at: 'p/__My Shop.1é'},
  'a link to a folder': {files: {'p/release-42/compose.yaml': A, 'p/current': 'link:release-42'}, at: 'p/current'},
  'faci.yml names a file below': {
    files: {'p/d/a.yml': A, 'p/.env': 'T=p', 'p/d/.env': 'T=d'},
    at: 'p',
    setting: {files: ['d/a.yml']},
    typed: ['-f', 'd/a.yml'],
  },
  'faci.yml names an env file': {
    files: {'p/compose.yaml': A, 'p/prod': 'T=1', 'p/.env': 'T=0\nS=0'},
    at: 'p',
    setting: {envFiles: ['prod']},
    typed: ['--env-file', 'prod'],
  },
  'an env file that names files': {
    files: {'p/compose.yaml': file('other'), 'p/a.yml': A, 'p/prod': 'T=1\nCOMPOSE_FILE=a.yml'},
    at: 'p',
    setting: {envFiles: ['prod']},
    typed: ['--env-file', 'prod'],
  },
}

const V2_CASES: Readonly<Record<string, Case>> = {
  'a name in the file': {files: {'p/compose.yaml': file('a', 'name: My.Shop_1')}, at: 'p'},
  'a name behind a byte-order mark': {
    files: {'p/compose.yaml': file('a', 'name: marked').replace(/^/, '\uFEFF')},
    at: 'p',
  },
  'a name behind a byte-order mark at the very beginning': {
    files: {'p/compose.yaml': `\uFEFFname: first\n${A}`},
    at: 'p',
  },
  'names in two documents': {files: {'p/compose.yaml': `name: one\n${A}---\nname: two\n`}, at: 'p'},
  'a name that is an alias': {files: {'p/compose.yaml': `x-n: &n aliased\nname: *n\n${A}`}, at: 'p'},
  'a name that is merged in': {files: {'p/compose.yaml': `x-n: &n {name: merged}\n<<: *n\n${A}`}, at: 'p'},
  'a document that does not begin at the margin': {
    files: {'p/compose.yaml': `# a comment\n\n${`name: margin\n${A}`.replaceAll(/^(?=.)/gm, '  ')}`},
    at: 'p',
  },
  'a name with a variable': {files: {'p/compose.yaml': file('a', 'name: ${N:-zz}'), 'p/.env': 'N=nn'}, at: 'p'},
  'a quoted name': {files: {'p/compose.yaml': file('a', '"name" : "shop" # ours')}, at: 'p'},
  'a name in JSON': {files: {'p/compose.yaml': '{"services": {"a": {"image": "i"}}, "name": "json"}'}, at: 'p'},
  'names in two files': {
    files: {'p/compose.yaml': file('a', 'name: one'), 'p/compose.override.yaml': file('b', 'name: two')},
    at: 'p',
  },
  'a name in a file and in the environment': {
    files: {'p/compose.yaml': file('a', 'name: one')},
    at: 'p',
    env: {COMPOSE_PROJECT_NAME: 'envn'},
  },
  'a name of something else': {files: {'p/compose.yaml': `${A}volumes:\n  v:\n    name: volume\n`}, at: 'p'},
  'the name of an included file': {
    files: {'p/compose.yaml': file('a', 'include: [inc/c.yaml]'), 'p/inc/c.yaml': file('i', 'name: included')},
    at: 'p',
  },
  'two override files': {
    files: {'p/compose.yaml': A, 'p/compose.override.yaml': file('o'), 'p/docker-compose.override.yml': file('d')},
    at: 'p',
  },
  'two env files': {
    files: {'p/compose.yaml': A, 'p/one': 'T=1\nS=${T}s', 'p/two': 'T=2\nS=${S}x'},
    at: 'p',
    setting: {envFiles: ['one', 'two']},
    typed: ['--env-file', 'one', '--env-file', 'two'],
  },
  COMPOSE_ENV_FILES: {
    files: {'p/compose.yaml': A, 'p/one': 'T=1', 'p/two': 'T=2', 'p/.env': 'S=0'},
    at: 'p',
    env: {COMPOSE_ENV_FILES: 'one,two'},
  },
  COMPOSE_DISABLE_ENV_FILE: {
    files: {'p/compose.yaml': A, 'p/.env': 'T=0'},
    at: 'p',
    env: {COMPOSE_DISABLE_ENV_FILE: '1'},
  },
  'a .env above that names files from here': {
    files: {'p/compose.yaml': A, 'p/.env': 'COMPOSE_FILE=b.yml', 'p/sub/b.yml': file('b')},
    at: 'p/sub',
  },
}

describe('where Compose 2 is', () => {
  it.each(Object.entries({...CASES, ...V2_CASES}))('is found as Compose finds it: %s', async (_, one) => {
    const {place, wanted, asked} = await both('v2', one)
    expect(wanted).not.toBeNull()
    expect({name: place.project, asked}).toEqual({name: wanted?.name, asked: wanted})
  })

  const entries = fc.constantFrom<readonly [string, string]>(
    ...([
      ['p/compose.yaml', file('cy', 'name: ${N-}')],
      ['p/docker-compose.yml', file('dc')],
      ['p/compose.override.yml', file('co', 'name: over')],
      ['p/docker-compose.override.yaml', file('do')],
      ['compose.yml', file('up')],
      ['p/d/a.yml', file('da')],
      ['p/b.yml', file('b')],
      ['p/.env', 'T=p\nN=np'],
      ['p/.env', 'COMPOSE_FILE=d/a.yml:b.yml\nS=p'],
      ['p/.env', 'COMPOSE_PROJECT_NAME=dot\nCOMPOSE_FILE=b.yml'],
      ['p/d/.env', 'T=d\nS=d\nCOMPOSE_PROJECT_NAME=deep'],
      ['.env', 'T=up\nCOMPOSE_PROJECT_NAME=top'],
    ] as const),
  )
  const layouts = fc.tuple(
    fc.array(entries, {minLength: 1, maxLength: 7}),
    fc.constantFrom<Record<string, string>>(
      {},
      {},
      {COMPOSE_FILE: 'b.yml'},
      {COMPOSE_PROJECT_NAME: 'envname'},
      {N: 'fromenv'},
      {COMPOSE_FILE: 'd/a.yml'},
    ),
  )

  it('is found in any layout', async () => {
    let compared = 0
    for (const [files, env] of fc.sample(layouts, 60)) {
      if (compared === 8) break
      const one = {files: {'p/x': '', ...Object.fromEntries(files)}, at: 'p', env}
      const {place, wanted, asked} = await both('v2', one)
      const told = JSON.stringify(one)
      // Typed without a name it may refuse what it takes with one.
      if (wanted === null) continue
      compared += 1
      expect({told, name: place.project, asked}).toEqual({told, name: wanted.name, asked: wanted})
    }
    expect(compared).toBe(8)
  })
})

describe('where Compose 1.29 is', () => {
  it.each(Object.entries(CASES))('is found as Compose finds it: %s', async (_, one) => {
    const {place, wanted, asked} = await both('v1', one)
    expect(wanted).not.toBeNull()
    expect(asked).toEqual(wanted)
    const named = one.setting?.envFiles === undefined ? (one.env ?? {}) : {}
    const {PATH = ''} = process.env
    if (place.envFiles !== null) return
    expect(place.project).toBe(await v1.projectName(place.directory, {PATH, ...named}))
  })

  it('says the same in a process of its own', async () => {
    const folder = lay({'compose.yaml': A, '.env': 'T=t'})
    const {PATH = '', HOME = ''} = process.env
    for (const args of [['config'], ['-f', 'none.yml', 'config']]) {
      const {exitCode, stdout} = await spawned('v1', args, folder, {PATH, HOME, S: 's'})
      const forked = await v1.run(args, folder, {PATH, HOME, S: 's'})
      expect([forked.exitCode, forked.stdout.trim()]).toEqual([exitCode, stdout.trim()])
    }
  })
})
