import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {type Command, Config, Help} from '@oclif/core'
import {beforeAll, describe, expect, it} from 'vitest'
import {buildManifest} from '../../bin/manifest.mjs'
import packageJson from '../../package.json' with {type: 'json'}
import {repositoryRoot} from '../../service/stack/repository.js'
import {COMMAND_TABLE} from '../../src/cli/frame/command-table.js'
import {TOPICS} from '../../src/cli/frame/topics.js'
import {EXIT_CODES} from '../../src/cli/process/exit-codes.js'
import {type CommandManifest, plugin} from '../../src/cli/frame/main.js'
import {golden} from '../support/golden.js'

const COMMANDS = join(repositoryRoot, 'src', 'commands')
const IDS = Object.keys(COMMAND_TABLE).sort()
const MOST_LINES = 60

let manifest: CommandManifest

beforeAll(async () => {
  manifest = await buildManifest()
})

function command(id: string): Command.Cached {
  const found = manifest[id]
  if (found === undefined) throw new Error(`no command ${id}`)
  return found
}

function commandFiles(): readonly string[] {
  return readdirSync(COMMANDS, {recursive: true, encoding: 'utf8'}).filter((file) => file.endsWith('.ts'))
}

/** `runbook/index.ts` is `runbook`, `runbook/list.ts` is `runbook:list`. */
function idOf(file: string): string {
  return file
    .replace(/\.ts$/, '')
    .replace(/(?:^|\/)index$/, '')
    .replaceAll('/', ':')
}

function flagSurface(flag: Command.Flag.Cached): object {
  const {type, char, required, dependsOn, exclusive, hidden} = flag
  const option = flag.type === 'option' ? {options: flag.options, multiple: flag.multiple} : {}
  return {type, char, default: flag.default as unknown, required, hidden, dependsOn, exclusive, ...option}
}

function surfaceOf({summary, args, flags}: Command.Cached): object {
  const words = Object.values(args).map(({name, required, multiple}) => [name, {required, multiple}] as const)
  const sorted = Object.entries(flags).sort(([one], [other]) => (one < other ? -1 : 1))
  return {
    summary,
    args: Object.fromEntries(words),
    flags: Object.fromEntries(sorted.map(([name, flag]) => [name, flagSurface(flag)])),
  }
}

function exampleLines({examples = []}: Command.Cached): readonly string[] {
  return examples.map((example) => (typeof example === 'string' ? example : example.command))
}

class CapturedHelp extends Help {
  text = ''
  protected override log(...lines: string[]): void {
    this.text += `${lines.join('\n')}\n`
  }
}

async function helpFor(words: readonly string[]): Promise<string> {
  const root = plugin({manifest, table: COMMAND_TABLE, packageJson: packageJson as never, root: repositoryRoot})
  const config = await Config.load({root: repositoryRoot, plugins: new Map([[root.name, root]])})
  const help = new CapturedHelp(config, {maxWidth: 100})
  await help.showHelp([...words, '--help'])
  return help.text
}

describe('the command surface', () => {
  it('changes only on purpose', async () => {
    const actual = JSON.parse(
      JSON.stringify(Object.fromEntries(IDS.map((id) => [id, surfaceOf(command(id))]))),
    ) as unknown
    expect(actual).toEqual(await golden('surface', actual))
  })

  it('is what is in src/commands', () => {
    expect(commandFiles().map(idOf).sort()).toEqual(IDS)
  })

  it('describes every topic, and no other', () => {
    const topics = new Set(IDS.flatMap((id) => (id.includes(':') ? (id.split(':')[0] ?? '') : [])))
    expect(Object.keys(TOPICS).sort()).toEqual([...topics].sort())
    for (const [topic, description] of Object.entries(TOPICS)) expect(description, topic).not.toBe('')
  })

  it.each(commandFiles())('keeps a command small: %s', (file) => {
    const lines = readFileSync(join(COMMANDS, file), 'utf8').trimEnd().split('\n')
    expect(lines.length).toBeLessThanOrEqual(MOST_LINES)
  })
})

describe.each(IDS)('faci %s', (id) => {
  it('says in one line what it does', () => {
    const {summary = ''} = command(id)
    expect(summary).toMatch(/^\S.{5,90}[^.]$/)
  })

  it('takes --json', () => {
    expect(command(id).flags['json']).toMatchObject({type: 'boolean'})
  })

  it('has examples of itself, one with a long flag, none with an unknown or a short one', () => {
    const lines = exampleLines(command(id))
    const typed = `<%= config.bin %> ${id.replaceAll(':', ' ')}`
    for (const line of lines) expect(line.startsWith(typed), line).toBe(true)
    const flags = lines.flatMap((line) => [...line.matchAll(/ (--?[a-z][a-z-]*)/g)].map(([, flag = '']) => flag))
    expect(flags.length).toBeGreaterThan(0)
    for (const flag of flags) expect(Object.keys(command(id).flags).map((name) => `--${name}`)).toContain(flag)
  })

  it('describes every argument and flag that help shows', () => {
    const {args, flags} = command(id)
    const shown = [...Object.values(args), ...Object.values(flags)].filter(({hidden}) => hidden !== true)
    expect(shown.filter(({description = ''}) => description === '').map(({name}) => name)).toEqual([])
  })

  it('has help that renders', async () => {
    const words = id.split(':')
    const text = await helpFor(words)
    expect(text).toContain(command(id).summary)
    expect(text).toContain(`$ faci ${words.join(' ')}`)
    expect(text).not.toMatch(/undefined|\[object|<%/)
  })
})

describe('exit codes', () => {
  it('mean what the product says', () => {
    const words = EXIT_CODES.map(({code, meaning}) => [code, meaning.split(':')[0]])
    expect(words).toEqual([
      [0, 'done / healthy'],
      [1, 'a bug in faci'],
      [2, 'usage'],
      [3, 'the answer is bad'],
      [4, 'no answer'],
      [5, 'refused'],
      [6, 'invalid configuration or runbook'],
      [7, 'failed and rolled back, healthy again'],
      [8, 'rollback failed'],
      [9, 'done, but a notice is still undelivered'],
      [130, 'interrupted'],
    ])
  })
})
