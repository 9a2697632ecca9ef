import type {GateDecision} from '../../../domain/consent/block-gate.js'
import type {PlannedItem} from '../../../domain/execution/run-report.js'
import {RUN} from './run.js'

/** What a gate would say. */
export function gateText(decision: GateDecision): string {
  switch (decision.kind) {
    case 'open':
      return `opened by ${RUN.reason(decision.how)}`
    case 'ask':
      return decision.word === null ? 'will ask' : `will ask to type ${decision.word}`
    case 'refuse':
      return `refused: ${RUN.reason(decision.reason)}`
  }
}

/** What became of a block before its run goes on. */
export function pastText(past: NonNullable<PlannedItem['past']>): string {
  return past === 'cutOff' ? 'started, and its end is not known' : past
}
