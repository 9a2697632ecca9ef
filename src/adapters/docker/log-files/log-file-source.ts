import type {Container} from '../../../domain/stack/container.js'
import type {LogRange, LogSource} from '../../../ports/log-source.js'
import type {DockerConnection} from '../docker-connection.js'
import {agrees} from './agreement.js'
import {findLogFiles, type LogPlace} from './find-log-files.js'
import {windowOf} from './log-window.js'
import {changed, GivenBytes, GivenLines, type Given} from './given-log.js'
import {LogFileDoubt} from './log-format.js'
import {openLogFiles} from './open-log-files.js'
import {LogFileCut} from './log-file.js'
import {CHUNK_BYTES, readEntries} from './read-entries.js'

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

/** A terminal's log is pieces, of which none can be told from a line: nothing of it is passed over. */
function wantedOf({wanted, tail}: LogRange, tty: boolean): RegExp | null {
  return tty || tail !== undefined ? null : (wanted ?? null)
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
  const reading = {
    format: place.format(),
    window,
    tail: range.tail,
    tty,
    chunk: CHUNK_BYTES,
    wanted: wantedOf(range, tty),
  }
  try {
    for await (const part of readEntries(log.files, reading)) {
      if (signal.aborted) return true
      given.note(part)
      yield part.bytes
    }
    return true
  } catch (error) {
    if (error instanceof LogFileCut && !given.isNothing()) throw changed(name, 'was begun anew')
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
      const given = wantedOf(range, container.tty) === null ? new GivenBytes() : new GivenLines()
      const place = range.follow ? null : await placeOf(container, signal)
      if (place !== null && (yield* fromFiles(place, container, range, given, signal))) return
      const log = api.read(container, range, signal)
      yield* given.isNothing() ? log : given.goOn(log, container.name)
    },
  }
}
