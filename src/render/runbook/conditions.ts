import type {ConditionReading} from '../../domain/journal/events.js'
import type {Style} from '../text/style.js'
import {RUN} from '../words/en/run.js'

/** Each condition of `resolved`, as it was last seen. */
export function conditionLines(conditions: readonly ConditionReading[], style: Style): readonly string[] {
  return conditions.map(({condition, state, detail}) => {
    const icon = {true: style.good('✔'), false: style.bad('✖'), unknown: style.warn('?')}[state]
    return `  ${icon} ${condition.replaceAll(/\s+/g, ' ')} ${style.dim(RUN.reason(detail))}`
  })
}
