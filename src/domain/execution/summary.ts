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
  readonly nothing: string
}

const ENGLISH: Words = {
  outcome: {
    started: 'being worked on',
    resolved: 'resolved',
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
  nothing: 'nothing was changed',
}

const PORTUGUESE: Words = {
  outcome: {
    started: 'em atendimento',
    resolved: 'resolvido',
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
  nothing: 'nada foi alterado',
}

function wordsOf(locale: string): Words {
  return locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH
}

/** Whole seconds above ten, tenths below: as a person would say it. */
export function spokenDuration(seconds: number): string {
  return formatDuration(seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)).replaceAll(
    /(?<=[a-z])(?=\d)/g,
    ' ',
  )
}

export function outcomeWord(outcome: RunOutcome | 'started', locale: string): string {
  return wordsOf(locale).outcome[outcome]
}

export function startedLine(operator: string, locale: string): string {
  return wordsOf(locale).started(operator)
}

function clause(words: Words, plan: RunPlan, state: RunState, id: string, resolvedBy: string | null): string | null {
  const item = itemState(state, id)
  if (id === resolvedBy && item.attempts > 0) return words.resolvedIt(id, spokenDuration(state.elapsedSeconds))
  if (item.gate === 'skip') return words.wasSkipped(id)
  if (item.attempts === 0) return null
  const node = plan.flow.find((candidate) => candidate.kind === 'look' && candidate.of.id === id)
  return node?.kind === 'look' && hasWorked(plan, state, node.of) ? words.didNotHelp(id) : words.failed(id)
}

/** One honest line of what was done: `restart did not help; recreate resolved it after 12s.` */
export function summarise(plan: RunPlan, state: RunState, conclusion: Conclusion, locale: string): string {
  const words = wordsOf(locale)
  const done = plan.flow
    .map((node) => (node.kind === 'look' ? clause(words, plan, state, node.of.id, conclusion.resolvedBy) : null))
    .filter((text) => text !== null)
  const changed = plan.flow.some((node) => node.kind === 'look' && itemState(state, node.of.id).attempts > 0)
  const parts = [...done, ...(changed ? [] : [words.nothing]), ...(conclusion.reason === '' ? [] : [conclusion.reason])]
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
