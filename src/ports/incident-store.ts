import type {IncidentEvent, IncidentEntry, IncidentOpened} from '../domain/incidents/incident-event.js'
import type {IncidentFacts} from '../domain/incidents/incident.js'
import type {IsoTime} from '../domain/time/iso-time.js'

/** An incident as it is opened; the store gives it its handle. */
export type NewIncident = Omit<IncidentOpened, 'handle'> & {readonly happenedAt: IsoTime}

export interface IncidentReading {
  readonly id: string
  readonly entries: readonly IncidentEntry[]
  /** Events that were written and cannot be read. */
  readonly unreadable: number
  /** Where it lies, for whoever has to look. */
  readonly place: string
}

export interface IncidentListing {
  /** Newest first. */
  readonly incidents: readonly IncidentFacts[]
  /** How many there are in all. */
  readonly total: number
}

/**
 * The incidents of a service, each a set of events that are only added to. Any number of processes may write at once, and nothing of what
 * any of them wrote is lost. Secrets are masked before writing. Errors: `unreachable` when it cannot be read or written.
 */
export interface IncidentStore {
  /** Gives it an id and the next handle; no two are given the same, whoever opens them. On disk when it resolves. */
  readonly open: (event: NewIncident) => Promise<{readonly id: string; readonly handle: string}>
  /** The right to open one, for one process at a time; null while another one has it. That of a process that died is given. */
  readonly alone: () => Promise<{readonly release: () => Promise<void>} | null>
  /** Who has that right now: `ana on vm (pid 12)`; null: nobody, or it cannot be told. */
  readonly opener: () => Promise<string | null>
  /** Adds events, each caused by all that was there before. On disk when it resolves. Errors: `notFound`. */
  readonly append: (id: string, events: readonly IncidentEvent[]) => Promise<void>
  /** Errors: `notFound`. */
  readonly read: (id: string) => Promise<IncidentReading>
  /** All that are not resolved, and the `newest` of all; however many there are. */
  readonly list: (newest: number) => Promise<IncidentListing>
  /** The id that is meant by a handle (`INC-7`, `inc7`, `7`), `last` (opened), an id or a unique part of one; null: there is none. Errors: `usage` for a part of several. */
  readonly find: (name: string) => Promise<string | null>
  /** When the incident of a handle was pruned, which nobody else is ever given; null: it was not. */
  readonly prunedAt: (name: string) => Promise<IsoTime | null>
}
