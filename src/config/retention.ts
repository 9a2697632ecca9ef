import * as z from 'zod/mini'
import {DEFAULT_RETENTION, type KeptKind, SHORTEST_SECONDS} from '../domain/retention/retention.js'
import {parseDuration} from '../domain/time/duration.js'
import {parsedText} from '../formats/yaml/values.js'

const NEVER = 'never'

function readLimit(text: string): number | null {
  if (text === NEVER) return null
  const seconds = parseDuration(text)
  if (seconds >= SHORTEST_SECONDS) return seconds
  throw new Error('is shorter than 1d: what is younger may still be worked on')
}

const limit = parsedText(readLimit)
const kept = (kind: KeptKind) => z._default(limit, DEFAULT_RETENTION[kind])

/** `store.retention`: for how long what ended is kept, and `never` for what is not to be pruned. */
export const retentionSchema = z.strictObject({
  ...{evidence: kept('evidence'), runs: kept('runs'), notices: kept('notices')},
  ...{pageTests: kept('pageTests'), incidents: kept('incidents')},
})
