import type {RunWords} from '../../../domain/execution/run-words.js'
import type {RunOutcome} from '../../../domain/journal/run-outcome.js'
import {localNumbers} from '../local-numbers.js'
import {reasonText, summaryText} from '../reason-words.js'
import {spokenDuration} from '../spoken-duration.js'
import {DEEDS, OUTCOME, REASONS} from './reasons.js'

const numbers = (text: string): string => localNumbers(text, 'pt-BR')

const WORDS: Readonly<Record<RunOutcome | 'started', string>> = {started: 'em atendimento', ...OUTCOME}

export const RUN: RunWords = {
  outcome: (outcome) => WORDS[outcome],
  duration: (seconds) => spokenDuration(seconds, ','),
  started: (operator) => `${operator} está cuidando disso.`,
  reason: (reason) => reasonText(REASONS, reason),
  summary: (deeds, reasons) => numbers(summaryText({reasons: REASONS, deeds: DEEDS}, deeds, reasons)),
  numbers,
  run: 'Execução',
}
