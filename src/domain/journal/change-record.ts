import {isProduction} from '../environment.js'
import type {RunStatus} from './run-status.js'
import type {IsoTime} from '../time/iso-time.js'
import type {ActVerdict} from '../verdict.js'
import type {ChangeEvent} from '../change/change-event.js'
import type {ChangeReason} from '../change/reason.js'
import {changeCommand} from '../change/change-plan.js'
import type {JournaledEvent} from './journal-actions.js'

/** Something that happened in a change, as a line. */
export interface ChangeRecordEntry {
  readonly at: IsoTime
  readonly text: string
}

/** A direct change, such as `faci restart api`, as its journal has it. */
export interface ChangeRecord {
  readonly runId: string
  /** As it can be typed. */
  readonly command: string
  readonly by: string
  readonly project: string
  readonly environment: string
  readonly production: boolean
  readonly status: RunStatus
  readonly startedAt: IsoTime
  /** null: no end was recorded. */
  readonly endedAt: IsoTime | null
  readonly verdict: ActVerdict | null
  readonly reason: ChangeReason | null
  readonly timeline: readonly ChangeRecordEntry[]
  /** Names of the files kept before containers were removed, for `faci runs ID --evidence NAME`. */
  readonly evidence: readonly string[]
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? path
}

/** What each kind of event says, a line each, in one language: a new one does not compile without. */
export type ChangeEventWords = {
  readonly [K in ChangeEvent['kind']]: (event: Extract<ChangeEvent, {readonly kind: K}>) => readonly string[]
}

/** What an event says to a person, a line each; a journal of a later version may hold events that this one does not know. */
function linesOf(event: JournaledEvent, words: ChangeEventWords): readonly string[] {
  const tellers: Readonly<Record<string, ((event: never) => readonly string[]) | undefined>> = words
  return tellers[event.kind]?.(event as never) ?? []
}

/** null when these are not the events of a change. */
export function changeRecord(
  runId: string,
  events: readonly JournaledEvent[],
  status: RunStatus,
  words: ChangeEventWords,
): ChangeRecord | null {
  const planned = events.find((event) => event.kind === 'change.planned')
  if (planned?.kind !== 'change.planned') return null
  const ended = events.findLast((event) => event.kind === 'change.ended')
  const {change, project, environment, production} = planned.plan
  return {
    runId,
    command: changeCommand(change).join(' '),
    by: planned.by,
    project,
    environment,
    production: isProduction(environment, production),
    status,
    startedAt: planned.at,
    endedAt: ended?.at ?? null,
    verdict: ended?.kind === 'change.ended' ? ended.verdict : null,
    reason: ended?.kind === 'change.ended' ? ended.reason : null,
    timeline: events.flatMap((event) => linesOf(event, words).map((text) => ({at: event.at, text}))),
    evidence: events.flatMap((event) => (event.kind === 'evidence.kept' ? event.files.map(fileName) : [])),
  }
}
