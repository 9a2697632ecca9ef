import {FaciError} from '../../domain/errors.js'
import {visible} from '../../domain/text/visible.js'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such socket: no Docker engine is running here',
  ECONNREFUSED: 'connection refused: no engine listens there',
  EACCES: 'permission denied',
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

function suggestions(code: string, shown: string): readonly string[] {
  if (code === 'EACCES') return ['sudo usermod -aG docker "$USER", then log in again', 'docker info']
  return shown.startsWith('unix://')
    ? ['docker info', 'sudo systemctl start docker']
    : ['docker info', 'docker context ls']
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
  return new FaciError('unreachable', `${docker} cannot be reached: ${REASONS[name] ?? name}`, {
    suggestions: suggestions(name, shown),
  })
}
