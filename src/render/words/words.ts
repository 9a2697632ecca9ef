import type {CheckWords} from '../../domain/check/check-words.js'
import {CHECK as ENGLISH_CHECK} from './en/check.js'
import {CHECK as PORTUGUESE_CHECK} from './pt-BR/check.js'

/** Every sentence that faci writes for people, in one language. */
export interface Words {
  readonly check: CheckWords
}

export const ENGLISH: Words = {check: ENGLISH_CHECK}

const PORTUGUESE: Words = {check: PORTUGUESE_CHECK}

/** `pt-BR` has words of its own; any other language reads English. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith('pt') ? PORTUGUESE : ENGLISH
}
