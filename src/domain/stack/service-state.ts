import {type StateVerdict, worstState} from '../verdict.js'
import {type ContainerVerdict, hasEnded, judgeContainer} from './container-state.js'
import type {Container} from './container.js'
import {type ExpectedService, mayContainerFinish} from './expected-service.js'
import type {ServiceReason} from './reason.js'
import {startCommand, unpauseCommand} from './next-command.js'
import {rejoinCommand} from './shared-network.js'
import {command} from '../text/shell-command.js'

export interface ServiceState {
  readonly service: string
  readonly verdict: StateVerdict
  readonly containers: readonly Container[]
  /** How many containers the Compose file asks for; null when it does not know the service, or cannot be read. */
  readonly wanted: number | null
  /** Why it is not healthy; of a job that is done: that it is. */
  readonly reasons: readonly ServiceReason[]
  /** What to type about it; null when nothing is to be done. */
  readonly next: string | null
}

export interface ServiceSurvey {
  readonly containers: readonly Container[]
  /** What the Compose file wants; null when it cannot be told. */
  readonly expected: readonly ExpectedService[] | null
  /** Services whose entry of `health:` answers as healthy. */
  readonly answering: ReadonlySet<string>
  /** Ids of containers that ended because somebody stopped them, where that matters. */
  readonly stopped?: ReadonlySet<string>
  readonly now: Date
}

const MISSING: StateVerdict = 'down'
const BAD: ReadonlySet<StateVerdict | undefined> = new Set(['down', 'degraded'])

function missing({service, replicas}: ExpectedService): ServiceState {
  const reasons = [{why: 'noContainer'} as const]
  return {service, verdict: MISSING, containers: [], wanted: replicas, reasons, next: command`faci up ${service}`}
}

/** All bad is down; some bad while others are seen to serve is degraded. */
function worstOfSome(verdicts: readonly StateVerdict[]): StateVerdict {
  const worst = worstState(verdicts)
  const serves = verdicts.includes('healthy') || verdicts.includes('degraded')
  return worst === 'down' && serves ? 'degraded' : worst
}

/** A job that came to its end as wanted: it serves nothing any more. */
function isDone({verdict, containers}: ServiceState): boolean {
  return verdict === 'healthy' && hasEnded(containers)
}

/** A container that is gone is brought up; one that is there tells why in its log, unless somebody has paused or stopped it. */
function nextFor(
  service: string,
  containers: readonly Container[],
  judged: readonly ContainerVerdict[],
  tooFew: number | null,
): string | null {
  const bad = containers.filter((_, index) => BAD.has(judged[index]?.verdict))
  if (bad.length > 0)
    return (
      unpauseCommand(bad) ??
      rejoinCommand(service, bad) ??
      startCommand(service, bad) ??
      command`faci logs ${service} --tail 50`
    )
  return tooFew === null ? null : command`faci scale ${service}=${String(tooFew)}`
}

/** All that is wrong with a service; of a job that is done, that it is. */
function reasonsOf(
  containers: readonly Container[],
  judged: readonly ContainerVerdict[],
  tooFew: number | null,
): readonly ServiceReason[] {
  const few: readonly ServiceReason[] =
    tooFew === null ? [] : [{why: 'tooFewContainers', containers: containers.length, wanted: tooFew}]
  const each = containers.flatMap(({replica}, index): readonly ServiceReason[] => {
    const reason = judged[index]?.reason ?? null
    return reason === null ? [] : [{why: 'container', replica, reason}]
  })
  const reasons = [...few, ...each]
  return reasons.length === 0 && hasEnded(containers) ? [{why: 'finished'}] : reasons
}

function stateOf(service: string, containers: readonly Container[], survey: ServiceSurvey): ServiceState {
  const expected = survey.expected?.find((one) => one.service === service) ?? null
  // A probe reaches one replica; that the others serve too is for Docker's health check to say.
  const answers = survey.answering.has(service) && containers.length === 1
  const judged = containers.map((container) => {
    const ends = mayContainerFinish(container, survey.expected, survey.stopped ?? new Set())
    return judgeContainer(container, {now: survey.now, mayFinish: ends, answers})
  })
  const tooFew = expected !== null && containers.length < expected.replicas ? expected.replicas : null
  return {
    service,
    verdict: worstOfSome([...judged.map(({verdict}) => verdict), ...(tooFew === null ? [] : [MISSING])]),
    containers,
    wanted: expected?.replicas ?? null,
    reasons: reasonsOf(containers, judged, tooFew),
    next: nextFor(service, containers, judged, tooFew),
  }
}

const TROUBLE_FIRST: readonly StateVerdict[] = ['down', 'degraded', 'unknown', 'healthy']

/** Every service that has containers or should have some: what is missing first, then what is in trouble, each by name. */
export function serviceStates(survey: ServiceSurvey): readonly ServiceState[] {
  const {containers, expected} = survey
  const present = [...new Set(containers.map(({service}) => service))]
  const absent = (expected ?? []).filter(({service, replicas}) => replicas > 0 && !present.includes(service))
  const states = present.map((service) =>
    stateOf(
      service,
      containers.filter((container) => container.service === service),
      survey,
    ),
  )
  const rank = ({verdict}: ServiceState): number => TROUBLE_FIRST.indexOf(verdict)
  return [...absent.map(missing), ...states.toSorted((one, other) => rank(one) - rank(other))]
}

/** The verdict on all of them; without any there is nothing that serves, if something should. What should be there but cannot be told is unknown. */
export function verdictOfServices(states: readonly ServiceState[], expected: ServiceSurvey['expected']): StateVerdict {
  if (states.length === 0) return expected === null ? 'unknown' : 'down'
  const lasting = states.filter((state) => !isDone(state))
  const verdict = worstOfSome((lasting.length === 0 ? states : lasting).map((state) => state.verdict))
  return verdict === 'healthy' && expected === null ? 'unknown' : verdict
}
