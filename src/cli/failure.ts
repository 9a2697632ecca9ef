import {type ErrorCode, FaciError} from '../domain/errors.js'
import {exitCodeOfError, type ExitCode} from './exit-codes.js'

/** What is shown of an error: a closed shape, so that no library's object (URLs, tokens, sockets) can get out. */
export interface Failure {
  readonly code: ErrorCode | 'bug'
  readonly message: string
  readonly suggestions: readonly string[]
  readonly exitCode: ExitCode
}

interface ParserError extends Error {
  readonly oclif: {readonly exit?: number}
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof Error && 'oclif' in error && 'parse' in error
}

/** Says what went wrong from anything thrown. An unforeseen error is a bug: its message stays out unless `debug`. */
export function failureOf(error: unknown, help: string, debug: boolean): Failure {
  if (error instanceof FaciError) {
    const {code, message, suggestions} = error
    return {code, message, suggestions, exitCode: exitCodeOfError(code)}
  }
  if (isParserError(error)) {
    const message = (error.message.split('\nSee more help')[0] ?? error.message).trim()
    return {code: 'usage', message, suggestions: [help], exitCode: 2}
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
