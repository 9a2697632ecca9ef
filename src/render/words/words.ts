import type {ChangeWords} from '../../domain/change/change-words.js'
import type {RunWords} from '../../domain/execution/run-words.js'
import type {EventWords} from '../../domain/execution/timeline.js'
import type {IncidentWords} from '../../domain/incidents/incident-words.js'
import type {NoticeWords} from '../../domain/notices/notice-words.js'
import type {OncallWords} from '../../domain/oncall/oncall-words.js'
import type {StackWords} from '../../domain/stack/stack-words.js'
import {CHANGE as ENGLISH_CHANGE} from './en/change.js'
import type {ChecklistWords} from './check-words.js'
import {CHECK as ENGLISH_CHECK} from './en/check.js'
import {EVENTS as ENGLISH_EVENTS} from './en/events.js'
import {INCIDENTS as ENGLISH_INCIDENTS} from './en/incidents.js'
import {NOTICE as ENGLISH_NOTICE} from './en/notice.js'
import {ONCALL as ENGLISH_ONCALL} from './en/oncall.js'
import {RUN as ENGLISH_RUN} from './en/run.js'
import {STACK as ENGLISH_STACK} from './en/stack.js'
import {CHANGE as PORTUGUESE_CHANGE} from './pt-BR/change.js'
import {TRANSCRIPT as ENGLISH_TRANSCRIPT} from './en/transcript.js'
import {CHECK as PORTUGUESE_CHECK} from './pt-BR/check.js'
import {EVENTS as PORTUGUESE_EVENTS} from './pt-BR/events.js'
import {INCIDENTS as PORTUGUESE_INCIDENTS} from './pt-BR/incidents.js'
import {NOTICE as PORTUGUESE_NOTICE} from './pt-BR/notice.js'
import {ONCALL as PORTUGUESE_ONCALL} from './pt-BR/oncall.js'
import {RUN as PORTUGUESE_RUN} from './pt-BR/run.js'
import {STACK as PORTUGUESE_STACK} from './pt-BR/stack.js'
import {TRANSCRIPT as PORTUGUESE_TRANSCRIPT} from './pt-BR/transcript.js'
import type {TranscriptWords} from './transcript-words.js'

/** Every sentence that faci writes for people, in one language. */
export interface Words {
  readonly change: ChangeWords
  readonly check: ChecklistWords
  /** What the timeline of a run says of each event. */
  readonly events: EventWords
  readonly incidents: IncidentWords
  readonly notice: NoticeWords
  readonly oncall: OncallWords
  readonly run: RunWords
  readonly stack: StackWords
  readonly transcript: TranscriptWords
}

export const ENGLISH: Words = {
  change: ENGLISH_CHANGE,
  check: ENGLISH_CHECK,
  events: ENGLISH_EVENTS,
  incidents: ENGLISH_INCIDENTS,
  notice: ENGLISH_NOTICE,
  oncall: ENGLISH_ONCALL,
  run: ENGLISH_RUN,
  stack: ENGLISH_STACK,
  transcript: ENGLISH_TRANSCRIPT,
}

const PORTUGUESE: Words = {
  change: PORTUGUESE_CHANGE,
  check: PORTUGUESE_CHECK,
  events: PORTUGUESE_EVENTS,
  incidents: PORTUGUESE_INCIDENTS,
  notice: PORTUGUESE_NOTICE,
  oncall: PORTUGUESE_ONCALL,
  run: PORTUGUESE_RUN,
  stack: PORTUGUESE_STACK,
  transcript: PORTUGUESE_TRANSCRIPT,
}

/** `pt-BR` has words of its own; any other language reads English. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH
}
