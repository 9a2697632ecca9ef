import type {SilenceReport, UnsilenceReport} from '../../domain/alerts/silence-report.js'
import {matcherText} from '../../domain/promql/matcher.js'
import type {Result} from '../../domain/result.js'
import {span} from '../../domain/time/span.js'
import type {App} from '../app/app-ports.js'
import {recorded} from './recorded.js'

/** The same result, once the silence is in the timeline of what is open. */
export async function silenceRecorded(app: App, result: Result<SilenceReport>): Promise<Result<SilenceReport>> {
  const {silenceId, plan} = result.data
  const {matchers, durationSeconds, comment} = plan
  const text = `${matchers.map(matcherText).join(', ')} for ${span(durationSeconds)}: ${comment}`
  const happenedAt = (await app.clock()).now().toISOString()
  const event = {kind: 'alerts.silenced', happenedAt, silence: silenceId ?? '', text} as const
  return recorded(app, result, silenceId === null ? [] : [event])
}

/** Likewise, of silences that were ended. */
export async function unsilenceRecorded(app: App, result: Result<UnsilenceReport>): Promise<Result<UnsilenceReport>> {
  const {silences, ended} = result.data
  const happenedAt = (await app.clock()).now().toISOString()
  const events = silences
    .filter(({id}) => ended.includes(id))
    .map(({id, matchers}) => {
      const text = matchers.map(matcherText).join(', ')
      return {kind: 'alerts.unsilenced', happenedAt, silence: id, text} as const
    })
  return recorded(app, result, events)
}
