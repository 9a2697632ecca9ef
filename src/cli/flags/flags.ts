import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import {parseDuration} from '../../domain/time/duration.js'
import {parsePlannedTime, parseRecordedTime, parseWrittenTime} from '../../domain/time/written-time.js'
import type {App} from '../app/app-ports.js'

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

interface NamedOptions {
  readonly description: string
  /** What its value is called in the help. */
  readonly helpValue?: string
  /** What to type instead of an empty one. */
  readonly example: string
  readonly dependsOn?: string[]
}

/** A flag that names a person, or something else that cannot be without a name: an empty one, as of a variable that is not set, is refused. */
export function nameFlag({description, helpValue = 'NAME', example, dependsOn}: NamedOptions) {
  return Flags.custom({
    ...{description, helpValue, ...(dependsOn === undefined ? {} : {dependsOn})},
    parse: (text) => {
      const name = text.trim()
      if (!isBlank(name)) return Promise.resolve(name)
      throw new FaciError('usage', `an empty ${helpValue} names nobody`, {suggestions: [example]})
    },
  })()
}

/** As `nameFlag`; an empty one takes the role away, one that nobody sees is refused. */
export function roleFlag({description, example}: Pick<NamedOptions, 'description' | 'example'>) {
  return Flags.custom({
    ...{description, helpValue: 'NAME'},
    parse: (text) => {
      if (text.trim() === '' || !isBlank(text)) return Promise.resolve(text)
      throw new FaciError('usage', 'an empty NAME names nobody', {suggestions: [example]})
    },
  })()
}

/** A time as it was typed, if it can be read at all: in which zone is known once faci.yml is read. */
function timeFlag(description: string, read: typeof parseWrittenTime) {
  return Flags.custom({
    description,
    helpValue: 'WHEN',
    parse: (text) => {
      read(text, {now: 0, timezone: 'UTC'})
      return Promise.resolve(text)
    },
  })()
}

/** `2h ago` or a time, see `momentOf`. */
export function momentFlag(description: string) {
  return timeFlag(description, parseWrittenTime)
}

/** A moment in seconds since the epoch; without a zone it is one of the zone in which this command shows times. */
export async function momentOf(app: App, typed: string | undefined): Promise<number | undefined> {
  if (typed === undefined) return undefined
  const now = (await app.clock()).now().getTime()
  return parseWrittenTime(typed, {now, timezone: app.timezone})
}

/** As `momentOf`, for what is recorded: a time that clocks show twice, or never, is refused with what to write. Throws `usage`. */
export async function recordedMoment(app: App, typed: string | undefined): Promise<number | undefined> {
  if (typed === undefined) return undefined
  const now = (await app.clock()).now().getTime()
  return parseRecordedTime(typed, {now, timezone: app.timezone})
}

/** As `momentFlag`, for what may also be to come: `in 3d`, `tomorrow 18:00`; see `plannedMoment`. */
export function plannedFlag(description: string) {
  return timeFlag(description, parsePlannedTime)
}

/** As `momentOf`, for what `plannedFlag` takes. */
export async function plannedMoment(app: App, typed: string): Promise<number> {
  const now = (await app.clock()).now().getTime()
  return parsePlannedTime(typed, {now, timezone: app.timezone})
}
