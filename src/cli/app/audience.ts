import type {Config} from '../../config/config.js'
import type {Audience} from '../../domain/notices/notice-words.js'
import type {Channel} from '../../ports/channel.js'
import {wordsFor} from '../../render/words/words.js'

/** The people whom notices are for, as faci.yml says; those of a channel may read another language. */
export function audienceOf({locale, timezone}: Pick<Config, 'locale' | 'timezone'>): Audience {
  return {words: wordsFor(locale).notice, timezone}
}

export function audienceFor(config: Config, {locale}: Channel): Audience {
  return audienceOf({...config, locale: locale ?? config.locale})
}
