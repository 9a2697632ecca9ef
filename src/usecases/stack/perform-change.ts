import type {Result} from '../../domain/result.js'
import {type ErrorCode, FaciError} from '../../domain/errors.js'
import type {ChangeEvent} from '../../domain/stack/change-event.js'
import {changeCommand, containersToLose} from '../../domain/stack/change-plan.js'
import type {ChangeReport, ComposeOutcome, ServiceOutcome} from '../../domain/stack/change-report.js'
import type {Container} from '../../domain/stack/container.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import type {ActVerdict} from '../../domain/verdict.js'
import type {Compose} from '../../ports/compose.js'
import type {ImageTags} from '../../ports/image-tags.js'
import type {JournalWriter, RunFiles} from '../../ports/journal.js'
import type {Progress} from '../../ports/progress.js'
import {awaitServices} from './await-services.js'
import type {AwaitServicesDeps} from './await-services.js'
import type {HeldRight} from './enter-lease.js'
import {EVIDENCE_SECONDS, keepEvidence} from './keep-evidence.js'
import type {KeptEvidence} from './keep-evidence.js'
import {keepImages, type KeptImages} from './keep-images.js'
import type {PlannedChange} from './plan-change.js'

export interface PerformChangeDeps extends AwaitServicesDeps {
  readonly compose: Compose
  readonly images: ImageTags
  readonly progress: Progress
}

export interface WaitInput {
  readonly endpoints: readonly HealthEndpoint[]
  /** `--wait`. */
  readonly waitSeconds: number
}

export interface PerformChangeInput extends WaitInput {
  readonly planned: PlannedChange
  readonly right: HeldRight
  readonly journal: JournalWriter<ChangeEvent> & RunFiles
  readonly signal: AbortSignal
}

interface Ended {
  readonly verdict: ActVerdict
  readonly reason: string | null
  readonly compose: ComposeOutcome | null
  readonly services: readonly ServiceOutcome[]
  readonly images: KeptImages
}

async function saveEvidence(deps: PerformChangeDeps, input: PerformChangeInput): Promise<KeptEvidence> {
  const {planned, journal} = input
  const doomed = containersToLose(planned.plan.change, planned.containers)
  if (doomed.length === 0) return {files: [], problems: []}
  const task = deps.progress.start('Keep logs and inspection of what will be removed')
  const evidence = await keepEvidence(deps, journal, doomed, {seconds: EVIDENCE_SECONDS, signal: input.signal})
  await journal.append({kind: 'evidence.kept', ...evidence}, true)
  task.done(`Kept logs and inspection: ${evidence.files.length} files`)
  return evidence
}

async function saveImages(
  deps: PerformChangeDeps,
  {planned: {plan}, journal}: PerformChangeInput,
  containers: readonly Container[],
): Promise<KeptImages> {
  const services = plan.services.map(({service}) => service)
  const reverting = plan.change.kind === 'revert'
  const images = await keepImages(deps.images, {project: plan.project, services, containers, reverting})
  for (const image of images.kept) await journal.append({kind: 'image.kept', image}, true)
  return images
}

/** What the services run once Compose has ended, whatever it came to. */
async function saveReplacedImages(deps: PerformChangeDeps, input: PerformChangeInput): Promise<KeptImages> {
  try {
    return await saveImages(deps, input, await deps.engine.containers(input.planned.plan.project))
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted') throw error
    return {kept: [], problems: [`Images replaced were not kept: ${error.message}`]}
  }
}

async function runCompose(deps: PerformChangeDeps, input: PerformChangeInput): Promise<ComposeOutcome> {
  const {plan} = input.planned
  input.signal.throwIfAborted()
  await input.right.recheck()
  await input.journal.append({kind: 'change.started', command: plan.command}, true)
  const title = `Compose ${changeCommand(plan.change).slice(1).join(' ')}`
  const task = deps.progress.start(title)
  try {
    const outcome = await deps.compose.apply(plan.change, task.output, input.signal)
    if (outcome.ok) task.done()
    else task.fail(`${title}: exit code ${outcome.exitCode ?? 'none'}`)
    await input.journal.append({kind: 'change.finished', outcome}, true)
    return outcome
  } catch (error) {
    task.fail(`${title}: ${error instanceof FaciError ? error.message : 'failed'}`)
    throw error
  }
}

async function waitForServices(deps: PerformChangeDeps, input: PerformChangeInput): Promise<readonly ServiceOutcome[]> {
  const {plan} = input.planned
  const running = plan.services.some(({expected}) => expected === 'running')
  const task = deps.progress.start(running ? 'Wait until healthy' : 'Wait until it is done')
  const wanted = {
    project: plan.project,
    services: plan.services,
    endpoints: input.endpoints,
    timeoutSeconds: input.waitSeconds,
  }
  try {
    const services = await awaitServices(deps, wanted, task.note, input.signal)
    const left = services.filter(({state}) => state !== 'ready')
    if (left.length === 0) task.done(running ? 'Healthy' : 'Done')
    else task.fail(left.map(({service, detail}) => `${service}: ${detail}`).join('; '))
    return services
  } catch (error) {
    task.fail('Interrupted')
    throw error
  }
}

const VERDICT_OF_ERROR: Readonly<Partial<Record<ErrorCode, ActVerdict>>> = {locked: 'refused', timedOut: 'unknown'}

/** An error is an end too, and belongs into the journal. */
async function journalFailure(journal: PerformChangeInput['journal'], error: unknown): Promise<never> {
  if (error instanceof FaciError) {
    const verdict = VERDICT_OF_ERROR[error.code] ?? 'bad'
    await journal.append({kind: 'change.ended', verdict, reason: error.message, services: []}, true)
  }
  throw error
}

async function act(deps: PerformChangeDeps, input: PerformChangeInput): Promise<Ended> {
  let compose: ComposeOutcome | null = null
  let images: KeptImages = {kept: [], problems: []}
  try {
    compose = await runCompose(deps, input)
    images = await saveReplacedImages(deps, input)
    if (!compose.ok) return {verdict: 'bad', reason: 'Compose failed', compose, services: [], images}
    const services = await waitForServices(deps, input)
    const isThere = services.every(({state}) => state === 'ready')
    const reason = isThere ? null : 'not as wanted in time'
    return {verdict: isThere ? 'ok' : 'bad', reason, compose, services, images}
  } catch (error) {
    const isInterruption = input.signal.aborted || (error instanceof FaciError && error.code === 'interrupted')
    if (!isInterruption) return journalFailure(input.journal, error)
    return {verdict: 'interrupted', reason: 'interrupted', compose, services: [], images}
  }
}

/** Does what was consented to, under the lock, and journals it: nothing is changed before its beginning is on disk. */
export async function performChange(deps: PerformChangeDeps, input: PerformChangeInput): Promise<Result<ChangeReport>> {
  const start = deps.clock.monotonicSeconds()
  const evidence = await saveEvidence(deps, input)
  const before = await saveImages(deps, input, input.planned.containers)
  const {verdict, reason, compose, services, images} = await act(deps, input)
  await input.journal.append({kind: 'change.ended', verdict, reason, services}, true)
  const data: ChangeReport = {
    plan: input.planned.plan,
    dryRun: false,
    refusal: null,
    runId: input.right.runId,
    evidence: evidence.files,
    images: [...before.kept, ...images.kept],
    compose,
    services,
    durationSeconds: deps.clock.monotonicSeconds() - start,
  }
  const lost = evidence.problems.map((problem) => `Evidence not kept: ${problem}`)
  return {verdict, data, warnings: [...lost, ...before.problems, ...images.problems]}
}
