// Writes the generated parts of README.md (command reference, exit codes) and runbooks/README.md (rules of lint), or with --check says whether they are true.
import {execFileSync} from 'node:child_process'
import {readFileSync, rmSync, writeFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'
import {EXIT_CODES} from '../src/cli/process/exit-codes.js'
import {type Rule, RULES} from '../src/domain/runbook/lint/rules.js'
import {buildManifest} from './manifest.mjs'

const {version} = createRequire(import.meta.url)('../package.json') as {version: string}
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const README = join(ROOT, 'README.md')
const MANIFEST = join(ROOT, 'oclif.manifest.json')
const FORMAT = join(ROOT, 'runbooks', 'README.md')
const DRAFT = join(ROOT, 'README.generated.md')

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

function between(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- ${name}stop -->`]
  const start = text.indexOf(open) + open.length
  return `${text.slice(0, start)}\n${content}\n${text.slice(text.indexOf(close))}`
}

/** oclif's own generator fills in the commands. */
async function generate(text: string): Promise<string> {
  const oclif = join(dirname(createRequire(import.meta.url).resolve('oclif/package.json')), 'bin', 'run.js')
  writeFileSync(MANIFEST, JSON.stringify({version, commands: await buildManifest()}))
  writeFileSync(DRAFT, between(text, 'exitcodes', exitCodes()))
  try {
    execFileSync(process.execPath, [oclif, 'readme', '--no-aliases', '--readme-path', 'README.generated.md'], {
      cwd: ROOT,
      env: {...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: '1'},
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return await format(readFileSync(DRAFT, 'utf8'), {...(await resolveConfig(README)), filepath: README})
  } finally {
    rmSync(MANIFEST, {force: true})
    rmSync(DRAFT, {force: true})
  }
}

async function generateFormat(text: string): Promise<string> {
  return format(between(text, 'rules', lintRules()), {...(await resolveConfig(FORMAT)), filepath: FORMAT})
}

const documents = [
  [README, generate],
  [FORMAT, generateFormat],
] as const
for (const [file, wantedFrom] of documents) {
  const text = readFileSync(file, 'utf8')
  const wanted = await wantedFrom(text)
  if (!process.argv.includes('--check')) writeFileSync(file, wanted)
  else if (text !== wanted) {
    process.stderr.write(`${relative(ROOT, file)} is not what the code says\n  → npm run readme\n`)
    process.exitCode = 1
  }
}
