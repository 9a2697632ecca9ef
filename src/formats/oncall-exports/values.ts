import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import {finding, type ImportFinding, utcText} from '../../domain/oncall/import/source-rota.js'
import type {WallTime} from '../../domain/oncall/rota.js'
import {wallClock, type WallClock} from '../../domain/oncall/wall-clock.js'
import type {ExportRecord} from './records.js'

// Compiling a validator pays off after thousands of documents.
z.config({jitless: true})

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/
const WALL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:Z|\+00:?00)?$/

function parsed(read: (text: string) => number) {
  return z.pipe(
    z.string(),
    z.transform((text: string, context): number => {
      const value = read(text)
      if (!Number.isNaN(value)) return value
      context.issues.push({code: 'custom', input: text})
      return z.NEVER
    }),
  )
}

/** `2026-01-05T09:00:00Z`, `…+02:00`, in epoch ms. */
export const instant = parsed((text) => (INSTANT.test(text) ? Date.parse(text) : NaN))

/** `2026-01-05T09:00:00`, without a zone: a wall time. A `Z` behind it changes nothing. */
export const wallTime = parsed((text) => {
  const [, day, time] = WALL.exec(text) ?? []
  return day === undefined ? NaN : Date.parse(`${day}T${time ?? ''}Z`)
})

/** A record by its shape. Throws `usage` with the place of the first thing that is not as the tool's API promises. */
export function readRecord<T extends z.core.$ZodType>(shape: T, record: ExportRecord, what: string): z.output<T> {
  const result = z.safeParse(shape, record)
  if (result.success) return result.data
  const path = result.error.issues[0]?.path.map(String).join('.') ?? ''
  const named = typeof record['name'] === 'string' ? ` ${record['name']}` : ''
  throw new FaciError(
    'usage',
    `${what}${named}: \`${path}\` is missing, or is not what the API of the tool answers with`,
    {
      suggestions: ['ask the API again, and import its answer as it came'],
    },
  )
}

/** The clocks of a schedule's zone. Throws `usage` for one that Node.js does not know. */
export function clockOf(zone: string, schedule: string): WallClock {
  try {
    return wallClock(zone)
  } catch {
    throw new FaciError('usage', `schedule ${schedule} is in the time zone ${zone}, which Node.js does not know`, {
      suggestions: ['give the schedule an IANA time zone such as America/Sao_Paulo there, and export it again'],
    })
  }
}

/** What a moment is on the wall; told as a loss where that comes twice, this is the second, and it is still to come. */
export function wallOf(at: number, clock: WallClock, now: number, name: string, losses: ImportFinding[]): WallTime {
  const wall = clock.wall(at)
  if (at > now && clock.instant(wall) !== at) {
    losses.push(finding('repeatedHour', 'layers', name, utcText(at)))
  }
  return wall
}
