import {type Command, type Interfaces, run} from '@oclif/core'
import {masker} from '../../domain/secrets/masker.js'
import {errorEnvelope} from '../../render/json/envelope.js'
import {jsonText} from '../../render/json/json-text.js'
import {failureText} from '../../render/text/failure.js'
import {endWithReader} from '../process/closed-streams.js'
import type {CommandTable} from './command-table.js'
import {askedFor, refuseUnknown} from './command-words.js'
import {failureOf} from '../process/failure.js'
import {toScreen} from '../process/screen.js'
import {streamOutput} from '../process/stream-output.js'
import {TOPICS} from './topics.js'
import {readTerminal} from '../process/terminal.js'

/** A command without its code: what help and the parser's front door need. Made when faci is built. */
export type CommandManifest = Readonly<Record<string, Command.Cached>>

export interface Program {
  readonly manifest: CommandManifest
  /** Of all commands, or of the one that is run. */
  readonly table: CommandTable
  readonly packageJson: Interfaces.PJSON
  readonly root: string
}

/** oclif's plugin, ready-made: nothing is searched for or read from disk at start-up. */
export function plugin({manifest, table, packageJson, root}: Program): Interfaces.Plugin {
  const load = async (id: string): Promise<Command.Class> => {
    const loader = table[id]
    if (loader === undefined) throw new Error(`no command ${id}`)
    const {default: found} = await loader()
    found.id = id
    // oclif would read an argument that was not given from stdin: under cron or in a block it would find junk there, or wait.
    for (const argument of Object.values(found.args)) argument.ignoreStdin = true
    return found
  }
  const name = 'faci'
  return {
    _base: name,
    alias: name,
    commandIDs: Object.keys(manifest),
    commands: Object.values(manifest).map((command) => ({...command, load: () => load(command.id)})),
    commandsDir: undefined,
    findCommand: (id: string) => load(id),
    hasManifest: true,
    hooks: {},
    isRoot: true,
    load: () => Promise.resolve(),
    moduleType: 'commonjs',
    name,
    options: {root},
    pjson: packageJson,
    root,
    topics: Object.entries(TOPICS).map(([topic, description]) => ({name: topic, description})),
    type: 'core',
    valid: true,
    version: packageJson.version,
  }
}

function report(error: unknown, argv: readonly string[]): void {
  const failure = failureOf(error, 'faci --help', (process.env['FACI_DEBUG'] ?? '') !== '', argv)
  process.exitCode = failure.exitCode
  const {mask} = masker([])
  if (argv.includes('--json')) void streamOutput(`${mask(jsonText(errorEnvelope(failure), 2))}\n`)
  else toScreen('stderr', failureText(failure.message, failure.suggestions, readTerminal(false).stderrStyle), mask)
}

/** Runs one command line; sets `process.exitCode`, never throws. */
export async function main(argv: readonly string[], program: Program): Promise<void> {
  endWithReader(process)
  try {
    const words = askedFor(argv)
    refuseUnknown(words, program.manifest)
    const root = plugin(program)
    const plugins = new Map([[root.name, root]])
    await run([...words], {root: program.root, plugins})
  } catch (error) {
    report(error, argv)
  }
}
