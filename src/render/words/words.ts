import type {CheckWords} from '../../domain/check/check-words.js'
import type {RunWords} from '../../domain/execution/run-words.js'
import type {NoticeWords} from '../../domain/notices/notice-words.js'
import {CHECK as ENGLISH_CHECK} from './en/check.js'
import {NOTICE as ENGLISH_NOTICE} from './en/notice.js'
import {RUN as ENGLISH_RUN} from './en/run.js'
import {CHECK as PORTUGUESE_CHECK} from './pt-BR/check.js'
import {NOTICE as PORTUGUESE_NOTICE} from './pt-BR/notice.js'
import {RUN as PORTUGUESE_RUN} from './pt-BR/run.js'

/** Every sentence that faci writes for people, in one language. */
export interface Words {
  readonly check: CheckWords
  readonly notice: NoticeWords
  readonly run: RunWords
}

export const ENGLISH: Words = {check: ENGLISH_CHECK, notice: ENGLISH_NOTICE, run: ENGLISH_RUN}

const PORTUGUESE: Words = {check: PORTUGUESE_CHECK, notice: PORTUGUESE_NOTICE, run: PORTUGUESE_RUN}

/** `pt-BR` has words of its own; any other language reads English. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH
}
