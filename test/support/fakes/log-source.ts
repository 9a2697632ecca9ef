import {FaciError} from '../../../src/domain/errors.js'
import type {LogRange, LogSource} from '../../../src/ports/log-source.js'

interface LoggedLine {
  /** RFC 3339 with nanoseconds. */
  readonly stamp: string
  readonly text: string
}

export interface FakeLogSource extends LogSource {
  /** Logs a line now; who follows gets it. Lines are a second apart, from 06:00:00 on. */
  readonly log: (containerId: string, text: string) => void
  /** The container stops: who follows it comes to the end. */
  readonly stop: (containerId: string) => void
  /** The connection breaks: who follows it gets `unreachable`. */
  readonly cut: (containerId: string) => void
  readonly reads: readonly (LogRange & {readonly containerId: string})[]
}

const SECOND = 1e9

function inRange({stamp}: LoggedLine, {since, until}: LogRange): boolean {
  const at = Date.parse(stamp) / 1000
  return (since === undefined || at >= since) && (until === undefined || at <= until)
}

/** Logs kept as lines; chunks are cut at odd places. */
export function fakeLogSource(logs: Readonly<Record<string, readonly string[]>> = {}): FakeLogSource {
  const lines = new Map<string, LoggedLine[]>()
  const waiting = new Map<string, Set<() => void>>()
  const stops = new Map<string, number>()
  const cuts = new Map<string, number>()
  const reads: (LogRange & {containerId: string})[] = []
  let nanoseconds = 0

  const wake = (id: string): void => {
    for (const resume of waiting.get(id) ?? []) resume()
    waiting.delete(id)
  }
  const log = (id: string, text: string): void => {
    nanoseconds += SECOND
    const stamp = new Date(Date.UTC(2026, 10, 23, 6) + nanoseconds / 1e6).toISOString().replace('Z', '000001Z')
    const logged = lines.get(id) ?? []
    logged.push({stamp, text})
    lines.set(id, logged)
    wake(id)
  }
  for (const [id, texts] of Object.entries(logs)) for (const text of texts) log(id, text)

  /** Resolves when the container logs or stops, or the signal aborts. */
  const change = (id: string, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const resume = (): void => {
        resolve()
      }
      waiting.set(id, (waiting.get(id) ?? new Set()).add(resume))
      signal.addEventListener('abort', resume)
    })

  async function* follow(id: string, stamped: boolean, from: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    const stopsAtStart = stops.get(id) ?? 0
    const cutsAtStart = cuts.get(id)
    for (let sent = from; !signal.aborted;) {
      const fresh = lines.get(id)?.slice(sent) ?? []
      sent += fresh.length
      yield* cut(fresh, stamped)
      if (cuts.get(id) !== cutsAtStart) throw new FaciError('unreachable', 'the connection to Docker broke')
      if (stops.get(id) !== undefined && stops.get(id) !== stopsAtStart) return
      if (fresh.length === 0) await change(id, signal)
    }
  }

  async function* read({id}: {readonly id: string}, range: LogRange, signal: AbortSignal): AsyncGenerator<Buffer> {
    reads.push({...range, containerId: id})
    if (signal.aborted) return
    const {tail, stamped = false} = range
    const all = lines.get(id) ?? []
    const seen = all.length
    const last = all.slice(tail === undefined ? 0 : -tail)
    const wanted = last.filter((line) => inRange(line, range))
    yield* cut(wanted, stamped)
    if (range.follow) yield* follow(id, stamped, seen, signal)
  }

  function* cut(wanted: readonly LoggedLine[], stamped: boolean): Generator<Buffer> {
    const bytes = Buffer.from(wanted.map(({stamp, text}) => `${stamped ? `${stamp} ` : ''}${text}\n`).join(''))
    for (let at = 0, size = 7; at < bytes.length; at += size, size = (size * 3) % 4001 || 11) {
      yield bytes.subarray(at, at + size)
    }
  }

  return {
    log,
    stop: (id) => {
      stops.set(id, (stops.get(id) ?? 0) + 1)
      wake(id)
    },
    cut: (id) => {
      cuts.set(id, (cuts.get(id) ?? 0) + 1)
      wake(id)
    },
    read,
    reads,
  }
}
