import * as z from 'zod/mini'
import {seconds} from '../formats/yaml/values.js'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

const names = z.array(z.string().check(z.minLength(1)))

const steps = z.strictObject({
  ...{opened: z.optional(names), acknowledged: z.optional(names), updated: z.optional(names)},
  ...{mitigated: z.optional(names), resolved: z.optional(names), reopened: z.optional(names), due: z.optional(names)},
  escalated: z.optional(names),
  other: z.optional(names),
})

/** The channels of a severity; or of each step of an incident, `other` those that are not named. */
const ways = z.union(
  [
    z.pipe(
      names,
      z.transform((other) => ({other})),
    ),
    steps,
  ],
  {
    error:
      'must be a list of channels, or lists of them by opened, acknowledged, updated, mitigated, resolved, reopened, due, escalated and other',
  },
)

/** `notices.routes`: which channels are told of which incident. */
export const routesSchema = z.strictObject({P0: z.optional(ways), P1: z.optional(ways), P2: z.optional(ways)})

/** `incidents`: how long what recovered is watched, and how often people are owed an update. */
export const incidentsSchema = z.strictObject({
  watch: z._default(seconds, 10 * MINUTE),
  updates: z.prefault(
    z.strictObject({
      P0: z._default(seconds, 30 * MINUTE),
      P1: z._default(seconds, 2 * HOUR),
      P2: z._default(seconds, DAY),
    }),
    {},
  ),
})
