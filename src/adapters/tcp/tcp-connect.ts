import {connect, type Socket} from 'node:net'
import {FaciError} from '../../domain/errors.js'
import type {HealthProber, TcpTarget} from '../../ports/health-prober.js'
import {hasNoRoute, reasonOf} from '../http/client.js'
import {deadline} from '../deadline/deadline.js'

/** Docker's proxy takes every connection to a published port, and closes it when nobody listens behind it: on a busy host after a while. */
const LINGER_SECONDS = 0.5

function shown({host, port}: TcpTarget): string {
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${String(port)}`
}

/** Resolves when the other side has said something, or been silent for a while; rejects when it closes before. */
function held(socket: Socket, closed: FaciError): Promise<void> {
  return new Promise((resolve, reject) => {
    const well = (): void => {
      resolve()
    }
    deadline(LINGER_SECONDS).addEventListener('abort', well, {once: true})
    socket.once('data', well)
    const end = (): void => {
      reject(closed)
    }
    for (const event of ['end', 'error', 'close']) socket.once(event, end)
  })
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
}

/** Ends the connection, with an error, when the deadline passes; what it gives calls that off. */
function limited(socket: Socket, where: string, timeoutSeconds: number): () => void {
  const late = deadline(timeoutSeconds)
  const end = (): void => {
    socket.destroy(new FaciError('timedOut', `${where} did not answer within ${String(timeoutSeconds)} s`))
  }
  late.addEventListener('abort', end, {once: true})
  return () => {
    late.removeEventListener('abort', end)
  }
}

function unreachable(error: unknown, where: string): FaciError {
  if (error instanceof FaciError) return error
  return new FaciError(hasNoRoute(error) ? 'noRoute' : 'unreachable', `${where} cannot be reached: ${reasonOf(error)}`)
}

/** A connection to a port, closed again at once. */
export const tcpConnect: HealthProber['connect'] = async (target) => {
  const {host, port, timeoutSeconds} = target
  const where = shown(target)
  const started = performance.now()
  const socket = connect({host, port})
  // What comes after the answer is nobody's concern.
  socket.on('error', () => undefined)
  const answered = limited(socket, where, timeoutSeconds)
  try {
    await connected(socket)
    answered()
    const durationSeconds = (performance.now() - started) / 1000
    await held(
      socket,
      new FaciError('unreachable', `${where} closes every connection at once: nothing listens behind it`),
    )
    return durationSeconds
  } catch (error) {
    throw unreachable(error, where)
  } finally {
    answered()
    socket.destroy()
  }
}
