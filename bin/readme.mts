// Writes the generated parts of every README.md and wraps its prose, or with --check says whether they are true.
import {execFileSync} from 'node:child_process'
import {readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'
import {EXIT_CODES} from '../src/cli/process/exit-codes.js'
import type {CommandManifest} from '../src/cli/frame/main.js'
import {type Rule, RULES} from '../src/domain/runbook/lint/rules.js'
import {buildManifest} from './manifest.mjs'
import {commandsByJob} from './readme-jobs.mjs'
import {deadLinks} from './readme-links.mjs'

const {version} = createRequire(import.meta.url)('../package.json') as {version: string}
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const MANIFEST = join(ROOT, 'oclif.manifest.json')
const DRAFT = join(ROOT, 'README.generated.md')
const REFERENCE = 'src/commands/README.md'
const MAX_LINES = 250

type Flags = CommandManifest[string]['flags']

function exitCodes(): string {
  const rows = EXIT_CODES.map(({code, meaning}) => `| ${String(code)} | ${meaning} |`)
  return ['| code | meaning |', '| ---: | --- |', ...rows].join('\n')
}

function lintRules(): string {
  const rules: readonly (readonly [string, Rule])[] = Object.entries(RULES)
  const rows = rules.map(([id, {severity, meaning, live}]) => {
    const how = live === true ? `${severity}, \`--live\`` : severity
    return `| \`${id}\` | ${how} | ${meaning} |`
  })
  return ['| rule | severity | what it finds |', '| --- | --- | --- |', ...rows].join('\n')
}

const flagsOf = (flags: Flags, isGlobal: boolean): Flags =>
  Object.fromEntries(Object.entries(flags).filter(([, flag]) => (flag.helpGroup === 'GLOBAL') === isGlobal))

function globalFlags(commands: CommandManifest): string {
  const [first] = Object.values(commands)
  const rows = Object.values(flagsOf(first?.flags ?? {}, true)).map(({name, description = '', ...flag}) => {
    const value = flag.type === 'option' ? ` ${flag.helpValue?.toString() ?? 'VALUE'}` : ''
    const variable = flag.env === undefined ? '' : `; or set \`${flag.env}\``
    return `| \`--${name}${value}\` | ${description}${variable} |`
  })
  return ['| flag | meaning |', '| --- | --- |', ...rows].join('\n')
}

function between(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- ${name}stop -->`]
  const start = text.indexOf(open) + open.length
  return `${text.slice(0, start)}\n${content}\n${text.slice(text.indexOf(close))}`
}

/** oclif's own generator fills in the commands; the flags that all of them share are described once, above. */
function reference(text: string, commands: CommandManifest): string {
  const oclif = join(dirname(createRequire(import.meta.url).resolve('oclif/package.json')), 'bin', 'run.js')
  const own = Object.entries(commands).map(([id, it]) => [id, {...it, flags: flagsOf(it.flags, false)}] as const)
  writeFileSync(MANIFEST, JSON.stringify({version, commands: Object.fromEntries(own)}))
  writeFileSync(DRAFT, between(text, 'globalflags', globalFlags(commands)))
  try {
    execFileSync(process.execPath, [oclif, 'readme', '--no-aliases', '--readme-path', 'README.generated.md'], {
      cwd: ROOT,
      env: {...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: '1'},
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    // What a global flag excludes is left as a hole where that flag is described once, above.
    return readFileSync(DRAFT, 'utf8').replaceAll(' | ]', ']').replaceAll('|  |', '|')
  } finally {
    rmSync(MANIFEST, {force: true})
    rmSync(DRAFT, {force: true})
  }
}

const commands = await buildManifest()
const GENERATED: Readonly<Record<string, (text: string) => string>> = {
  'README.md': (text) => between(between(text, 'exitcodes', exitCodes()), 'jobs', commandsByJob(commands, REFERENCE)),
  'runbooks/README.md': (text) => between(text, 'rules', lintRules()),
  [REFERENCE]: (text) => reference(text, commands),
}

function readmes(): readonly string[] {
  const below = ['runbooks', 'service', 'src', 'test'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), {recursive: true, encoding: 'utf8'}).map((name) => join(folder, name)),
  )
  return ['README.md', ...below.filter((name) => name.endsWith('/README.md') && !name.includes('node_modules'))]
}

function complain(problem: string, next: string): void {
  process.stderr.write(`${problem}\n  → ${next}\n`)
  process.exitCode = 1
}

async function wantedOf(name: string, text: string): Promise<string> {
  const file = join(ROOT, name)
  return format(GENERATED[name]?.(text) ?? text, {...(await resolveConfig(file)), filepath: file})
}

for (const name of readmes()) {
  const file = join(ROOT, name)
  const text = readFileSync(file, 'utf8')
  const wanted = await wantedOf(name, text)
  if (!process.argv.includes('--check')) writeFileSync(file, wanted)
  else if (text !== wanted) complain(`${name} is not what the code says, or not wrapped`, 'npm run readme')
}
for (const name of readmes())
  for (const link of deadLinks(join(ROOT, name))) complain(`${name}: dead link ${link}`, `$EDITOR ${name}`)
const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length - 1
if (lines > MAX_LINES)
  complain(`README.md has ${String(lines)} lines, ${String(MAX_LINES)} at most`, '$EDITOR README.md')
