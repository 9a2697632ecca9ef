import {FaciError} from '../../domain/errors.js'
import {inspectionText} from '../../domain/stack/inspection-text.js'
import type {Container} from '../../domain/stack/container.js'
import type {Engine} from '../../ports/engine.js'
import type {RunFiles} from '../../ports/journal.js'
import type {LogSource} from '../../ports/log-source.js'

export interface KeepEvidenceDeps {
  readonly engine: Pick<Engine, 'inspect'>
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

/** How long the log of one container is waited for. */
export interface EvidencePatience {
  readonly seconds: number
  readonly signal: AbortSignal
}

export const EVIDENCE_SECONDS = 10

interface Draft {
  readonly files: string[]
  readonly problems: string[]
}

/** As far as it comes in time: a log that the engine never finishes sending is cut, and says so. */
async function keepLog(
  {logs}: KeepEvidenceDeps,
  files: RunFiles,
  container: Container,
  {seconds, signal}: EvidencePatience,
  draft: Draft,
): Promise<void> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  const range = {tail: LOG_LINES, follow: false, stamped: false}
  const content = logs.read(container, range, AbortSignal.any([deadline, signal]))
  draft.files.push(await files.keep(`${container.name}.log`, content))
  if (deadline.aborted)
    draft.problems.push(`${container.name}: the log was cut: it did not come within ${String(seconds)} s`)
}

async function keepInspection(
  {engine}: KeepEvidenceDeps,
  files: RunFiles,
  {id, name}: Container,
  draft: Draft,
): Promise<void> {
  draft.files.push(await files.keep(`${name}.inspect.json`, inspectionText(await engine.inspect(id))))
}

async function orProblem(part: Promise<void>, {name}: Container, {problems}: Draft): Promise<void> {
  try {
    await part
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    problems.push(`${name}: ${error.message}`)
  }
}

/**
 * Keeps what the containers know beside the journal before they are removed: their logs, and their inspection, exit codes included.
 * What can't be had is reported, and stops nothing: at that moment the mitigation matters more.
 */
export async function keepEvidence(
  deps: KeepEvidenceDeps,
  files: RunFiles,
  containers: readonly Container[],
  patience: EvidencePatience,
): Promise<KeptEvidence> {
  const draft: Draft = {files: [], problems: []}
  for (const container of containers) {
    if (patience.signal.aborted) break
    await orProblem(keepLog(deps, files, container, patience, draft), container, draft)
    await orProblem(keepInspection(deps, files, container, draft), container, draft)
  }
  return draft
}
