import {connect, type Socket} from 'node:net'
import {FaciError} from '../../domain/errors.js'
import type {HealthProber, TcpTarget} from '../../ports/health-prober.js'
import {hasNoRoute, reasonOf} from '../http/client.js'

/** Docker's proxy takes every connection to a published port, and closes it when nobody listens behind it: on a busy host after a while. */
const LINGER_SECONDS = 0.5

function shown({host, port}: TcpTarget): string {
  return `tcp://${host.includes(':') ? `[${host}]` : host}:${String(port)}`
}

/** Resolves when the other side has said something, or been silent for a while; rejects when it closes before. */
function held(socket: Socket, closed: FaciError): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      // What has come meanwhile, while this process had no turn, is heard first.
      setImmediate(resolve)
    }, LINGER_SECONDS * 1000)
    socket.once('data', () => {
      clearTimeout(timer)
      resolve()
    })
    const end = (): void => {
      clearTimeout(timer)
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

/** Ends the connection, with an error, when the deadline passes. */
function limited(socket: Socket, where: string, timeoutSeconds: number): NodeJS.Timeout {
  const late = new FaciError('timedOut', `${where} did not answer within ${String(timeoutSeconds)} s`)
  return setTimeout(() => {
    socket.destroy(late)
  }, timeoutSeconds * 1000)
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
  const timer = limited(socket, where, timeoutSeconds)
  try {
    await connected(socket)
    clearTimeout(timer)
    const durationSeconds = (performance.now() - started) / 1000
    await held(
      socket,
      new FaciError('unreachable', `${where} closes every connection at once: nothing listens behind it`),
    )
    return durationSeconds
  } catch (error) {
    throw unreachable(error, where)
  } finally {
    clearTimeout(timer)
    socket.destroy()
  }
}
