import {FaciError} from '../../domain/errors.js'
import type {Container} from '../../domain/stack/container.js'
import type {Engine} from '../../ports/engine.js'
import type {RunFiles} from '../../ports/journal.js'
import type {LogSource} from '../../ports/log-source.js'

export interface KeepEvidenceDeps {
  readonly engine: Engine
  readonly logs: LogSource
}

export interface KeptEvidence {
  /** Paths of the files kept. */
  readonly files: readonly string[]
  /** What could not be kept, and why. */
  readonly problems: readonly string[]
}

/** Of each container; enough for any incident, and no disk is filled by it. */
const LOG_LINES = 10_000

async function logOf({logs}: KeepEvidenceDeps, files: RunFiles, container: Container): Promise<string> {
  const never = new AbortController().signal
  return files.keep(
    `${container.name}.log`,
    logs.read(container, {tail: LOG_LINES, follow: false, stamped: false}, never),
  )
}

async function inspectionOf({engine}: KeepEvidenceDeps, files: RunFiles, {id, name}: Container): Promise<string> {
  return files.keep(`${name}.inspect.json`, JSON.stringify(await engine.inspect(id), null, 2))
}

/**
 * Keeps what the containers know beside the journal before they are removed: their logs, and their inspection, exit codes included.
 * What can't be had is reported, and stops nothing: at that moment the mitigation matters more.
 */
export async function keepEvidence(
  deps: KeepEvidenceDeps,
  files: RunFiles,
  containers: readonly Container[],
): Promise<KeptEvidence> {
  const kept: string[] = []
  const problems: string[] = []
  for (const container of containers) {
    for (const part of [logOf, inspectionOf]) {
      try {
        kept.push(await part(deps, files, container))
      } catch (error) {
        if (!(error instanceof FaciError)) throw error
        problems.push(`${container.name}: ${error.message}`)
      }
    }
  }
  return {files: kept, problems}
}
