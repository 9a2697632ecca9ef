import {Flags} from '@oclif/core'
import {FaciError} from '../domain/errors.js'
import {parseDuration} from '../domain/time/duration.js'

interface DurationOptions<D extends string | undefined> {
  readonly default?: D
  readonly description: string
}

/** A flag that takes `500ms`, `2s`, `5m` … and gives seconds. `default` is written the same way. */
export function durationFlag(options: DurationOptions<string> & {readonly default: string}) {
  return Flags.custom<number>({
    default: () => Promise.resolve(parseDuration(options.default)),
    defaultHelp: () => Promise.resolve(options.default),
    description: options.description,
    helpValue: 'DURATION',
    parse: (text) => Promise.resolve(parseDuration(text)),
  })()
}

/** As `durationFlag`, for a duration that has bounds. */
export function windowFlag(
  options: DurationOptions<string> & {readonly default: string; readonly minimum: string; readonly maximum: string},
) {
  const {minimum, maximum} = options
  return Flags.custom<number>({
    default: () => Promise.resolve(parseDuration(options.default)),
    defaultHelp: () => Promise.resolve(options.default),
    description: options.description,
    helpValue: 'DURATION',
    parse: (text) => {
      const seconds = parseDuration(text)
      if (seconds >= parseDuration(minimum) && seconds <= parseDuration(maximum)) return Promise.resolve(seconds)
      throw new FaciError('usage', `${text} is not between ${minimum} and ${maximum}`)
    },
  })()
}

/** As `durationFlag`, but absent when it is not given. */
export function optionalDurationFlag({description}: DurationOptions<undefined>) {
  return Flags.custom<number>({
    description,
    helpValue: 'DURATION',
    parse: (text) => Promise.resolve(parseDuration(text)),
  })()
}

/** A number strictly between 0 and 1. */
export function ratioFlag(options: {readonly default: number; readonly description: string}) {
  return Flags.custom<number>({
    default: () => Promise.resolve(options.default),
    defaultHelp: () => Promise.resolve(String(options.default)),
    description: options.description,
    helpValue: 'RATIO',
    parse: (text) => {
      const value = Number(text)
      if (text.trim() !== '' && value > 0 && value < 1) return Promise.resolve(value)
      throw new FaciError('usage', `${text} is not a ratio`, {
        suggestions: ['write a number between 0 and 1, such as 0.95'],
      })
    },
  })()
}

/** `15m` ago, or a time as ISO 8601 (local without a zone) → seconds since the epoch. */
function parseMoment(text: string): number {
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Date.now() - parseDuration(text) * 1000
  if (!Number.isNaN(at)) return at / 1000
  throw new FaciError('usage', `${text} is no moment`, {suggestions: ['write 15m, 2h, or 2026-11-23T06:00:00Z']})
}

/** `15m` ago or a time, in seconds since the epoch. */
export function momentFlag(description: string) {
  return Flags.custom<number>({description, helpValue: 'WHEN', parse: (text) => Promise.resolve(parseMoment(text))})()
}
