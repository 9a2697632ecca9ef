import type {RunWords} from '../../../domain/execution/run-words.js'
import type {RunOutcome} from '../../../domain/journal/run-outcome.js'
import {localNumbers} from '../local-numbers.js'
import {reasonText, summaryText} from '../reason-words.js'
import {spokenDuration} from '../spoken-duration.js'
import {DEEDS, REASONS} from './reasons.js'

const OUTCOME: Readonly<Record<RunOutcome | 'started', string>> = {
  started: 'being worked on',
  resolved: 'resolved',
  rolledBack: 'rolled back, healthy again',
  rollbackFailed: 'not resolved, a rollback failed',
  alreadyResolved: 'already resolved',
  unresolved: 'not resolved',
  unknown: 'unknown',
  refused: 'not resolved',
  interrupted: 'interrupted',
  diagnosed: 'diagnosed',
}

const numbers = (text: string): string => localNumbers(text, 'en')

export const RUN: RunWords = {
  outcome: (outcome) => OUTCOME[outcome],
  duration: (seconds) => spokenDuration(seconds, '.'),
  started: (operator) => `${operator} is on it.`,
  reason: (reason) => reasonText(REASONS, reason),
  summary: (deeds, reasons) => numbers(summaryText({reasons: REASONS, deeds: DEEDS}, deeds, reasons)),
  numbers,
  run: 'Run',
}
