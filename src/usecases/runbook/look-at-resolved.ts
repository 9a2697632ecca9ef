import type {Detail} from '../../domain/journal/detail.js'
import type {ConditionReading} from '../../domain/journal/events.js'
import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import {type Expectation, meets} from '../../domain/runbook/expectation.js'
import type {Condition} from '../../domain/runbook/runbook.js'
import {singleValue} from '../../domain/promql/single-value.js'
import {fillPromql} from '../../domain/runbook/promql-template.js'
import {fillUrl} from '../../domain/runbook/template.js'
import type {HealthEndpoint, ProbeOutcome} from '../../domain/stack/health.js'
import type {ProbeReason} from '../../domain/stack/reason.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {Http} from '../../ports/http.js'
import type {InstantAnswer, Metrics} from '../../ports/metrics.js'
import {noAnswer, probeOnce} from '../stack/probe-health.js'

export interface LookDeps {
  readonly http: Http
  readonly prober: HealthProber
  readonly metrics: Metrics | null
}

export interface LookInput {
  readonly conditions: readonly Condition[]
  readonly endpoints: readonly HealthEndpoint[]
  readonly values: Readonly<Record<string, string>>
}

const HTTP_TIMEOUT_SECONDS = 5

type Seen = Omit<ConditionReading, 'condition'>

function unknown(detail: Detail): Seen {
  return {state: 'unknown', detail}
}

/** What was not answered; of a certificate, that which can be said in any language. */
function detailOf(reason: ProbeReason): Detail {
  return reason.why === 'noAnswer' ? {why: 'error', text: reason.message} : reason
}

/** Nobody answering is an answer here: what is asked is whether it works. Finding no way there is none. */
async function orUnanswered(look: Promise<Seen>): Promise<Seen> {
  try {
    return await look
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {state: error.code === 'noRoute' ? 'unknown' : 'false', detail: detailOf(noAnswer(error))}
  }
}

const STATE_OF: Readonly<Record<ProbeOutcome, Seen['state']>> = {
  healthy: 'true',
  degraded: 'false',
  failing: 'false',
  unreachable: 'false',
  unknown: 'unknown',
}

async function seeHealth({prober}: LookDeps, name: string, endpoints: readonly HealthEndpoint[]): Promise<Seen> {
  const endpoint = endpoints.find((candidate) => candidate.name === name)
  if (endpoint === undefined) return unknown({why: 'noEndpoint'})
  const {outcome, reason} = await probeOnce(prober, endpoint)
  return {state: STATE_OF[outcome], detail: reason === null ? {why: 'healthy'} : detailOf(reason)}
}

async function seeHttp({http}: LookDeps, url: string, expect: Expectation): Promise<Seen> {
  const {status} = await http.send({method: 'GET', url, headers: {}, timeoutSeconds: HTTP_TIMEOUT_SECONDS})
  return {state: meets(expect, status), detail: measured(`HTTP ${String(status)}`, expect)}
}

export function measured(got: string, {text: expected}: Expectation): Detail {
  return {why: 'measured', got, expected}
}

type Unclear = Exclude<ReturnType<typeof singleValue>, {readonly kind: 'value'}>

/** Why a query has no one value. */
export function unclear(single: Unclear): Detail {
  if (single.kind === 'several') return {why: 'severalSamples', samples: single.samples, labels: single.labels}
  return {why: single.kind === 'none' ? 'noData' : 'notANumber'}
}

/** What a query says about an expectation; partial data says nothing. */
export function judgeAnswer(
  answer: InstantAnswer,
  expect: Expectation,
  captures: Readonly<Record<string, string>>,
): Seen {
  const [warning] = answer.warnings
  if (warning !== undefined) return unknown({why: 'unreliable', warning})
  const single = singleValue(answer.samples)
  if (single.kind !== 'value') return unknown(unclear(single))
  const {value} = single
  return {state: meets(expect, value, captures), detail: measured(String(value), expect)}
}

async function seeQuery(
  {metrics}: LookDeps,
  {expression, placeholders, expect}: Extract<Condition, {kind: 'promql'}>,
  values: LookInput['values'],
): Promise<Seen> {
  if (metrics === null) return unknown({why: 'noPrometheus'})
  const filled = fillPromql(expression, placeholders, values)
  if (!filled.ok) return unknown({why: 'notFilled', problems: filled.problems})
  try {
    return judgeAnswer(await metrics.query(filled.text), expect, values)
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return unknown({why: 'error', text: error.message})
  }
}

async function see(deps: LookDeps, condition: Condition, input: LookInput): Promise<ConditionReading> {
  switch (condition.kind) {
    case 'health':
      return {condition: `health ${condition.name}`, ...(await seeHealth(deps, condition.name, input.endpoints))}
    case 'http': {
      const filled = fillUrl(condition.url, input.values)
      const seen = filled.ok
        ? await orUnanswered(seeHttp(deps, filled.text, condition.expect))
        : unknown({why: 'notFilled', problems: filled.problems})
      return {condition: `http ${condition.url}`, ...seen}
    }
    case 'promql': {
      const seen = await seeQuery(deps, condition, input.values)
      return {condition: `promql ${condition.expression.trim()}`, ...seen}
    }
  }
}

/** Looks at all conditions at once. */
export function lookAtConditions(deps: LookDeps, input: LookInput): Promise<readonly ConditionReading[]> {
  return Promise.all(input.conditions.map((condition) => see(deps, condition, input)))
}
