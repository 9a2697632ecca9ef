import type {Result} from '../../domain/result.js'
import {type ErrorCode, FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {ChangeEvent} from '../../domain/change/change-event.js'
import {changeCommand, containersToLose} from '../../domain/change/change-plan.js'
import type {ChangeReport, ComposeOutcome, ServiceOutcome} from '../../domain/change/change-report.js'
import type {Container} from '../../domain/stack/container.js'
import type {ReleasedImage} from '../../domain/stack/kept-image.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import {evidenceProblemText} from '../../domain/change/evidence-problem.js'
import type {LeftBehind} from '../../domain/change/left-behind.js'
import type {ChangeReason} from '../../domain/change/reason.js'
import type {ActVerdict} from '../../domain/verdict.js'
import type {Compose} from '../../ports/compose.js'
import type {ImageTags} from '../../ports/image-tags.js'
import type {Journal, JournalWriter, RunFiles} from '../../ports/journal.js'
import type {Progress} from '../../ports/progress.js'
import {awaitServices} from './await-services.js'
import type {AwaitServicesDeps} from './await-services.js'
import type {HeldRight} from './enter-lease.js'
import {EVIDENCE_SECONDS, keepEvidence} from './keep-evidence.js'
import type {KeptEvidence} from './keep-evidence.js'
import {keepImages, type KeptImages} from './keep-images.js'
import {lastReleased} from './recorded-images.js'
import {recheckImages} from './recheck-images.js'
import {releaseImages} from './release-images.js'
import {lookAtLeftBehind} from './look-at-left-behind.js'
import type {PlannedChange} from './plan-change.js'

export interface PerformChangeDeps extends AwaitServicesDeps {
  readonly compose: Compose
  readonly images: ImageTags
  readonly progress: Progress
  readonly journal: Journal<ChangeEvent>
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
  /** What to add to a command so that it is accepted as this one was. */
  readonly consent: readonly string[]
  readonly signal: AbortSignal
}

interface Ended {
  readonly verdict: ActVerdict
  readonly reason: ChangeReason | null
  readonly compose: ComposeOutcome | null
  readonly services: readonly ServiceOutcome[]
  readonly images: KeptImages
  readonly leftBehind: LeftBehind | null
}

async function saveEvidence(deps: PerformChangeDeps, input: PerformChangeInput): Promise<KeptEvidence> {
  const {planned, journal} = input
  const doomed = containersToLose(planned.plan, planned.containers)
  if (doomed.length === 0) return {files: [], problems: []}
  const task = deps.progress.start('Keep logs and inspection of what will be removed')
  const evidence = await keepEvidence(deps, journal, doomed, {seconds: EVIDENCE_SECONDS, signal: input.signal})
  await journal.append({kind: 'evidence.kept', ...evidence}, true)
  task.done(`Kept logs and inspection: ${evidence.files.length} files`)
  return evidence
}

async function saveImages(
  deps: PerformChangeDeps,
  {planned: {plan, fileImages}, journal}: PerformChangeInput,
  containers: readonly Container[],
): Promise<KeptImages> {
  const {project} = plan
  const services = plan.services.map(({service}) => service)
  const reverting = plan.change.kind === 'revert' ? fileImages : null
  let released: Promise<readonly ReleasedImage[]> | undefined
  const beforeDown = async (service: string): Promise<string | null> => {
    const imageId = (await (released ??= lastReleased(deps.journal, project))).find(
      (one) => one.service === service,
    )?.imageId
    return imageId === undefined ? null : deps.images.find(imageId)
  }
  const images = await keepImages(deps.images, {project, services, containers, reverting, beforeDown})
  for (const image of images.kept) await journal.append({kind: 'image.kept', image}, true)
  return images
}

/** What the services run once Compose has ended, whatever it came to. */
async function saveReplacedImages(deps: PerformChangeDeps, input: PerformChangeInput): Promise<KeptImages> {
  const {project, change, services} = input.planned.plan
  try {
    if (change.kind !== 'down') return await saveImages(deps, input, await deps.engine.containers(project))
    const all = services.map(({service}) => service)
    const images = await releaseImages(deps, project, all)
    if (images.length > 0) await input.journal.append({kind: 'images.released', project, images}, true)
    return {kept: [], problems: []}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {kept: [], problems: [`Images replaced were not kept: ${error.message}`]}
  }
}

/** Nothing is changed before its beginning is on disk. */
async function begin(deps: PerformChangeDeps, {planned, right, journal, signal}: PerformChangeInput): Promise<void> {
  signal.throwIfAborted()
  await right.recheck()
  await recheckImages(deps.images, planned.startsKept, planned.plan.change)
  await journal.append({kind: 'change.started', command: planned.plan.command}, true)
}

async function runCompose(deps: PerformChangeDeps, input: PerformChangeInput): Promise<ComposeOutcome> {
  const {plan} = input.planned
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
    else task.fail(left.map(({service, reason}) => `${service}: ${deps.words.readiness(reason)}`).join('; '))
    return services
  } catch (error) {
    task.fail('Interrupted')
    throw error
  }
}

const VERDICT_OF_ERROR: Readonly<Partial<Record<ErrorCode, ActVerdict>>> = {locked: 'refused', refused: 'refused'}

/** An error is an end too, and belongs into the journal. */
async function journalFailure(journal: PerformChangeInput['journal'], error: unknown): Promise<never> {
  if (error instanceof FaciError) {
    const verdict = VERDICT_OF_ERROR[error.code] ?? 'bad'
    await journal.append(
      {kind: 'change.ended', verdict, reason: {why: 'error', text: error.message}, services: []},
      true,
    )
  }
  throw error
}

/** An end that is none of Compose's own: it was interrupted, or took too long. */
function cutShort(signal: AbortSignal, error: unknown): Pick<Ended, 'verdict' | 'reason'> | null {
  if (signal.aborted) return {verdict: 'interrupted', reason: {why: 'interrupted'}}
  if (!(error instanceof FaciError)) return null
  if (error.code === 'interrupted') return {verdict: 'interrupted', reason: {why: 'interrupted'}}
  return error.code === 'timedOut' ? {verdict: 'unknown', reason: {why: 'error', text: error.message}} : null
}

/** Nothing is told of a change that Compose has carried out, unless something lies about. */
async function lookAfter(
  deps: PerformChangeDeps,
  {planned, consent}: PerformChangeInput,
  {compose, verdict}: Pick<Ended, 'compose' | 'verdict'>,
): Promise<LeftBehind | null> {
  const left = await lookAtLeftBehind(deps, planned, consent)
  const mayBeHalfDone = compose === null && verdict !== 'bad'
  return mayBeHalfDone || left.found.length > 0 ? left : null
}

/** What was not seen is no failure of the service, unless another one was seen to fail. */
function arrived(services: readonly ServiceOutcome[]): Pick<Ended, 'verdict' | 'reason'> {
  const left = services.filter(({state}) => state !== 'ready')
  if (left.length === 0) return {verdict: 'ok', reason: null}
  if (left.some(({state}) => state !== 'unknown')) return {verdict: 'bad', reason: {why: 'notInTime'}}
  return {verdict: 'unknown', reason: {why: 'notSeen', services: left.map(({service}) => service)}}
}

async function act(deps: PerformChangeDeps, input: PerformChangeInput): Promise<Ended> {
  let compose: ComposeOutcome | null = null
  let images: KeptImages = {kept: [], problems: []}
  let isBegun = false
  try {
    await begin(deps, input)
    isBegun = true
    compose = await runCompose(deps, input)
    images = await saveReplacedImages(deps, input)
    if (!compose.ok) {
      const leftBehind = await lookAfter(deps, input, {compose, verdict: 'bad'})
      return {verdict: 'bad', reason: {why: 'composeFailed'}, compose, services: [], images, leftBehind}
    }
    const services = await waitForServices(deps, input)
    return {...arrived(services), compose, services, images, leftBehind: null}
  } catch (error) {
    const cut = cutShort(input.signal, error)
    if (cut === null) return await journalFailure(input.journal, error)
    const leftBehind = isBegun ? await lookAfter(deps, input, {compose, verdict: cut.verdict}) : null
    return {...cut, compose, services: [], images, leftBehind}
  }
}

/** Does what was consented to, under the lock, and journals it: nothing is changed before its beginning is on disk. */
export async function performChange(deps: PerformChangeDeps, input: PerformChangeInput): Promise<Result<ChangeReport>> {
  const start = deps.clock.monotonicSeconds()
  const evidence = await saveEvidence(deps, input)
  const before = await saveImages(deps, input, input.planned.containers)
  const {verdict, reason, compose, services, images, leftBehind} = await act(deps, input)
  await input.journal.append({kind: 'change.ended', verdict, reason, services, leftBehind}, true)
  const data: ChangeReport = {
    plan: input.planned.plan,
    dryRun: false,
    refusal: null,
    runId: input.right.runId,
    evidence: evidence.files,
    images: [...before.kept, ...images.kept],
    compose,
    services,
    leftBehind,
    durationSeconds: deps.clock.monotonicSeconds() - start,
  }
  const lost = evidence.problems.map((problem) => `Evidence not kept: ${evidenceProblemText(problem)}`)
  const cut = verdict === 'unknown' && reason !== null ? [deps.words.ended(reason)] : []
  return {verdict, data, warnings: [...cut, ...lost, ...before.problems, ...images.problems]}
}
