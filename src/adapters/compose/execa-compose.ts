import {FaciError} from '../../domain/errors.js'
import type {StackChange} from '../../domain/change/change.js'
import type {Foretelling} from '../../domain/change/foretelling.js'
import type {ConfigurationHashes} from '../../domain/stack/service-definition.js'
import type {
  Compose,
  ComposeDefinitions,
  ComposeModel,
  ComposePlace,
  ComposeSources,
  ComposeTool,
} from '../../ports/compose.js'
import type {Leases} from '../../ports/lease.js'
import {checkFiles} from './check-files.js'
import {changeArguments, contextArguments, globalArguments} from './compose-arguments.js'
import {composeSources} from './compose-sources.js'
import {probe, type ProbeEnding} from '../processes/probe.js'
import {findComposeTool} from './compose-tool.js'
import {foretell} from './foretell.js'
import type {FileMemory} from './file-memory.js'
import {definitionsOfDocument} from './definitions-of-document.js'
import {ALL_PROFILES, type AskCompose, configurationHashes} from './configuration-hashes.js'
import {modelOfDocument} from './model-of-document.js'
import {overridePath, previousImages, writeOverride} from './previous-images.js'
import {type ComposeEnding, type ComposeRun, runCompose} from './run-compose.js'

export interface ComposeOptions {
  readonly place: ComposePlace
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly mask: (text: string) => string
  /** Of the folder for Compose files that faci makes. Errors: `unreachable`. */
  readonly scratchDirectory: () => string
  /** Of what is slow to ask a Compose CLI for. */
  readonly memory?: FileMemory
  /** For a change: images may have to be pulled and built. */
  readonly timeoutSeconds?: number
  readonly graceSeconds?: number
  /** Told of each process before it runs, so that the lock is held while it lives. */
  readonly onStart?: Leases['keepFor']
}

interface Printed extends ComposeEnding {
  readonly stdout: readonly string[]
  readonly lines: readonly string[]
}

const CHANGE_SECONDS = 600
const READING = {timeoutSeconds: 30, changes: false}
const GRACE_SECONDS = 10
const KEPT_LINES = 200

/** One Compose project and the tool that works on it, found when first needed. */
interface Cli extends Required<Omit<ComposeOptions, 'memory'>> {
  readonly tool: () => Promise<ComposeTool>
}

/** How each of its commands begins: the tool, and on which engine and project it works. */
async function beginning(
  {place, tool, environment}: Cli,
  overlays: readonly string[] = [],
): Promise<readonly string[]> {
  const found = await tool()
  const where = [...contextArguments(found, environment), ...globalArguments(place, overlays)]
  return [...found.command.split(' '), '--ansi', 'never', ...where]
}

async function commandFor(
  cli: Cli,
  args: readonly string[],
  globals: readonly string[] = [],
  overlays: readonly string[] = [],
): Promise<readonly string[]> {
  checkFiles(cli.place)
  return [...(await beginning(cli, overlays)), ...globals, ...args]
}

/** Throws `interrupted` and `timedOut`; any exit code is an answer. */
async function run(
  cli: Cli,
  command: readonly string[],
  {timeoutSeconds, changes}: Pick<ComposeRun, 'timeoutSeconds' | 'changes'>,
  onLine?: (line: string) => void,
  signal?: AbortSignal,
): Promise<Printed> {
  const lines: string[] = []
  const stdout: string[] = []
  const take = (stream: 'stdout' | 'stderr', line: string): void => {
    const shown = cli.mask(line)
    if (stream === 'stdout') stdout.push(line)
    lines.push(shown)
    if (lines.length > KEPT_LINES) lines.shift()
    onLine?.(shown)
  }
  const {environment, graceSeconds, onStart} = cli
  const {directory} = cli.place
  const ending = await runCompose(
    {command, directory, environment, timeoutSeconds, graceSeconds, changes, onStart},
    take,
    signal,
  )
  const name = command[0] === 'docker' ? 'docker compose' : 'docker-compose'
  if (ending.ending === 'aborted') throw new FaciError('interrupted', `${name} was interrupted`)
  if (ending.ending === 'timedOut') {
    throw new FaciError('timedOut', `${name} did not finish within ${String(timeoutSeconds)} s`, {
      suggestions: ['faci status'],
    })
  }
  return {...ending, stdout, lines}
}

/** Lines of `config`, which reads the Compose file and changes nothing. Throws `configInvalid`. */
async function config(cli: Cli, args: readonly string[], globals: readonly string[] = []): Promise<readonly string[]> {
  const printed = await run(cli, await commandFor(cli, ['config', ...args], globals), READING)
  if (printed.exitCode === 0) return printed.stdout.filter((line) => line.trim() !== '')
  // Is it the file, or a tool that is remembered but does not run any more?
  await findComposeTool(cli.environment, null)
  throw new FaciError('configInvalid', ['the Compose file is not valid:', ...printed.lines], {
    suggestions: [`edit ${cli.place.files.join(', ')}`],
  })
}

/** docker-compose 1.29 runs the operator's ssh too, but not without this library. It has changed nothing then. */
function refuseWithoutParamiko({lines}: Printed): void {
  if (!lines.some((line) => line.includes('Install paramiko package to enable ssh://'))) return
  throw new FaciError(
    'toolMissing',
    'docker-compose 1.29 reaches engines over ssh only with the Python library paramiko',
    {
      suggestions: ['sudo apt-get install python3-paramiko'],
    },
  )
}

async function isV1({tool}: Cli): Promise<boolean> {
  return (await tool()).version.startsWith('1.')
}

function modelOfV1({place}: Cli, document: string): ComposeModel {
  return modelOfDocument(document, place.profiles)
}

async function model(cli: Cli): Promise<ComposeModel> {
  if (await isV1(cli)) return modelOfV1(cli, (await config(cli, [])).join('\n'))
  const [document, profiles] = await Promise.all([config(cli, ['--format', 'json']), config(cli, ['--profiles'])])
  const model = modelOfDocument(document.join('\n'), ['*'])
  const flags = profiles.flatMap((profile) => ['--profile', profile])
  const all = profiles.length === 0 ? [] : await config(cli, ['--services'], flags)
  return {...model, profiled: all.filter((service) => !model.services.includes(service)).sort()}
}

async function definitions(cli: Cli): Promise<ComposeDefinitions> {
  const {project} = cli.place
  if (await isV1(cli)) {
    const document = (await config(cli, [])).join('\n')
    return {model: modelOfV1(cli, document), definitions: definitionsOfDocument(document, `${project}_`)}
  }
  const [known, document] = await Promise.all([model(cli), config(cli, ['--format', 'json'], ALL_PROFILES)])
  return {model: known, definitions: definitionsOfDocument(document.join('\n'), `${project}-`)}
}

/** Compose is asked without the lock and changes nothing; that it cannot tell is an answer. */
async function ask(
  cli: Cli,
  {files = cli.place.files, args, input = ''}: Parameters<AskCompose>[0],
): Promise<ProbeEnding> {
  const {environment, place} = cli
  const [file = '', ...rest] = await beginning({...cli, place: {...place, files}})
  const options = {environment, directory: place.directory, input, timeoutSeconds: READING.timeoutSeconds}
  return probe([file, ...rest, ...args], options)
}

function askOf(cli: Cli): AskCompose {
  return async (question) => {
    const {exitCode, stdout} = await ask(cli, question)
    return exitCode === 0 ? stdout : null
  }
}

async function foretold(cli: Cli, change: StackChange): Promise<Foretelling | null> {
  if (await isV1(cli)) return null
  return foretell(async (args) => {
    const {exitCode, stdout, stderr} = await ask(cli, {args})
    return {printed: `${stdout}\n${stderr}`, isWhole: exitCode === 0}
  }, change)
}

async function hashes(cli: Cli, change: StackChange): Promise<ConfigurationHashes> {
  const {place} = cli
  const {project} = place
  const coverImageId = await isV1(cli)
  const ask = askOf(cli)
  return {coverImageId, hashes: await configurationHashes(ask, change, {project, coverImageId, files: place.files})}
}

async function sources(cli: Cli): Promise<ComposeSources | null> {
  checkFiles(cli.place)
  const raw = ['config', '--no-interpolate']
  const args = (await isV1(cli)) ? raw : [...ALL_PROFILES, ...raw, '--format', 'json']
  return composeSources(cli.place, await askOf(cli)({args}))
}

async function commandOf(cli: Cli, change: StackChange): Promise<readonly string[]> {
  const override = previousImages(change, cli.place.project)
  // v2's `down` passes over what runs under a profile that is off, v1's does not.
  const globals = change.kind === 'down' && !(await isV1(cli)) ? ALL_PROFILES : []
  return commandFor(
    cli,
    changeArguments(change),
    globals,
    override === null ? [] : [overridePath(cli.scratchDirectory(), override)],
  )
}

/** The Compose port on the Compose CLI. */
export function createExecaCompose(options: ComposeOptions): Compose {
  let found: Promise<ComposeTool> | undefined
  const tool = (): Promise<ComposeTool> => (found ??= findComposeTool(options.environment, options.memory ?? null))
  const onStart = () => Promise.resolve(() => Promise.resolve())
  const defaults = {timeoutSeconds: CHANGE_SECONDS, graceSeconds: GRACE_SECONDS, onStart}
  const cli: Cli = {...defaults, ...options, tool}
  return {
    tool,
    model: () => model(cli),
    definitions: () => definitions(cli),
    hashes: (change) => hashes(cli, change),
    foretell: (change) => foretold(cli, change),
    sources: () => sources(cli),
    plan: (change) => commandOf(cli, change),
    apply: async (change, onLine, signal) => {
      const override = previousImages(change, cli.place.project)
      if (override !== null) await writeOverride(cli.scratchDirectory(), override)
      const command = await commandOf(cli, change)
      const printed = await run(cli, command, {timeoutSeconds: cli.timeoutSeconds, changes: true}, onLine, signal)
      if (printed.exitCode !== 0) {
        refuseWithoutParamiko(printed)
        await config(cli, ['--quiet'])
      }
      const {exitCode, durationSeconds, lines} = printed
      return {ok: exitCode === 0, exitCode, durationSeconds, output: lines}
    },
  }
}
