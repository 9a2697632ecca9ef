import {fileName} from '../../../src/files/file-name.js'
import {masker} from '../../../src/domain/secrets/masker.js'
import {FaciError} from '../../../src/domain/errors.js'
import type {Journal, JournalEntry} from '../../../src/ports/journal.js'

export interface FakeJournal<E extends {readonly kind: string}> extends Journal<E> {
  /** Every event of a run, its own first, then those of the actions that joined it. */
  readonly eventsOf: (id: string) => readonly (JournalEntry & E)[]
  /** The process that writes this run dies: nobody has it open any more. */
  readonly abandon: (id: string) => void
  /** An event is lost from a run. */
  readonly lose: (id: string, sequence: number) => void
  readonly keptIn: (id: string) => ReadonlyMap<string, string>
  /** The kinds of those appended with `durable`, in order. */
  readonly durable: readonly string[]
}

interface Run<E> {
  readonly files: Map<string, (JournalEntry & E)[]>
  readonly kept: Map<string, string>
  writers: number
}

/** How many events the end of a journal is. */
const LAST = 20

export interface FakeJournalOptions {
  readonly mask?: (text: string) => string
  readonly at?: () => string
  readonly by?: string
}

async function textOf(content: string | AsyncIterable<Buffer>): Promise<string> {
  if (typeof content === 'string') return content
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function freeName(name: string, taken: ReadonlyMap<string, string>): string {
  const dot = name.lastIndexOf('.')
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name.slice(0, dot)}-${String(count)}${name.slice(dot)}`
    if (!taken.has(free)) return free
  }
}

function maskAll(value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') return mask(value)
  if (Array.isArray(value)) return value.map((item) => maskAll(item, mask))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [mask(key), maskAll(item, mask)]))
}

export function fakeJournal<E extends {readonly kind: string}>(options: FakeJournalOptions = {}): FakeJournal<E> {
  const {mask = (text: string) => text, at = () => '2026-01-01T00:00:00.000Z', by = 'ana@laptop'} = options
  const runs = new Map<string, Run<E>>()
  const durable: string[] = []
  const runOf = (id: string): Run<E> => {
    const run = runs.get(id) ?? {
      files: new Map<string, (JournalEntry & E)[]>(),
      kept: new Map<string, string>(),
      writers: 0,
    }
    runs.set(id, run)
    return run
  }
  return {
    open: (id, file = 'journal') => {
      const run = runOf(id)
      const events = run.files.get(file) ?? []
      run.files.set(file, events)
      run.writers += 1
      return Promise.resolve({
        append: (event, isDurable = false) => {
          const entry = {sequence: (events.at(-1)?.sequence ?? 0) + 1, at: at(), by, ...event}
          events.push(maskAll(entry, mask) as JournalEntry & E)
          if (isDurable) durable.push(event.kind)
          return Promise.resolve(entry)
        },
        close: () => {
          run.writers = Math.max(0, run.writers - 1)
          return Promise.resolve()
        },
        keep: async (name, content, secrets = []) => {
          const free = freeName(fileName(name), run.kept)
          run.kept.set(free, masker(secrets).mask(mask(await textOf(content))))
          return `runs/${id}/${free}`
        },
      })
    },
    writer: (id) => Promise.resolve((runs.get(id)?.writers ?? 0) > 0 ? `${by} (pid 4001)` : null),
    abandon: (id) => {
      runOf(id).writers = 0
    },
    lose: (id, sequence) => {
      for (const events of runOf(id).files.values()) {
        const index = events.findIndex((event) => event.sequence === sequence)
        if (index !== -1) events.splice(index, 1)
      }
    },
    read: (id, file = 'journal') => {
      const events = runs.get(id)?.files.get(file)
      if (events === undefined) return Promise.reject(new FaciError('notFound', `No run ${id}`))
      const holes = (events.at(-1)?.sequence ?? 0) - events.length
      return Promise.resolve({events: [...events], torn: 0, missing: holes})
    },
    ends: (id, file = 'journal') => {
      const events = runs.get(id)?.files.get(file)
      if (events === undefined) return Promise.reject(new FaciError('notFound', `No run ${id}`))
      return Promise.resolve({first: events[0] ?? null, last: events.slice(-LAST)})
    },
    kept: (id, name) => Promise.resolve(runs.get(id)?.kept.get(fileName(name)) ?? null),
    files: (id) => Promise.resolve([...(runs.get(id)?.files.keys() ?? [])].sort()),
    list: (limit) => Promise.resolve([...runs.keys()].sort().reverse().slice(0, limit)),
    unreadable: () => Promise.resolve([...runs].filter(([, run]) => !run.files.has('journal')).map(([id]) => id)),
    place: '/srv/store/runs',
    eventsOf: (id) => [...(runs.get(id)?.files.values() ?? [])].flat(),
    keptIn: (id) => runs.get(id)?.kept ?? new Map<string, string>(),
    durable,
  }
}
