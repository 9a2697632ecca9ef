import type {Result} from '../../domain/result.js'
import type {BurnReport, ObjectiveBurn} from '../../domain/slo/burn-report.js'
import type {ObjectiveReport} from '../../domain/slo/objective-report.js'
import type {SloReport} from '../../domain/slo/slo-report.js'
import {noteText} from '../words/en/slo.js'

export type WordedObjective = ObjectiveReport<string>
export type WordedObjectiveBurn = ObjectiveBurn<string, string>

// Reports in English, as screens and documents have them.
export type WordedSlos = SloReport<WordedObjective, string>
export type WordedBurn = BurnReport<WordedObjectiveBurn>

export function wordedSlos(result: Result<SloReport>): Result<WordedSlos> {
  const {data} = result
  const objectives = data.objectives.map((one) => ({...one, notes: one.notes.map(noteText)}))
  return {...result, data: {...data, objectives, notes: data.notes.map(noteText)}}
}

function wordedObjectiveBurn({tiers, notes, ...rest}: ObjectiveBurn): WordedObjectiveBurn {
  return {
    ...rest,
    tiers: tiers.map((tier) => ({...tier, problem: tier.problem === null ? null : noteText(tier.problem)})),
    notes: notes.map(noteText),
  }
}

export function wordedBurn(result: Result<BurnReport>): Result<WordedBurn> {
  const {data} = result
  return {...result, data: {...data, objectives: data.objectives.map(wordedObjectiveBurn)}}
}
