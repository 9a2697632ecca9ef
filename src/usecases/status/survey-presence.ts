import {FaciError} from '../../domain/errors.js'
import type {Cause} from '../../domain/status/cause.js'
import {causesOf} from '../../domain/status/causes.js'
import type {HealthEndpoint} from '../../domain/stack/health.js'
import {NOT_CONFIGURED, type Section} from '../../domain/section.js'
import {type StateVerdict, worstState} from '../../domain/verdict.js'
import type {HealthProber} from '../../ports/health-prober.js'
import {probeHealth} from '../stack/probe-health.js'
import {runbooksFor} from './status-scope.js'
import {
  type SurveyedServices,
  surveyServices,
  type SurveyServicesDeps,
  type SurveyServicesInput,
} from './survey-services.js'

export interface SurveyPresenceDeps extends SurveyServicesDeps {
  readonly prober: HealthProber
}

export interface SurveyPresenceInput extends SurveyServicesInput {
  readonly endpoints: readonly HealthEndpoint[]
}

export interface SurveyedPresence {
  /** That of `status`, as far as containers and health endpoints go. */
  readonly verdict: StateVerdict
  readonly causes: readonly Cause[]
  /** Or why the engine cannot be asked. */
  readonly services: SurveyedServices | FaciError
  readonly warnings: readonly string[]
}

function read<T>(value: T, verdict: StateVerdict): Section<T> {
  return {kind: 'read', value, verdict}
}

const UNSEEN = {absent: null, alertDoubts: [], signals: NOT_CONFIGURED, alerts: NOT_CONFIGURED}
const REST = {...UNSEEN, lock: NOT_CONFIGURED, undelivered: NOT_CONFIGURED}

/** Whether it is there and answers, for screens that show something else: they must not say healthy where `status` does not. */
export async function surveyPresence(deps: SurveyPresenceDeps, input: SurveyPresenceInput): Promise<SurveyedPresence> {
  const endpoints = input.endpoints.filter(({name}) => input.services.length === 0 || input.services.includes(name))
  const probing = probeHealth(deps, {endpoints, count: 1, intervalSeconds: 0})
  const healthy = probing.then(({data}) => data.endpoints.filter(({verdict}) => verdict === 'healthy'))
  const answering = healthy.then((found) => new Set(found.map(({name}) => name)))
  const [{data}, asked] = await Promise.all([probing, orUnreachable(surveyServices(deps, input, answering))])
  const seen = asked instanceof FaciError ? null : asked
  const services: Section<SurveyedServices['states']> =
    asked instanceof FaciError
      ? {kind: 'unknown', reason: asked.message, verdict: 'unknown'}
      : read(asked.states, asked.verdict)
  const health = read(data.endpoints, 'unknown')
  const verdict = worstState([seen?.verdict ?? 'unknown', ...data.endpoints.map((endpoint) => endpoint.verdict)])
  const runbooks = await runbooksFor(deps.runbooks, verdict)
  return {
    verdict,
    causes: causesOf({...REST, absent: seen?.absent ?? null, services, health}, runbooks),
    services: asked,
    warnings: seen?.warnings ?? [],
  }
}

/** A service that nobody knows is a mistake of whoever asked; an engine that cannot be asked is an answer. */
async function orUnreachable(asked: Promise<SurveyedServices>): Promise<SurveyedServices | FaciError> {
  try {
    return await asked
  } catch (error) {
    if (!(error instanceof FaciError) || error.code === 'interrupted' || error.code === 'notFound') throw error
    return error
  }
}
