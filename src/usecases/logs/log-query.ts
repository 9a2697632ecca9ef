import type {FieldRules} from '../../domain/logs/field-rules.js'
import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogFilter} from '../../domain/logs/log-filter.js'
import {command} from '../../domain/text/shell-command.js'
import type {StackModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {LogSource} from '../../ports/log-source.js'
import type {SelectedContainers} from '../stack/select-containers.js'

export interface LogDeps {
  readonly engine: Engine
  /** Asked about a service without a container. */
  readonly stackModel: StackModel
  readonly logs: LogSource
}

export interface LogQuery {
  readonly project: string
  /** All when empty. */
  readonly services: readonly string[]
  readonly filter: LogFilter
  /** Where the lines of a service say what, by its name. */
  readonly rules?: Readonly<Record<string, FieldRules>> | undefined
  /** Seconds since the epoch, by the engine's clock. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  /** The last N entries that match, of all containers together; all when absent. */
  readonly tail?: number | undefined
}

/** Takes entries as they are found, oldest first; the search waits for it. */
export type LogSink = (entries: readonly LogEntry[]) => Promise<void>

/** Of what was asked for, what has no container and so no log, with what to type next; empty when all has. */
export function nothingToRead(project: string, {containers, without}: SelectedContainers): readonly string[] {
  if (without.length > 0)
    return without.map((name) => `${name} has no container, so no logs → ${command`faci up ${name}`}`)
  return containers.length === 0 ? [`project ${project} has no containers, so there are no logs → faci up`] : []
}
