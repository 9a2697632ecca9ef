import {stripVTControlCharacters} from 'node:util'
import {type ErrorCode, FaciError} from '../domain/errors.js'
import {closest, nearest} from '../domain/text/did-you-mean.js'
import {shellCommand} from '../domain/text/shell-command.js'
import {exitCodeOfError, type ExitCode} from './exit-codes.js'

/** What is shown of an error: a closed shape, so that no library's object (URLs, tokens, sockets) can get out. */
export interface Failure {
  readonly code: ErrorCode | 'bug'
  readonly message: string
  readonly suggestions: readonly string[]
  readonly exitCode: ExitCode
}

/** What oclif throws for a command line that it does not understand. */
interface UsageError extends Error {
  readonly oclif: {readonly exit: 2}
  readonly flags?: readonly string[]
  readonly parse?: {
    readonly input?: {readonly flags?: Readonly<Record<string, unknown>>}
    readonly output?: {readonly raw?: readonly {readonly flag?: string; readonly input?: unknown}[]}
  }
}

function isUsageError(error: unknown): error is UsageError {
  if (!(error instanceof Error) || !('oclif' in error)) return false
  const {oclif} = error
  return typeof oclif === 'object' && oclif !== null && 'exit' in oclif && oclif.exit === 2
}

/** Without oclif's colours, preamble and hint; our own suggestions are better. */
function plainMessage(message: string): string {
  return stripVTControlCharacters(message)
    .replace(/\nSee more help with --help[^]*$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/(--[\w-]+)=true\b/g, '$1')
    .replace(/^Parsing (--\S+)\s+/, '$1: ')
    .trim()
}

/** oclif writes `--window=3600`, the value as it was parsed, where `--window 1h` was typed. */
function asTyped(message: string, {parse}: UsageError): string {
  return message.replaceAll(/--([\w-]+)=.*?(?= cannot also be provided when using --)/g, (_written, name: string) => {
    const typed = parse?.output?.raw?.find(({flag}) => flag === name)?.input
    const isValue = typeof typed === 'string' && typed !== '' && !/^--?[\w-]+$/.test(typed)
    return isValue ? `--${name} ${shellCommand([typed])}` : `--${name}`
  })
}

/** `--watc` → `--watch`. */
function flagGuesses({flags, parse}: UsageError): readonly string[] {
  const known = Object.keys(parse?.input?.flags ?? {})
  return (flags ?? []).flatMap((flag) => {
    const guess = closest(flag.replace(/^-+/, ''), known)
    return guess === null ? [] : [`did you mean --${guess}?`]
  })
}

/** `Expected overvew to be one of: overview, business` → `did you mean overview?` */
function optionGuesses(message: string): readonly string[] {
  const [, flag = '', typed = '', options = ''] =
    /^Expected (?:--([\w-]+)=)?(\S+) to be one of: (.+)$/m.exec(message) ?? []
  const prefix = flag === '' ? '' : `--${flag} `
  return nearest(typed, options.split(', ')).map((guess) => `did you mean ${prefix}${guess}?`)
}

/** What failed is not what to type next. */
export function withoutItself(failure: Failure, argv: readonly string[]): Failure {
  const typed = ['faci', ...argv].join(' ')
  return {...failure, suggestions: failure.suggestions.filter((suggestion) => suggestion !== typed)}
}

/** Says what went wrong from anything thrown. An unforeseen error is a bug: its message stays out unless `debug`. */
export function failureOf(error: unknown, help: string, debug: boolean): Failure {
  if (error instanceof FaciError) {
    const {code, message} = error
    const suggestions = code === 'usage' && error.suggestions.length === 0 ? [help] : error.suggestions
    return {code, message: plainMessage(message), suggestions, exitCode: exitCodeOfError(code)}
  }
  if (isUsageError(error)) {
    const message = plainMessage(asTyped(error.message, error))
    return {
      code: 'usage',
      message,
      suggestions: [...flagGuesses(error), ...optionGuesses(message), help],
      exitCode: 2,
    }
  }
  const name = error instanceof Error ? error.name : typeof error
  const detail = debug && error instanceof Error ? `: ${error.stack ?? error.message}` : ` (${name})`
  return {
    code: 'bug',
    message: `faci has a bug here${detail}`,
    suggestions: ['set FACI_DEBUG=1 and run it again for the details; please report them'],
    exitCode: 1,
  }
}
