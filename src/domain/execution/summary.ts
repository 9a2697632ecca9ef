import {type MitigateBlock, mitigationsOf} from '../runbook/runbook.js'
import {formatDuration} from '../time/duration.js'
import type {RunOutcome} from './events.js'
import {hasWorked} from './ladder.js'
import type {RunPlan} from './plan.js'
import {itemState, type RunState} from './run-state.js'
import type {Conclusion} from './conclusion.js'

interface Words {
  readonly outcome: Readonly<Record<RunOutcome | 'started', string>>
  readonly started: (operator: string) => string
  readonly resolvedIt: (id: string, duration: string) => string
  readonly didNotHelp: (id: string) => string
  readonly failed: (id: string) => string
  readonly wasSkipped: (id: string) => string
  readonly undone: (id: string) => string
  readonly notUndone: (id: string) => string
  readonly nothing: string
  readonly decimalMark: string
}

const ENGLISH: Words = {
  outcome: {
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
  },
  started: (operator) => `${operator} is on it.`,
  resolvedIt: (id, duration) => `${id} resolved it after ${duration}`,
  didNotHelp: (id) => `${id} did not help`,
  failed: (id) => `${id} failed`,
  wasSkipped: (id) => `${id} was skipped`,
  undone: (id) => `${id} was undone`,
  notUndone: (id) => `undoing ${id} failed`,
  nothing: 'nothing was changed',
  decimalMark: '.',
}

const PORTUGUESE: Words = {
  outcome: {
    started: 'em atendimento',
    resolved: 'resolvido',
    rolledBack: 'revertido, saudável de novo',
    rollbackFailed: 'não resolvido, uma reversão falhou',
    alreadyResolved: 'já estava resolvido',
    unresolved: 'não resolvido',
    unknown: 'desconhecido',
    refused: 'não resolvido',
    interrupted: 'interrompido',
    diagnosed: 'diagnosticado',
  },
  started: (operator) => `${operator} está cuidando disso.`,
  resolvedIt: (id, duration) => `${id} resolveu após ${duration}`,
  didNotHelp: (id) => `${id} não ajudou`,
  failed: (id) => `${id} falhou`,
  wasSkipped: (id) => `${id} foi pulado`,
  undone: (id) => `${id} foi revertido`,
  notUndone: (id) => `a reversão de ${id} falhou`,
  nothing: 'nada foi alterado',
  decimalMark: ',',
}

function wordsOf(locale: string): Words {
  return locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH
}

/** As a person would say it: `7.5 s`, `42s`, `1m 30s`; with a decimal comma where it is one. */
export function spokenDuration(seconds: number, locale: string): string {
  if (seconds >= 10) return formatDuration(Math.round(seconds)).replaceAll(/(?<=[a-z])(?=\d)/g, ' ')
  return `${seconds.toFixed(1).replace('.', wordsOf(locale).decimalMark)} s`
}

export function outcomeWord(outcome: RunOutcome | 'started', locale: string): string {
  return wordsOf(locale).outcome[outcome]
}

export function startedLine(operator: string, locale: string): string {
  return wordsOf(locale).started(operator)
}

function clause(
  plan: RunPlan,
  state: RunState,
  mitigation: MitigateBlock,
  resolvedBy: string | null,
  locale: string,
): string | null {
  const {id} = mitigation
  const words = wordsOf(locale)
  const item = itemState(state, id)
  if (id === resolvedBy && item.attempts > 0) return words.resolvedIt(id, spokenDuration(state.elapsedSeconds, locale))
  if (item.gate === 'skip') return words.wasSkipped(id)
  if (item.attempts === 0 || item.ending === 'aborted') return null
  return hasWorked(plan, state, mitigation) ? words.didNotHelp(id) : words.failed(id)
}

/** One honest line of what was done: `restart did not help; recreate resolved it after 12s.` */
export function summarise(plan: RunPlan, state: RunState, conclusion: Conclusion, locale: string): string {
  const mitigations = mitigationsOf(plan.runbook)
  const done = mitigations.flatMap((one) => clause(plan, state, one, conclusion.resolvedBy, locale) ?? [])
  const changed = mitigations.some(({id}) => itemState(state, id).attempts > 0)
  const undone = plan.rollbacks.flatMap(({id, of}) => {
    const {attempts, ending} = itemState(state, id)
    if (attempts === 0) return []
    return ending === 'ok' ? wordsOf(locale).undone(of) : wordsOf(locale).notUndone(of)
  })
  const parts = [
    ...done,
    ...undone,
    ...(changed ? [] : [wordsOf(locale).nothing]),
    ...(conclusion.reason === '' ? [] : [conclusion.reason]),
  ]
  return `${parts.join('; ')}.`
}
