import {EXIT} from '../exit-codes.js'
import type {BlockOutcome} from '../journal/events.js'

const ASKS_FACI = /(^|[\s;&|(])faci\s/

/** A diagnosis whose `faci` answered that something is bad has done its work; it did not break. */
export function foundBad(
  block: {readonly role: string; readonly body: string},
  result: {readonly outcome: string; readonly exitCode: number | null},
): boolean {
  const failed: BlockOutcome = 'failed'
  return (
    block.role === 'diagnose' && result.outcome === failed && result.exitCode === EXIT.bad && ASKS_FACI.test(block.body)
  )
}

export const FOUND_BAD = 'found that something is bad'
