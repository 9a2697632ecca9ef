import {Flags} from '@oclif/core'
import {parseDuration} from '../domain/time/duration.js'

/** A flag that takes `500ms`, `2s`, `5m` … and gives seconds. `default` is written the same way. */
export function durationFlag(options: {readonly default: string; readonly description: string; readonly char?: 's'}) {
  return Flags.custom<number>({
    default: () => Promise.resolve(parseDuration(options.default)),
    defaultHelp: () => Promise.resolve(options.default),
    description: options.description,
    helpValue: 'DURATION',
    noCacheDefault: true,
    parse: (text) => Promise.resolve(parseDuration(text)),
  })()
}
