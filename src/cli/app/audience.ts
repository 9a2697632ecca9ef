import type {Config} from '../../config/config.js'
import type {Audience} from '../../domain/notices/notice-words.js'
import type {Channel} from '../../ports/channel.js'
import {type Words, wordsFor} from '../../render/words/words.js'

/** The people whom notices are for, as faci.yml says; those of a channel may read another language. */
export function audienceOf({locale, timezone}: Pick<Config, 'locale' | 'timezone'>): Audience {
  return {words: wordsFor(locale).notice, timezone}
}

/** The words of those who read a channel; null: the default channel. */
export function wordsOf({channels, locale}: Pick<Config, 'channels' | 'locale'>, wanted: string | null): Words {
  const own = wanted === null ? channels[0] : channels.find(({name}) => name === wanted)
  return wordsFor(own?.locale ?? locale)
}

export function audienceFor(config: Config, {locale}: Channel): Audience {
  return audienceOf({...config, locale: locale ?? config.locale})
}
