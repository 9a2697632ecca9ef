import {Args, Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {isBlank} from '../../domain/text/visible.js'
import {parseDueTime} from '../../domain/time/due-time.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {App} from '../app/app-ports.js'
import {momentFlag, recordedMoment} from './flags.js'

export const INCIDENT_ARG = Args.string({
  description: 'INC-7, 7, last, or an id (default: the only one that is open)',
  name: 'INC',
})

/** What nobody would see is refused. */
export const messageFlag = (description: string) =>
  Flags.custom({
    ...{char: 'm', description, helpValue: 'TEXT'},
    parse: (text) => {
      if (text === '' || !isBlank(text)) return Promise.resolve(text)
      throw new FaciError('usage', 'nobody would see this text', {
        suggestions: ['write a text, or leave out --message'],
      })
    },
  })()

export const quietFlag = () => Flags.boolean({description: 'tell nobody: send no notices'})

export const happenedFlag = () =>
  momentFlag(
    "when it happened, if not now: 10m ago, 03:10, 'yesterday 23:10', 'mon 23:10', or a timestamp; corrects what was said before",
  )

export const severityFlag = () =>
  Flags.option({
    description: 'how grave it is: P0 the service is down, P1 it suffers, P2 it can wait',
    options: ['P0', 'P1', 'P2'] as const,
  })()

/** A moment that was typed, as ISO 8601 UTC; null: none. Throws `usage`. */
export async function isoMoment(app: App, typed: string | undefined): Promise<IsoTime | null> {
  const seconds = await recordedMoment(app, typed)
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString()
}

/** Until when something is to be done, as it was typed, see `dueMoment`. */
export const dueFlag = () =>
  Flags.custom({
    description: 'until when: 7d from now; tomorrow, fri or 2026-12-15, to the end of that day',
    helpValue: 'WHEN',
    parse: (text) => {
      parseDueTime(text, {now: 0, timezone: 'UTC'})
      return Promise.resolve(text)
    },
  })()

/** As `isoMoment`, for what `dueFlag` takes. */
export async function dueMoment(app: App, typed: string | undefined): Promise<IsoTime | null> {
  if (typed === undefined) return null
  const now = (await app.clock()).now().getTime()
  return new Date(parseDueTime(typed, {now, timezone: app.timezone}) * 1000).toISOString()
}
