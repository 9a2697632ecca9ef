import {FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import {type Absence, absenceOf} from '../../domain/stack/compose-project.js'
import {wasStopped} from '../../domain/stack/container-event.js'
import type {Container} from '../../domain/stack/container.js'
import {perhapsStopped} from '../../domain/stack/expected-service.js'
import {nextCommand} from '../../domain/stack/next-command.js'
import {type ServiceState, serviceStates, verdictOfServices} from '../../domain/stack/service-state.js'
import {closest} from '../../domain/text/did-you-mean.js'
import type {StateVerdict} from '../../domain/verdict.js'
import type {Clock} from '../../ports/clock.js'
import type {ComposeModel, StackModel} from '../../ports/compose.js'
import type {Engine} from '../../ports/engine.js'
import type {Library} from '../../ports/library.js'
import {runbooksFor} from './status-scope.js'
import {command, shellCommand} from '../../domain/text/shell-command.js'

export interface SurveyServicesDeps {
  readonly engine: Engine
  readonly stackModel: StackModel
  readonly clock: Clock
  readonly runbooks: Library['list']
}

export interface SurveyServicesInput {
  readonly project: string
  /** The checkout of the Compose file. */
  readonly directory: string
  /** Only these; all when empty. */
  readonly services: readonly string[]
}

export interface SurveyedServices {
  readonly states: readonly ServiceState[]
  readonly verdict: StateVerdict
  /** Of the whole project. */
  readonly containers: readonly Container[]
  /** null when the project has containers. */
  readonly absent: Absence | null
  readonly warnings: readonly string[]
}

/** Passes on an interruption; anything else says why it cannot be told. */
async function orReason<T>(asked: Promise<T>): Promise<T | FaciError> {
  try {
    return await asked
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return error
  }
}

function refuseUnknown(services: readonly string[], states: readonly ServiceState[], model: ComposeModel | null): void {
  const known = [...new Set([...states.map(({service}) => service), ...(model?.services ?? [])])].sort()
  const unknown = services.find((service) => !known.includes(service))
  if (unknown === undefined) return
  const guess = closest(unknown, known)
  const suggestion = guess === null ? `services: ${known.join(', ')}` : command`faci status ${guess}`
  throw new FaciError('notFound', `this project has no service ${unknown}`, {suggestions: [suggestion]})
}

/** Services that have containers, and the Compose file does not have them, under no profile either: what they do is nobody's wish. */
function orphansOf(states: readonly ServiceState[], model: ComposeModel | null): readonly ServiceState[] {
  if (model === null) return []
  const known = new Set([...model.services, ...model.profiled])
  return states.filter(({service}) => !known.has(service))
}

function orphanText({service, containers}: ServiceState): string {
  const names = containers.map(({name}) => name)
  const are = names.length === 1 ? 'is an orphan' : 'are orphans'
  return `${names.join(', ')} ${are}: the Compose file has no service ${service}, so it is not judged; to remove: ${shellCommand(['docker', 'rm', '--force', ...names])}`
}

/** How long before its end somebody may have asked for it: Docker waits 10 s for a container, or as long as it is told to. */
const ASKED_BEFORE_SECONDS = 600

/** Those that somebody stopped, of those that may as well have come to their end. */
async function stoppedOf(
  {engine, clock}: SurveyServicesDeps,
  project: string,
  doubtful: readonly Container[],
): Promise<ReadonlySet<string>> {
  const ends = doubtful.flatMap(({finishedAt}) => (finishedAt === null ? [] : [Date.parse(finishedAt)]))
  if (ends.length === 0) return new Set()
  const since = new Date(Math.min(...ends) - ASKED_BEFORE_SECONDS * 1000)
  const events = await orReason(engine.events(project, since, clock.now()))
  if (events instanceof FaciError) return new Set()
  return new Set(doubtful.filter((container) => wasStopped(container, events)).map(({id}) => id))
}

/**
 * Whether what the Compose file wants is there and well: the one answer that `status`, `doctor`, `stats`, `check` and the dashboard
 * give. `answering` are services that a probe of faci's own found healthy. Errors: those of the engine; `notFound`.
 */
export async function surveyServices(
  deps: SurveyServicesDeps,
  {project, directory, services}: SurveyServicesInput,
  answering: Promise<ReadonlySet<string>> = Promise.resolve(new Set()),
): Promise<SurveyedServices> {
  const {engine, stackModel, clock, runbooks} = deps
  const [all, asked, probed] = await Promise.all([engine.containers(project), orReason(stackModel.model()), answering])
  const model = asked instanceof FaciError ? null : asked
  const expected = model?.expected ?? null
  const stopped = await stoppedOf(deps, project, perhapsStopped(all, expected))
  const every = serviceStates({containers: all, expected, answering: probed, stopped, now: clock.now()})
  refuseUnknown(services, every, model)
  const orphans = orphansOf(every, model)
  const isAsked = (state: ServiceState): boolean =>
    services.length === 0 ? !orphans.includes(state) : services.includes(state.service)
  const states = every.filter(isAsked)
  const verdict = verdictOfServices(states, expected)
  const listed = await runbooksFor(runbooks, verdict)
  const wanted = {project, directory, services: model?.services ?? []}
  return {
    states: states.map((state) => ({...state, next: nextCommand(state, listed)})),
    verdict,
    containers: all,
    absent: all.length === 0 ? absenceOf(wanted, await engine.projects()) : null,
    warnings:
      asked instanceof FaciError
        ? [`cannot tell which services should run: ${asked.message}`]
        : orphans.map(orphanText),
  }
}
