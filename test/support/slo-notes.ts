import type {ObjectiveNote, SloNote} from '../../src/domain/slo/slo-note.js'

type OfWhy<W extends SloNote['why'], N = SloNote> = N extends {readonly why: infer Y}
  ? W extends Y
    ? N
    : never
  : never
type Samples<W extends SloNote['why']> = {readonly [Y in W]: readonly Omit<OfWhy<Y>, 'why'>[]}

const DAY = 86_400

/** A new kind does not compile without. */
const OBJECTIVE: Samples<ObjectiveNote['why']> = {
  noBucket: [{histogram: 'request_seconds', thresholdSeconds: 0.3}],
  impossibleCounts: [
    {part: 20.123_456_7, side: 'bad', total: 10},
    {part: 3, side: 'good', total: null},
  ],
  noErrorSeries: [{}],
  warned: [{text: 'a store is away'}],
  notKept: [{keptSeconds: DAY, windowSeconds: 7 * DAY, coveredSeconds: DAY}],
  measuredTooShort: [{measuredSeconds: 86_399.7, windowSeconds: 7 * DAY}],
}

const OTHERS: Samples<Exclude<SloNote['why'], ObjectiveNote['why']>> = {
  neverFires: [{tierSeconds: 3600, factor: 14.4, budget: 0.07, threshold: 1.008}],
  firesBelowOne: [
    {tierSeconds: 3 * DAY, factor: 0.233333333333, windowSeconds: 7 * DAY},
    {tierSeconds: 3 * DAY, factor: 0.999, windowSeconds: 30 * DAY},
  ],
  fewEvents: [{tierSeconds: 3600, events: 3, fewest: 14}],
  noTests: [{}],
  refusedUncounted: [{objectives: ['availability', 'p95']}],
}

function all(samples: Readonly<Record<string, readonly object[]>>): readonly object[] {
  return Object.entries(samples).flatMap(([why, each]) => each.map((fields) => ({...fields, why})))
}

/** What is noted of an objective's figures, of each kind. */
export const OBJECTIVE_NOTES = all(OBJECTIVE) as readonly ObjectiveNote[]

/** Every kind of note. */
export const SLO_NOTES = [...OBJECTIVE_NOTES, ...all(OTHERS)] as readonly SloNote[]
