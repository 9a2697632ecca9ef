import {FaciError} from '../../domain/errors.js'
import {shellCommand} from '../../domain/text/shell-command.js'
import {visible} from '../../domain/text/visible.js'

export interface SshTarget {
  readonly host: string
  readonly user: string | null
  readonly port: number | null
  /** The engine's socket over there; null: where its Docker CLI looks. */
  readonly socket: string | null
}

/** How a connection ended before the engine said a word. */
export interface SshEnd {
  /** What ssh, or `docker` over there, wrote to stderr. */
  readonly said: string
  /** null when a signal ended it. */
  readonly exitCode: number | null
}

/** ssh's own: it did not come as far as the command. */
const NOT_CONNECTED = 255
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126
const NOT_LET_IN = /permission denied \(|too many authentication failures/i
/** Docker 18.06 prints how `docker system` is used; older ones know no such word. */
const TOO_OLD = /docker system COMMAND|is not a docker command|un(?:known|recognized) command/i

function wordsFor({host, user, port}: SshTarget): readonly string[] {
  return [...(port === null ? [] : ['-p', String(port)]), user === null ? host : `${user}@${host}`]
}

/** What a person types to see whether ssh gets there, and to answer what it asks. */
export function sshCheck(target: SshTarget): string {
  return shellCommand(['ssh', ...wordsFor(target), 'docker', 'version'])
}

function lastLine(said: string): string {
  const line = said.trim().split('\n').at(-1)?.trim() ?? ''
  return line === '' ? 'it ended without a word' : visible(line.replace(/\.$/, ''))
}

function reasonOf({said, exitCode}: SshEnd): string {
  const line = lastLine(said)
  if (TOO_OLD.test(said)) return 'the Docker CLI there has no `docker system dial-stdio`, which came with 18.09'
  if (exitCode === NOT_FOUND || exitCode === NOT_EXECUTABLE) return `there is no docker to run there (${line})`
  if (exitCode !== NOT_CONNECTED) return `its docker says: ${line}`
  if (NOT_LET_IN.test(said)) return `the server refused the login, and faci answers no prompt (${line})`
  return `the connection by ssh failed: ${line}`
}

/** What ended the connection to the engine that is `shown` so, and what to type next. */
export function sshFailure(shown: string, target: SshTarget, end: SshEnd): FaciError {
  const isLetIn = end.exitCode !== NOT_CONNECTED || !NOT_LET_IN.test(end.said)
  return new FaciError('unreachable', `Docker at ${shown} cannot be reached: ${reasonOf(end)}`, {
    suggestions: isLetIn ? [sshCheck(target)] : ['ssh-add', sshCheck(target)],
  })
}

/** ssh could not be started at all. */
export function noSsh(shown: string, error: NodeJS.ErrnoException): FaciError {
  const isMissing = error.code === 'ENOENT'
  const reason = isMissing ? 'there is no ssh on PATH' : `no ssh can be started (${error.code ?? error.message})`
  return new FaciError('unreachable', `Docker at ${shown} cannot be reached: ${reason}`, {
    suggestions: isMissing ? ['sudo apt-get install openssh-client'] : ['ssh -V'],
  })
}
