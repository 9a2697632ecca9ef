import type {RunReport} from '../../src/domain/execution/run-report.js'
import type {Reason} from '../../src/domain/journal/reason.js'
import {RUN} from '../../src/render/words/en/run.js'

/** What the screen says of a run. */
export function summaryOf({deeds, reason}: Pick<RunReport, 'deeds' | 'reason'>): string {
  return RUN.summary(deeds, reason)
}

export function reasonsOf({reason}: Pick<RunReport, 'reason'>): string {
  return reason.map(RUN.reason).join('; ')
}

export function reasonOf(item: {readonly reason: Reason | null} | undefined): string {
  return item?.reason == null ? '' : RUN.reason(item.reason)
}
