import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogFilter} from '../../domain/logs/log-filter.js'
import type {Engine} from '../../ports/engine.js'
import type {LogSource} from '../../ports/log-source.js'

export interface LogDeps {
  readonly engine: Engine
  readonly logs: LogSource
}

export interface LogQuery {
  readonly project: string
  /** All when empty. */
  readonly services: readonly string[]
  readonly filter: LogFilter
  /** Seconds since the epoch, by the engine's clock. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** The last N entries that match, of all containers together; all when absent. */
  readonly tail?: number | undefined
}

/** Takes entries as they are found, oldest first; the search waits for it. */
export type LogSink = (entries: readonly LogEntry[]) => Promise<void>

/** What can be said of a project without containers. */
export function nothingToRead(project: string): string {
  return `project ${project} has no containers, so there are no logs: faci up`
}
