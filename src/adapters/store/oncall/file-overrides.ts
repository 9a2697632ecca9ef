import {join} from 'node:path'
import {FaciError} from '../../../domain/errors.js'
import type {NewDecision, OverrideDecision} from '../../../domain/oncall/override-decision.js'
import {isMissing} from '../../../files/atomic-file.js'
import type {Clock} from '../../../ports/clock.js'
import type {Ids} from '../../../ports/ids.js'
import type {Leases} from '../../../ports/lease.js'
import type {OverrideListing, Overrides} from '../../../ports/overrides.js'
import {inBatches} from '../in-batches.js'
import {journalLine, parseJournalLines} from '../journal-lines.js'
import {namesIn} from '../names-in.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {publishWhole} from '../publish-whole.js'
import {listOf, nullable, number, oneOf, shape, text} from '../shape.js'
import {alone} from '../alone.js'

export interface FileOverridesOptions {
  /** `.faci/oncall/overrides`. */
  readonly directory: string
  readonly clock: Clock
  readonly ids: Ids
  /** The right to decide is a lease, kept apart from those on projects. */
  readonly leases: Leases
  /** Who writes: `ana@vm`. */
  readonly by: string
}

/** `000012-<ulid>.jsonl`, a decision each, written whole by one process; `<ulid>.withdrawn` takes one back. */
const DECISION = /^(\d{6,})-([0-9A-HJKMNP-TV-Z]{26})\.jsonl$/
const WITHDRAWN = '.withdrawn'
const DIGITS = 6

const isDecision = shape({
  ...{id: text, at: text, by: text},
  act: oneOf('take', 'swap'),
  overrides: listOf(shape({person: text, replaces: nullable(text), start: number, end: number})),
})

function idOf(name: string): string {
  return DECISION.exec(name)?.[2] ?? ''
}

type Kept = Omit<OverrideDecision, 'isWithdrawn'>

/** null: it is not what was written. */
async function readDecision(path: string): Promise<Kept | null> {
  try {
    const [entry] = parseJournalLines<Kept & {readonly kind: string}>(await readPlain(path)).events
    if (!isDecision(entry) || entry === undefined) return null
    const {id, at, by, act, overrides} = entry
    return {id, at, by, act, overrides}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

async function list(directory: string): Promise<OverrideListing> {
  const all = await namesIn(directory)
  const names = all.filter((name) => DECISION.test(name)).sort()
  const withdrawn = new Set(all.filter((name) => name.endsWith(WITHDRAWN)))
  const isWithdrawn = (id: string): boolean => withdrawn.has(`${id}${WITHDRAWN}`)
  const read = await inBatches(names, (name) => readDecision(join(directory, name)))
  const unreadable = names.filter((_, index) => read[index] === null).map(idOf)
  return {
    decisions: read.flatMap((one) => (one === null ? [] : [{...one, isWithdrawn: isWithdrawn(one.id)}])),
    unreadable: unreadable.filter((id) => !isWithdrawn(id)),
  }
}

/** Overrides as files that are never changed: one for each decision, numbered, and an empty one for each that was taken back. */
const RIGHT = {reason: 'deciding who is on call', runId: null, takeover: 'whoever decided is gone'} as const

export function fileOverrides({directory, clock, ids, by, leases}: FileOverridesOptions): Overrides {
  return {
    add: async ({act, overrides}: NewDecision) => {
      const names = (await namesIn(directory)).map((name) => Number(DECISION.exec(name)?.[1] ?? 0))
      const sequence = Math.max(0, ...names) + 1
      const id = ids.next()
      const entry = {kind: 'overrides.decided', sequence, id, at: clock.now().toISOString(), by, act, overrides}
      await publishWhole(directory, `${String(sequence).padStart(DIGITS, '0')}-${id}.jsonl`, `${journalLine(entry)}\n`)
      return id
    },
    withdraw: async (id) => {
      const known = (await namesIn(directory)).some((name) => DECISION.test(name) && idOf(name) === id)
      if (!known) throw new FaciError('notFound', `No override ${id}`, {suggestions: ['faci oncall schedule']})
      await publishWhole(directory, `${id}${WITHDRAWN}`, '')
    },
    list: () => list(directory),
    alone: () => alone(leases, 'decision', RIGHT),
  }
}
