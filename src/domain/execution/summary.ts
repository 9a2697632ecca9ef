import {type MitigateBlock, mitigationsOf} from '../runbook/runbook.js'
import {localNumbers} from '../notices/wording.js'
import {formatDuration} from '../time/duration.js'
import type {RunOutcome} from '../journal/events.js'
import {pollAfter, unitFailed} from './ladder.js'
import type {RunPlan} from './plan.js'
import {type RollbackResult, rollbackResult} from './rollback.js'
import {hasRun} from './item-state.js'
import {itemState, type RunState} from './run-state.js'
import type {Conclusion} from './conclusion.js'

interface Words {
  readonly outcome: Readonly<Record<RunOutcome | 'started', string>>
  readonly started: (operator: string) => string
  readonly resolvedIt: (id: string, duration: string) => string
  readonly didNotHelp: (id: string) => string
  readonly failed: (id: string) => string
  readonly notStarted: (id: string) => string
  readonly cutOff: (id: string) => string
  readonly carriedOut: (id: string) => string
  /** Nobody looked long enough to say. */
  readonly notAwaited: (id: string) => string
  readonly unseen: (id: string) => string
  readonly wasSkipped: (id: string) => string
  readonly undone: (id: string) => string
  readonly notUndone: (id: string) => string
  readonly nothing: string
  /** Why it ended like this, in one line; empty when that says itself. */
  readonly why: (conclusion: Conclusion, rolledBack: RollbackResult | null) => string
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
  notStarted: (id) => `${id} could not be started`,
  cutOff: (id) => `${id} was started, and how it ended is not known`,
  carriedOut: (id) => `${id} was carried out`,
  notAwaited: (id) => `${id} was carried out, and whether it helped is not known`,
  unseen: (id) => `${id} was carried out, and whether it helped cannot be verified`,
  wasSkipped: (id) => `${id} was skipped`,
  undone: (id) => `${id} was undone`,
  notUndone: (id) => `undoing ${id} failed`,
  nothing: 'nothing was changed',
  why: ({reason}) => reason,
  decimalMark: '.',
}

const PORTUGUESE_ENDS: Readonly<Record<RunOutcome, string>> = {
  resolved: '',
  alreadyResolved: '',
  rolledBack: '',
  rollbackFailed: '',
  unresolved: 'a execução parou antes de tentar tudo',
  unknown: 'não é possível ver se está resolvido',
  refused: 'parou na aprovação',
  interrupted: 'a execução foi interrompida',
  diagnosed: '',
}

const PORTUGUESE_ROLLBACKS: Readonly<Record<RollbackResult, string>> = {
  failed: '',
  healthy: '',
  unhealthy: 'revertido, mas não saudável',
  unseen: 'revertido, e não é possível ver como ficou',
}

/** Reasons are English sentences in the journal: what is known without them is said. */
function portugueseReason({reason, outcome}: Conclusion, rolledBack: RollbackResult | null): string {
  if (reason === '') return ''
  const parts = [PORTUGUESE_ENDS[outcome], rolledBack === null ? '' : PORTUGUESE_ROLLBACKS[rolledBack]]
  return parts.filter((part) => part !== '').join('; ')
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
  notStarted: (id) => `não foi possível iniciar ${id}`,
  cutOff: (id) => `${id} foi iniciado, e não se sabe como terminou`,
  carriedOut: (id) => `${id} foi executado`,
  notAwaited: (id) => `${id} foi executado, e não se sabe se ajudou`,
  unseen: (id) => `${id} foi executado, e não é possível verificar se ajudou`,
  wasSkipped: (id) => `${id} foi pulado`,
  undone: (id) => `${id} foi revertido`,
  notUndone: (id) => `a reversão de ${id} falhou`,
  nothing: 'nada foi alterado',
  why: portugueseReason,
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

/** What is known of a mitigation of which something ran, and that did not resolve it. */
function effect(plan: RunPlan, state: RunState, mitigation: MitigateBlock): EffectWord {
  const {ending} = itemState(state, mitigation.id)
  if (ending === null || ending === 'aborted') return 'cutOff'
  if (unitFailed(plan, state, mitigation)) return 'failed'
  if (plan.runbook.resolved === null) return 'carriedOut'
  const polling = pollAfter(plan, state, mitigation)
  if (polling?.done !== true) return 'notAwaited'
  return polling.state === 'false' ? 'didNotHelp' : polling.state === 'unknown' ? 'unseen' : 'carriedOut'
}

type EffectWord = 'didNotHelp' | 'failed' | 'cutOff' | 'carriedOut' | 'notAwaited' | 'unseen'

function clause(
  plan: RunPlan,
  state: RunState,
  mitigation: MitigateBlock,
  {resolvedBy, resolvedAfterSeconds}: Conclusion,
  locale: string,
): string | null {
  const {id} = mitigation
  const words = wordsOf(locale)
  const item = itemState(state, id)
  if (id === resolvedBy && hasRun(item))
    return words.resolvedIt(id, spokenDuration(resolvedAfterSeconds ?? state.elapsedSeconds, locale))
  if (item.gate === 'skip') return words.wasSkipped(id)
  if (hasRun(item)) return words[effect(plan, state, mitigation)](id)
  return item.ending === 'notStarted' ? words.notStarted(id) : null
}

/** One honest line of what was done: `restart did not help; recreate resolved it after 12s.` */
export function summarise(plan: RunPlan, state: RunState, conclusion: Conclusion, locale: string): string {
  const mitigations = mitigationsOf(plan.runbook)
  const done = mitigations.flatMap((one) => clause(plan, state, one, conclusion, locale) ?? [])
  const changed = mitigations.some(({id}) => hasRun(itemState(state, id)))
  const undone = plan.rollbacks.flatMap(({id, of}) => {
    const {attempts, ending} = itemState(state, id)
    if (attempts === 0) return []
    return ending === 'ok' ? wordsOf(locale).undone(of) : wordsOf(locale).notUndone(of)
  })
  const isOver = conclusion.outcome === 'resolved' || conclusion.outcome === 'alreadyResolved'
  const why = wordsOf(locale).why(conclusion, isOver ? null : rollbackResult(plan, state))
  const parts = [...done, ...undone, ...(changed ? [] : [wordsOf(locale).nothing]), ...(why === '' ? [] : [why])]
  return localNumbers(`${parts.join('; ')}.`, locale)
}
