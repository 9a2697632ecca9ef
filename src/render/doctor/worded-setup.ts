import type {SetupReport, SetupState} from '../../domain/doctor/setup-report.js'
import type {Result} from '../../domain/result.js'
import {setupFactText} from '../words/en/doctor.js'

/** What doctor found of one thing. */
export interface WordedItem {
  readonly name: string
  readonly state: SetupState
  readonly detail: string
  /** What to type or do next; null when nothing is to be done. */
  readonly next: string | null
}

export function setupInWords({data, ...result}: Result<SetupReport>): Result<SetupReport<WordedItem>> {
  const items = data.items.map(({name, state, fact}) => ({name, state, ...setupFactText(fact)}))
  return {...result, data: {items}}
}
