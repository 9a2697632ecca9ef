import {FaciError} from '../../../domain/errors.js'
import type {Container} from '../../../domain/stack/container.js'
import type {LogRange, LogSource} from '../../../ports/log-source.js'
import type {DockerConnection} from '../docker-connection.js'
import {agrees} from './agreement.js'
import {findLogFiles, type LogPlace} from './find-log-files.js'
import {windowOf} from './log-window.js'
import {LogFileDoubt} from './log-format.js'
import {openLogFiles} from './open-log-files.js'
import {CHUNK_BYTES, LogFileCut, readEntries} from './read-entries.js'

/** Of what was given out last: compared with what the engine gives at the same place. */
const COMPARED_BYTES = 256

/** What has been given out, should the engine have to go on. */
interface Given {
  bytes: number
  last: Buffer
}

function changed(name: string, how: string): FaciError {
  return new FaciError('badAnswer', `the log of ${name} ${how} while it was read`, {suggestions: ['docker logs']})
}

function note(given: Given, chunk: Buffer): void {
  given.bytes += chunk.length
  const last = chunk.subarray(-COMPARED_BYTES)
  const missing = COMPARED_BYTES - last.length
  given.last = missing === 0 ? last : Buffer.concat([given.last.subarray(-missing), last])
}

/** The log without the beginning that was given out already. */
async function* goOn(log: AsyncIterable<Buffer>, {bytes, last}: Given, name: string): AsyncGenerator<Buffer> {
  let passed = 0
  let seen: Buffer = Buffer.alloc(0)
  for await (const chunk of log) {
    const again = Math.min(chunk.length, bytes - passed)
    passed += again
    if (again > 0) {
      seen = Buffer.concat([seen, chunk.subarray(0, again)]).subarray(-last.length)
      if (passed === bytes && !seen.equals(last)) throw changed(name, 'changed')
    }
    if (again < chunk.length) yield chunk.subarray(again)
  }
  if (passed < bytes) throw changed(name, 'changed')
}

/** What a file system or a compressed file says, and doubt. */
function isOfFile(error: unknown): boolean {
  return error instanceof LogFileDoubt || error instanceof LogFileCut || (error instanceof Error && 'code' in error)
}

async function unlessOfFile<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer
  } catch (error) {
    // A FaciError of the engine has a code too, and is met again when the engine is asked for the log.
    if (isOfFile(error)) return null
    throw error
  }
}

/** A file that cannot be read as it should is no error: the engine can be asked. */
async function* fromFiles(
  place: LogPlace,
  {name, tty}: Container,
  range: LogRange,
  given: Given,
  signal: AbortSignal,
): AsyncGenerator<Buffer, boolean> {
  const window = windowOf(range)
  if (window === null) return false
  const log = await unlessOfFile(openLogFiles(place))
  if (log === null) return false
  const reading = {format: place.format(), window, tail: range.tail, tty, chunk: CHUNK_BYTES}
  try {
    for await (const chunk of readEntries(log.files, reading)) {
      if (signal.aborted) return true
      note(given, chunk)
      yield chunk
    }
    return true
  } catch (error) {
    if (error instanceof LogFileCut && given.bytes > 0) throw changed(name, 'was begun anew')
    if (isOfFile(error)) return false
    throw error
  } finally {
    await log.close()
  }
}

/**
 * The LogSource port on the files in which the engine keeps logs, which is several times as fast as its API, and the same to the byte.
 * What is followed, what lies elsewhere or cannot be read, and whatever is in doubt, comes from the API.
 */
export function createLogFileSource(api: LogSource, docker: DockerConnection): LogSource {
  const places = new Map<string, Promise<LogPlace | null>>()
  const trusted = async (container: Container, signal: AbortSignal): Promise<LogPlace | null> => {
    const place = await findLogFiles(docker, container)
    return place !== null && (await agrees(place, container, api, signal)) ? place : null
  }
  const placeOf = (container: Container, signal: AbortSignal): Promise<LogPlace | null> => {
    const place = places.get(container.id) ?? unlessOfFile(trusted(container, signal))
    places.set(container.id, place)
    return place
  }
  return {
    read: async function* (container, range, signal) {
      if (signal.aborted) return
      const given: Given = {bytes: 0, last: Buffer.alloc(0)}
      const place = range.follow ? null : await placeOf(container, signal)
      if (place !== null && (yield* fromFiles(place, container, range, given, signal))) return
      const log = api.read(container, range, signal)
      yield* given.bytes === 0 ? log : goOn(log, given, container.name)
    },
  }
}
