import {FaciError} from '../../domain/errors.js'
import {visible} from '../../domain/text/visible.js'
import {whyMissing, whyRefused} from './local-socket.js'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is nothing of that name',
  EACCES: 'permission denied',
  ECONNREFUSED: 'connection refused: no engine listens there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'host name lookup failed',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
  ETIMEDOUT: 'it does not answer',
  ABORT_ERR: 'the connection was cut',
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined
}

/** The HTTP status of an answer that dockerode made an error of. */
export function statusOf(error: unknown): number | null {
  const status = property(error, 'statusCode')
  return typeof status === 'number' ? status : null
}

const SOCKET = 'unix://'

/** Why it cannot be reached, and what to type next. */
function explained(code: string, shown: string): {readonly reason: string; readonly suggestions: readonly string[]} {
  const reason = REASONS[code] ?? code
  if (!shown.startsWith(SOCKET)) return {reason, suggestions: ['docker info', 'docker context ls']}
  const path = shown.slice(SOCKET.length)
  if (code === 'ENOENT') return whyMissing(path)
  if (code === 'EACCES') return whyRefused(path)
  return {reason, suggestions: ['docker info', 'sudo systemctl start docker']}
}

/** Says in faci's words why a call to the engine failed; dockerode's error, which holds the whole answer, stays out. */
export function translateDockerError(error: unknown, shown: string): FaciError {
  if (error instanceof FaciError) return error
  const status = statusOf(error)
  const docker = `Docker at ${shown}`
  if (status !== null) {
    const said = property(property(error, 'json'), 'message')
    const detail = typeof said === 'string' ? `: ${visible(said.slice(0, 300))}` : ''
    return new FaciError('badAnswer', `${docker} answered HTTP ${String(status)}${detail}`, {
      suggestions: ['docker info'],
    })
  }
  const code = property(error, 'code')
  if (typeof code === 'string' && code.startsWith('HPE_')) {
    return new FaciError('badAnswer', `${docker} did not answer in HTTP`, {suggestions: ['docker info']})
  }
  const name = typeof code === 'string' ? code : 'no answer'
  const {reason, suggestions} = explained(name, shown)
  return new FaciError('unreachable', `${docker} cannot be reached: ${reason}`, {suggestions})
}
