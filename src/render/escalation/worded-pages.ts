import type {EscalationReport} from '../../domain/escalation/escalation-report.js'
import type {PageTestReport, TestPage} from '../../domain/escalation/page-test-report.js'
import type {Result} from '../../domain/result.js'
import {wordedReason, wordedReasons} from '../notices/worded-notices.js'

// In English, as screens and documents have them.
export type WordedEscalation = EscalationReport<string>
export type WordedPageTest = PageTestReport<string>

export function wordedEscalation(result: Result<EscalationReport>): Result<WordedEscalation> {
  const {data} = result
  const incidents = data.incidents.map((incident) => ({
    ...incident,
    steps: incident.steps.map((step) => ({...step, notices: wordedReasons(step.notices)})),
  }))
  const reminded = data.reminded.map((one) => ({...one, notices: wordedReasons(one.notices)}))
  return {...result, data: {...data, incidents, reminded}}
}

export function wordedPageTest(result: Result<PageTestReport>): Result<WordedPageTest> {
  const people = result.data.people.map((one) => ({...one, channels: wordedReasons(one.channels)}))
  return {...result, data: {...result.data, people, closings: wordedReasons(result.data.closings)}}
}

export function wordedPage(page: TestPage): TestPage<string> {
  return wordedReason(page)
}
