import type {OverrideReport} from '../../domain/oncall/override-report.js'
import type {Result} from '../../domain/result.js'
import type {App} from '../app/app-ports.js'
import {recorded} from './recorded.js'

/** The same result, once the timeline of what is open says who is on call instead of whom. */
export async function shiftRecorded(app: App, result: Result<OverrideReport>): Promise<Result<OverrideReport>> {
  const {id, plan, unlike} = result.data
  if (id === null) return result
  const {act, changes} = plan
  const happenedAt = (await app.clock()).now().toISOString()
  const isAsPlanned = unlike.length === 0
  return recorded(app, result, [{kind: 'oncall.changed', happenedAt, act, override: id, changes, isAsPlanned}])
}
