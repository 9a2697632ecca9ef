import {commandBlocksOf, type PlacedRunbook} from '../runbook.js'
import type {PlacedFault} from './runbook-fault.js'

const COMMENT_OR_BLANK = /^\s*(?:#.*)?$/

/** Scripts of comments alone: they always succeed, so that a verify block of them would call anything well. */
export function idleBlocks(runbook: PlacedRunbook): readonly PlacedFault[] {
  return commandBlocksOf(runbook).flatMap(({language, line, body}): readonly PlacedFault[] => {
    const isIdle =
      language === 'sh' && body.trim() !== '' && body.split('\n').every((each) => COMMENT_OR_BLANK.test(each))
    return isIdle ? [{rule: 'empty', what: 'comments', line, column: 1}] : []
  })
}
