import type {EscalationReport} from '../../domain/escalation/escalation-report.js'
import type {PageTestReport, TestPage} from '../../domain/escalation/page-test-report.js'
import type {NoticeReason} from '../../domain/notices/undelivered.js'
import type {Result} from '../../domain/result.js'
import {noticeReasonText} from '../words/en/undelivered.js'

// In English, as screens and documents have them.
export type WordedEscalation = EscalationReport<string>
export type WordedPageTest = PageTestReport<string>

export function worded<N extends {readonly reason: NoticeReason | null}>(
  notices: readonly N[],
): readonly (Omit<N, 'reason'> & {readonly reason: string | null})[] {
  return notices.map((notice) => {
    const {reason} = notice
    return {...notice, reason: reason === null ? null : noticeReasonText(reason)}
  })
}

export function wordedEscalation(result: Result<EscalationReport>): Result<WordedEscalation> {
  const {data} = result
  const incidents = data.incidents.map((incident) => ({
    ...incident,
    steps: incident.steps.map((step) => ({...step, notices: worded(step.notices)})),
  }))
  const reminded = data.reminded.map((one) => ({...one, notices: worded(one.notices)}))
  return {...result, data: {...data, incidents, reminded}}
}

export function wordedPageTest(result: Result<PageTestReport>): Result<WordedPageTest> {
  const people = result.data.people.map((one) => ({...one, channels: worded(one.channels)}))
  return {...result, data: {...result.data, people, closings: worded(result.data.closings)}}
}

export function wordedPage(page: TestPage): TestPage<string> {
  const {reason} = page
  return {...page, reason: reason === null ? null : noticeReasonText(reason)}
}
