import * as z from 'zod/mini'
import type {NoticeLimit} from '../domain/notices/hold.js'
import {type QuietHours, WEEKDAYS} from '../domain/notices/quiet-hours.js'
import {parseDuration} from '../domain/time/duration.js'
import {parsedText} from '../formats/yaml/values.js'
import {timezone} from './timezone.js'

const HOURS_A_DAY = 24
const MINUTES = 60

/** `22:00` → minutes after midnight. */
function readClock(text: string): number {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(text) ?? []
  const [hour, minute] = [Number(hours), Number(minutes)]
  if (hour < HOURS_A_DAY && minute < MINUTES) return hour * MINUTES + minute
  throw new Error("is not a time of day: write '22:00', in quotes")
}

/** `5/1h`: no more than five within an hour. */
function readLimit(text: string): NoticeLimit {
  const [, count, window = ''] = /^(\d{1,6})\/(.+)$/.exec(text) ?? []
  const limit = {count: Number(count), windowSeconds: count === undefined ? 0 : parseDuration(window)}
  if (limit.count > 0 && limit.windowSeconds > 0) return limit
  throw new Error('is not a limit: write 5/1h, which is five within an hour')
}

const clock = parsedText(readClock)

/** `notices.quiet`: when notices of P2 incidents are held back. */
export const quietSchema = z
  .strictObject({
    hours: z.tuple([clock, clock]),
    days: z._default(z.array(z.enum(WEEKDAYS)).check(z.minLength(1)), [...WEEKDAYS]),
    timezone: z.optional(timezone),
  })
  .check(({value: {hours, days}, issues}) => {
    if (hours[0] === hours[1] && new Set(days).size === WEEKDAYS.length)
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
  const {hours, days, timezone: own = zone} = written
  return {from: hours[0], to: hours[1], days, timezone: own}
}
