import * as z from 'zod/mini'
import type {NoticeLimit} from '../domain/notices/hold.js'
import type {QuietHours} from '../domain/notices/quiet-hours.js'
import {parseDuration} from '../domain/time/duration.js'
import {parsedText} from '../formats/yaml/values.js'
import {parseClock, parseWeekday} from './wall-times.js'
import {timezone} from './timezone.js'

/** `5/1h`: no more than five within an hour. */
function readLimit(text: string): NoticeLimit {
  const [, count, window = ''] = /^(\d{1,6})\/(.+)$/.exec(text) ?? []
  const limit = {count: Number(count), windowSeconds: count === undefined ? 0 : parseDuration(window)}
  if (limit.count > 0 && limit.windowSeconds > 0) return limit
  throw new Error('is not a limit: write 5/1h, which is five within an hour')
}

const clock = parsedText(parseClock)
/** As many as there are: then nothing but hours ends them. */
const DAYS_A_WEEK = 7

/** `notices.quiet`: when notices of P2 incidents are held back. */
export const quietSchema = z
  .strictObject({
    hours: z.tuple([clock, clock]),
    weekdays: z.optional(z.array(parsedText(parseWeekday)).check(z.minLength(1))),
    timezone: z.optional(timezone),
  })
  .check(({value: {hours, weekdays}, issues}) => {
    if (hours[0] === hours[1] && (weekdays === undefined || new Set(weekdays).size === DAYS_A_WEEK))
      issues.push({
        code: 'custom',
        path: ['hours'],
        input: hours,
        message: 'would never end: name two times, or some days',
      })
  })

/** `notices.limit`: how many notices of P2 incidents a channel gets. */
export const limitSchema = z.strictObject({P2: z.optional(parsedText(readLimit))})

export function toQuiet(written: z.output<typeof quietSchema> | undefined, zone: string): QuietHours | null {
  if (written === undefined) return null
  const {hours, weekdays = null, timezone: own = zone} = written
  return {from: hours[0], to: hours[1], weekdays, timezone: own}
}
