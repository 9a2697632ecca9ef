import {visibleLines} from '../../domain/text/visible.js'
import {Command, Flags} from '@oclif/core'
import {type ErrorCode, FaciError} from '../../domain/errors.js'
import type {Result} from '../../domain/result.js'
import {masker} from '../../domain/secrets/masker.js'
import {maskedDocument, shownDocument} from '../../domain/text/shown-document.js'
import type {Clock} from '../../ports/clock.js'
import type {DocumentData, DocumentName} from '../../render/json/documents.js'
import {envelope, errorEnvelope} from '../../render/json/envelope.js'
import {jsonText} from '../../render/json/json-text.js'
import {failureText, warningText} from '../../render/text/failure.js'
import type {Style} from '../../render/text/style.js'
import type {App} from '../app/app-ports.js'
import {openApp} from '../app/app.js'
import {exitCodeOfVerdict} from '../process/exit-codes.js'
import {failureOf, withoutItself} from '../process/failure.js'
import {screenText, toScreen} from '../process/screen.js'
import {streamOutput} from '../process/stream-output.js'
import {readTerminal, type Terminal, withTimes} from '../process/terminal.js'
import {watch} from './watch.js'

/** What may pass by itself while a screen is watched. */
const PASSING: ReadonlySet<ErrorCode> = new Set(['unreachable', 'noRoute', 'timedOut', 'badAnswer'])

/** How long the engine may take for one answer. */
const GLANCE_SECONDS = 2.5
export const PATIENT_SECONDS = 10

/**
 * What every command shares: global flags, the composition root, one way to present a result and one way to fail.
 * A command parses, calls one use case, and presents its result.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({description: 'print one JSON document instead of text', helpGroup: 'GLOBAL'}),
    config: Flags.string({
      description: 'the faci.yml to use (default: found from here upwards)',
      env: 'FACI_CONFIG',
      helpGroup: 'GLOBAL',
      helpValue: 'FILE',
    }),
    'no-color': Flags.boolean({description: 'no colour (also: NO_COLOR=1)', helpGroup: 'GLOBAL'}),
    utc: Flags.boolean({description: 'show times in UTC instead of the timezone of faci.yml', helpGroup: 'GLOBAL'}),
  }

  /** A screen of many parts does not wait for one of them; what has no other part may wait for a busy engine. */
  protected readonly engineSeconds: number = GLANCE_SECONDS

  #app: App | undefined
  #terminal: Terminal | undefined

  protected get terminal(): Terminal {
    return (this.#terminal ??= readTerminal(this.#hasFlag('--no-color')))
  }

  /** The composition root for the faci.yml that the flags name. Throws `configInvalid`. */
  protected async open(flags: {
    readonly config: string | undefined
    readonly json: boolean
    readonly utc: boolean
  }): Promise<App> {
    const {config: configFile, json, utc} = flags
    const app = (this.#app ??= await openApp({
      configFile,
      json,
      utc,
      terminal: this.terminal,
      engineSeconds: this.engineSeconds,
    }))
    this.#terminal = withTimes(this.terminal, app.times)
    return app
  }

  /** Prints the result as JSON or through the renderer, its warnings on stderr, and sets the exit code from its verdict. */
  protected present<N extends DocumentName>(
    name: N,
    result: Result<DocumentData<N>>,
    render: (result: Result<DocumentData<N>>, style: Style) => string,
    json = this.#hasFlag('--json'),
  ): void {
    if (json) {
      process.exitCode = exitCodeOfVerdict(result.verdict)
      this.#writeJson(envelope(name, result, new Date()))
      return
    }
    const text = render(this.#shown(result), this.terminal.stdoutStyle)
    if (text !== '') this.#say('stdout', text)
    this.conclude(result)
  }

  /** Ends an answer that was shown already: its warnings on stderr, and the exit code from its verdict. */
  protected conclude(result: Result<unknown>): void {
    process.exitCode = exitCodeOfVerdict(result.verdict)
    for (const text of this.#shown(result.warnings ?? []))
      this.#say('stderr', warningText(text, this.terminal.stderrStyle))
  }

  /** Presents a result again and again until Ctrl-C; the exit code is that of the last one. */
  protected async watch<N extends DocumentName>(
    name: N,
    ask: () => Promise<Result<DocumentData<N>>>,
    render: (result: Result<DocumentData<N>>, style: Style) => string,
    flags: {readonly interval: number; readonly output: string | undefined},
    clock: Clock,
  ): Promise<void> {
    const isStream = flags.output === 'ndjson'
    const answer = async (): Promise<string> => {
      const result = await ask()
      process.exitCode = exitCodeOfVerdict(result.verdict)
      if (isStream) return this.#json(envelope(name, result, clock.now()))
      return screenText(render(this.#shown(result), this.terminal.stdoutStyle))
    }
    const frame = (): Promise<string> => answer().catch((error: unknown) => this.#hiccup(error, isStream))
    await watch(frame, {
      inPlace: this.terminal.stdoutRedraws && !isStream,
      separator: isStream ? '' : '\n',
      intervalSeconds: flags.interval,
      sleep: clock.sleep,
      write: (text) => void streamOutput(isStream ? text : this.#mask(text)),
    })
  }

  /** One line of a stream, on stdout; secrets are masked. */
  protected writeLine(document: object): void {
    void streamOutput(`${this.#json(document)}\n`)
  }

  /** What somebody else wrote, on stdout: to a screen it is made visible, elsewhere it stays as it is. Secrets are masked. */
  protected writeForeign(text: string): void {
    if (this.terminal.stdoutIsTty) this.#say('stdout', visibleLines(text))
    else void streamOutput(this.#mask(text.endsWith('\n') ? text : `${text}\n`))
  }

  override catch(error: unknown): Promise<void> {
    // What failed to parse was parsed all the same: oclif warns of commands that forget to, when NODE_ENV is test.
    this.parsed = true
    const debug = (process.env['FACI_DEBUG'] ?? '') !== ''
    const help = `faci ${this.id?.replaceAll(':', ' ') ?? ''} --help`.replace('  ', ' ')
    const argv = process.argv.slice(2)
    const failure = withoutItself(failureOf(error, help, debug, argv), argv)
    process.exitCode = failure.exitCode
    if (this.#hasFlag('--json')) this.#writeJson(errorEnvelope(failure))
    else this.#say('stderr', failureText(failure.message, failure.suggestions, this.terminal.stderrStyle))
    return Promise.resolve()
  }

  /** A backend that does not answer now may do so at the next look: shown in place of the answer. Throws anything else. */
  #hiccup(error: unknown, isStream: boolean): string {
    if (!(error instanceof FaciError && PASSING.has(error.code))) throw error
    const failure = failureOf(error, '', false)
    process.exitCode = failure.exitCode
    if (isStream) return this.#json(errorEnvelope(failure))
    return screenText(failureText(failure.message, failure.suggestions, this.terminal.stdoutStyle))
  }

  #json(document: object, indent?: number): string {
    return jsonText(
      maskedDocument(document, (text) => this.#mask(text)),
      indent,
    )
  }

  #writeJson(document: object): void {
    void streamOutput(`${this.#json(document, 2)}\n`)
  }

  #say(stream: 'stdout' | 'stderr', text: string): void {
    toScreen(stream, text.endsWith('\n') ? text : `${text}\n`, (whole) => this.#mask(whole))
  }

  #shown<T>(document: T): T {
    return shownDocument(document, (text) => this.#mask(text))
  }

  #mask(text: string): string {
    return (this.#app?.masker ?? masker([])).mask(text)
  }

  #hasFlag(flag: string): boolean {
    const end = this.argv.indexOf('--')
    const index = this.argv.indexOf(flag)
    return index !== -1 && (end === -1 || index < end)
  }
}
