import {promDuration} from '../../../domain/promql/promql.js'
import type {SloNote} from '../../../domain/slo/slo-note.js'
import type {SloRules} from '../../../domain/slo/slo-rule-set.js'
import {span} from '../../../domain/time/span.js'
import {worded, type WordsFor} from '../worded.js'

/** Two digits, unless they would make a rate below 1 one of 1. */
function rate(value: number): string {
  const short = Number(value.toPrecision(2))
  return String(short < 1 ? short : value)
}

const NOTE: WordsFor<SloNote> = {
  noBucket: ({histogram, thresholdSeconds}) =>
    `no bucket of ${histogram} ends at ${String(thresholdSeconds)} s: choose a threshold that is a bound`,
  impossibleCounts: ({part, side, total}) =>
    `impossible counts: ${String(part ?? 'none')} ${side} of ${String(total ?? 'none')}; check the indicator`,
  noErrorSeries: 'no error series matched: none yet, or a wrong matcher',
  warned: ({text}) => `Prometheus: ${text}`,
  notKept: ({keptSeconds, windowSeconds, coveredSeconds}) =>
    `Prometheus keeps ${span(keptSeconds)}: of the window of ${span(windowSeconds)} ${span(coveredSeconds)} can be there`,
  measuredTooShort: ({measuredSeconds, windowSeconds}) =>
    `measured for only ${span(measuredSeconds)} of ${span(windowSeconds)}`,
  neverFires: ({tierSeconds, factor, budget, threshold}) =>
    `the ${promDuration(tierSeconds)} tier can never fire: ${String(factor)} × ${String(budget)} is an error ratio of ${String(threshold)}, and none is above 1`,
  firesBelowOne: ({tierSeconds, factor, windowSeconds}) =>
    `the ${promDuration(tierSeconds)} tier is left out: over ${promDuration(windowSeconds)} it would fire at a burn rate of ${rate(factor)}, below 1`,
  fewEvents: ({tierSeconds, events, fewest}) =>
    `${String(events)} events in ${promDuration(tierSeconds)}: a single bad one trips that tier, which needs ${String(fewest)}`,
  noTests: 'no tests: no series can be made up that its indicator counts',
  refusedUncounted: ({objectives}) =>
    `${objectives.join(', ')}: requests refused before they reach the service are not counted`,
}

export function noteText(note: SloNote): string {
  return worded(NOTE, note)
}

export function ruleNoteText({objective, note}: SloRules['notes'][number]): string {
  return `${objective}: ${noteText(note)}`
}
