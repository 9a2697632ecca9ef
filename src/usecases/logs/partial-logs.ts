import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import type {LogSource} from '../../ports/log-source.js'

export interface PartialLogs extends LogSource {
  /** What could not be read, by container's name. Throws when that is every one of these containers. */
  readonly unread: (containers: readonly Container[]) => readonly string[]
}

/** Logs of which one that cannot be read, or not to its end, hides no other: it ends there, and is told of afterwards. */
export function partialLogs(logs: LogSource): PartialLogs {
  const failures = new Map<string, FaciError>()
  return {
    read: async function* (container, range, signal) {
      try {
        yield* logs.read(container, range, signal)
      } catch (error) {
        rethrowBugOrInterrupt(error)
        if (!(error instanceof FaciError)) throw error
        failures.set(container.name, error)
      }
    },
    unread: (containers) => {
      const [first] = failures.values()
      if (first !== undefined && failures.size === containers.length) throw first
      return [...failures].map(([name, {message}]) => `the log of ${name} could not be read to its end: ${message}`)
    },
  }
}
