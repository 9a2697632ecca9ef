import {stripVTControlCharacters} from 'node:util'
import {type ErrorCode, FaciError} from '../../domain/errors.js'
import {EXIT, type ExitCode} from '../../domain/exit-codes.js'
import type {Correction} from '../../domain/text/did-you-mean.js'
import {closest, nearest, orMeant} from '../../domain/text/did-you-mean.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import {visible} from '../../domain/text/visible.js'
import {exitCodeOfError} from './exit-codes.js'

/** What is shown of an error: a closed shape, so that no library's object (URLs, tokens, sockets) can get out. */
export interface Failure {
  readonly code: ErrorCode | 'bug'
  readonly message: string
  readonly suggestions: readonly string[]
  readonly exitCode: ExitCode
}

/** What oclif throws for a command line that it does not understand. */
interface UsageError extends Error {
  readonly oclif: {readonly exit: typeof EXIT.usage}
  readonly flags?: readonly string[]
  readonly parse?: {
    readonly input?: {readonly flags?: Readonly<Record<string, unknown>>}
    readonly output?: {readonly raw?: readonly {readonly flag?: string; readonly input?: unknown}[]}
  }
}

function isUsageError(error: unknown): error is UsageError {
  if (!(error instanceof Error) || !('oclif' in error)) return false
  const {oclif} = error
  return typeof oclif === 'object' && oclif !== null && 'exit' in oclif && oclif.exit === EXIT.usage
}

/** Without oclif's colours, preamble and hint; our own suggestions are better. */
function plainMessage(message: string, argv: readonly string[]): string {
  // What was typed may be anybody's text, put there by a script: it is no line of the message.
  const told = argv.reduce((text, word) => (word === '' ? text : text.replaceAll(word, visible(word))), message)
  return stripVTControlCharacters(told)
    .replace(/\nSee more help with --help[^]*$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/(?<![\w-])(--[\w-]+)=true\b/g, '$1')
    .replace(/^( *)Missing required flag ([\w-]+)/gm, '$1--$2 is required')
    .replace(/^Parsing (--\S+)\s+/, '$1: ')
    .replace(/^Nonexistent flag(s?): /, 'unknown flag$1 ')
    .trim()
}

/** oclif writes `--window=3600`, the value as it was parsed, where `--window 1h` was typed. */
function asTyped(message: string, {parse}: UsageError): string {
  return message.replaceAll(
    /(?<![\w-])--([\w-]+)=.*?(?= cannot also be provided when using --)/g,
    (_written, name: string) => {
      const typed = parse?.output?.raw?.find(({flag}) => flag === name)?.input
      const isValue = typeof typed === 'string' && typed !== '' && !/^--?[\w-]+$/.test(typed)
      return isValue ? `--${name} ${shellCommand([typed])}` : `--${name}`
    },
  )
}

/** What one command calls so, another calls otherwise. */
const SAME = ['since', 'range', 'window']

/** What stands for what other commands have. */
const ELSEWHERE: Readonly<Record<string, string>> = {at: 'started-at'}

/** Another name for it that the command knows. */
function otherName(name: string, known: readonly string[]): string | null {
  const names = [...(SAME.includes(name) ? SAME : []), ELSEWHERE[name]]
  return names.find((one) => one !== undefined && known.includes(one)) ?? null
}

/** `--watc` → `--watch`. */
function flagGuesses({flags, parse}: UsageError): readonly Correction[] {
  const known = Object.keys(parse?.input?.flags ?? {})
  return (flags ?? []).flatMap((flag) => {
    const name = flag.replace(/^-+/, '')
    const guess = otherName(name, known) ?? closest(name, known)
    return guess === null ? [] : [{typed: flag, meant: `--${guess}`}]
  })
}

/** `Expected overvew to be one of: overview, business` → `overview` */
function optionGuesses(message: string): readonly Correction[] {
  const [, typed = '', options = ''] = /^Expected (?:--[\w-]+=)?(\S+) to be one of: (.+)$/m.exec(message) ?? []
  return nearest(typed, options.split(', ')).map((meant) => ({typed, meant}))
}

/** The command line with a word put right. Null when the word is not in it, or where it may hold what is not to be repeated. */
function corrected(argv: readonly string[], {typed, meant}: Correction): string | null {
  if (argv.some((word) => word.startsWith('--input'))) return null
  const at = argv.findLastIndex((word) => word === typed || word.startsWith(`${typed}=`) || word.endsWith(`=${typed}`))
  const found = argv[at]
  if (found === undefined) return null
  const word = found.endsWith(`=${typed}`)
    ? `${found.slice(0, -typed.length)}${meant}`
    : `${meant}${found.slice(typed.length)}`
  return shellCommand(['faci', ...argv.slice(0, at), word, ...argv.slice(at + 1)])
}

/** What to type next, the command put right first. */
function nextOf(
  argv: readonly string[],
  corrections: readonly Correction[],
  others: readonly string[],
): readonly string[] {
  const commands = corrections.flatMap((one) => corrected(argv, one) ?? [])
  return [...new Set([...commands, ...others])]
}

/** `--output json`, where JSON is what `--json` prints: the command line with that instead. Null: it is about something else. */
function asJson(said: string, argv: readonly string[]): string | null {
  if (!said.startsWith('Expected --output=json to be one of: ')) return null
  const at = argv.findLastIndex((word) => word === '--output=json' || word === '--output')
  const words = argv.toSpliced(at, argv[at] === '--output' ? 2 : 1, '--json')
  return at === -1 || words.some((word) => word.startsWith('--input')) ? null : shellCommand(['faci', ...words])
}

/** What failed is not what to type next. */
export function withoutItself(failure: Failure, argv: readonly string[]): Failure {
  const typed = shellCommand(['faci', ...argv])
  return {...failure, suggestions: failure.suggestions.filter((suggestion) => suggestion !== typed)}
}

function knownFailure(
  {code, message, corrections, suggestions}: FaciError,
  help: string,
  argv: readonly string[],
): Failure {
  const others = code === 'usage' && suggestions.length === 0 ? [help] : suggestions
  const next = nextOf(argv, corrections, others)
  return {code, message: plainMessage(message, argv), suggestions: next, exitCode: exitCodeOfError(code)}
}

function usageFailure(error: UsageError, help: string, argv: readonly string[]): Failure {
  const said = plainMessage(asTyped(error.message, error), argv)
  const guesses = [...flagGuesses(error), ...optionGuesses(said)]
  const json = asJson(said, argv)
  const meant = json === null ? guesses.map((guess) => guess.meant) : ['--json']
  return {
    code: 'usage',
    message: `${said}${orMeant(...meant)}`,
    suggestions: json === null ? nextOf(argv, guesses, [help]) : [json, help],
    exitCode: EXIT.usage,
  }
}

/** Says what went wrong from anything thrown. An unforeseen error is a bug: its message stays out unless `debug`. `argv`: what was typed. */
export function failureOf(error: unknown, help: string, debug: boolean, argv: readonly string[] = []): Failure {
  if (error instanceof FaciError) return knownFailure(error, help, argv)
  if (isUsageError(error)) return usageFailure(error, help, argv)
  const name = error instanceof Error ? error.name : typeof error
  const detail = debug && error instanceof Error ? `: ${error.stack ?? error.message}` : ` (${name})`
  return {
    code: 'bug',
    message: `faci has a bug here${detail}`,
    suggestions: ['set FACI_DEBUG=1 and run it again for the details; please report them'],
    exitCode: EXIT.bug,
  }
}
