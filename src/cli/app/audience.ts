import type {Config} from '../../config/config.js'
import type {Audience} from '../../domain/notices/notice-words.js'
import {wordsFor} from '../../render/words/words.js'

/** The people whom notices are for, as faci.yml says. */
export function audienceOf({locale, timezone}: Pick<Config, 'locale' | 'timezone'>): Audience {
  return {words: wordsFor(locale).notice, timezone}
}
