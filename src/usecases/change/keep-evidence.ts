import {FaciError} from '../../domain/errors.js'
import type {EvidenceProblem} from '../../domain/change/evidence-problem.js'
import {inspectedSecrets} from '../../domain/stack/inspected-secrets.js'
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
  readonly problems: readonly EvidenceProblem[]
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
  /** Hidden in these files, and nowhere else: of a stack whose password is `postgres`, the journal must still say so of its service. */
  readonly secrets: Set<string>
  readonly files: string[]
  readonly problems: EvidenceProblem[]
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
  draft.files.push(await files.keep(`${container.name}.log`, content, [...draft.secrets]))
  if (deadline.aborted) draft.problems.push({why: 'logCut', container: container.name, seconds})
}

async function orProblem<T>(part: Promise<T>, {name}: Container, {problems}: Draft): Promise<T | null> {
  try {
    return await part
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    problems.push({why: 'notKept', container: name, text: error.message})
    return null
  }
}

/** Words that stand in any log and any inspection, whose password ever they are; in lower case. */
function namesOf(containers: readonly Container[]): ReadonlySet<string> {
  const names = containers.flatMap(({project, service, name, image, workingDirectory}) => [
    ...[project, service, name, image],
    ...image.split(/[/:@]/),
    ...(workingDirectory ?? '').split('/'),
  ])
  return new Set(names.map((name) => name.toLowerCase()))
}

/** Of each container, in their order; one may have logged what is the secret of another. */
async function inspectAll(
  deps: KeepEvidenceDeps,
  containers: readonly Container[],
  {signal}: EvidencePatience,
  draft: Draft,
): Promise<readonly string[]> {
  const texts: string[] = []
  const names = namesOf(containers)
  for (const container of containers) {
    if (signal.aborted) break
    const inspection = await orProblem(deps.engine.inspect(container.id), container, draft)
    if (inspection === null) draft.problems.push({why: 'secretsUnknown', container: container.name})
    for (const secret of inspectedSecrets(inspection)) if (!names.has(secret.toLowerCase())) draft.secrets.add(secret)
    texts.push(inspection === null ? '' : inspectionText(inspection))
  }
  return texts
}

async function keepInspection(files: RunFiles, {name}: Container, text: string, draft: Draft): Promise<void> {
  draft.files.push(await files.keep(`${name}.inspect.json`, text, [...draft.secrets]))
}

/**
 * Keeps what the containers know beside the journal before they are removed: their logs, and their inspection, exit codes included.
 * Every inspection is read before anything is written, so that no secret of a container that is in it is in a log that is kept.
 * What can't be had is reported, and stops nothing: at that moment the mitigation matters more.
 */
export async function keepEvidence(
  deps: KeepEvidenceDeps,
  files: RunFiles,
  containers: readonly Container[],
  patience: EvidencePatience,
): Promise<KeptEvidence> {
  const draft: Draft = {secrets: new Set(), files: [], problems: []}
  const inspections = await inspectAll(deps, containers, patience, draft)
  for (const [index, container] of containers.entries()) {
    if (patience.signal.aborted) break
    await orProblem(keepLog(deps, files, container, patience, draft), container, draft)
    const text = inspections[index] ?? ''
    if (text !== '') await orProblem(keepInspection(files, container, text, draft), container, draft)
  }
  return {files: draft.files, problems: draft.problems}
}
