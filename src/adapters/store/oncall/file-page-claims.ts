import {join} from 'node:path'
import {isMissing} from '../../../files/atomic-file.js'
import type {Leases} from '../../../ports/lease.js'
import type {KeptClaim, PageClaim, PageClaims} from '../../../ports/page-claims.js'
import {namesIn} from '../names-in.js'
import {readPlain} from '../plain-file.js'
import {storeFailure} from '../private-files.js'
import {publishWhole} from '../publish-whole.js'
import {listOf, number, oneOf, shape, text, time} from '../shape.js'
import {alone} from '../alone.js'

export interface FilePageClaimsOptions {
  /** `.faci/oncall/pages` or `.faci/oncall/reminders`. */
  readonly directory: string
  /** The right to page is a lease, kept apart from those on projects. */
  readonly leases: Leases
  /** That of pages is none of reminders: whoever reminds holds up no page. */
  readonly right: 'pages' | 'reminders'
}

const RIGHTS = {
  pages: {lease: 'escalation', request: {reason: 'paging', runId: null, takeover: 'whoever paged is gone'}},
  reminders: {lease: 'reminders', request: {reason: 'reminding', runId: null, takeover: 'whoever reminded is gone'}},
} as const

/** `<round>.<step>.json`, and `<round>.<step>.done` beside it. */
const CLAIM = /^(\d{1,9})\.(\d{1,9})\.json$/
const LONG_AGO = new Date(0).toISOString()

const isClaim = shape({
  ...{incident: text, round: number, step: number, at: time, people: listOf(text)},
  why: oneOf('paged', 'late', 'nobody'),
  notices: listOf(shape({channel: text, id: text})),
})

function parse(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return null
  }
}

type Key = Pick<PageClaim, 'incident' | 'round' | 'step'>

/** null: there is none any more. */
async function readClaim(path: string, key: Key): Promise<PageClaim | null> {
  try {
    const value = parse(await readPlain(path))
    if (isClaim(value)) return {...(value as PageClaim), ...key}
    return {...key, at: LONG_AGO, why: 'late', people: [], notices: []}
  } catch (error) {
    if (isMissing(error)) return null
    throw storeFailure(path, error)
  }
}

async function claimsOf(directory: string, incident: string): Promise<readonly KeptClaim[]> {
  const place = join(directory, incident)
  const names = await namesIn(place)
  const read = names.map(async (name): Promise<readonly KeptClaim[]> => {
    const [, round, step] = CLAIM.exec(name) ?? []
    if (round === undefined || step === undefined) return []
    const claim = await readClaim(join(place, name), {incident, round: Number(round), step: Number(step)})
    const isDone = claim?.why !== 'paged' || names.includes(name.replace(/json$/, 'done'))
    return claim === null ? [] : [{...claim, isDone}]
  })
  return (await Promise.all(read)).flat().sort((a, b) => a.round - b.round || a.step - b.step)
}

/** A file for each step, made by whoever is first, and never changed. */
export function filePageClaims({directory, leases, right}: FilePageClaimsOptions): PageClaims {
  const place = ({incident}: Key): string => join(directory, incident)
  const name = ({round, step}: Key): string => `${String(round)}.${String(step)}`
  return {
    claim: (claim) => publishWhole(place(claim), `${name(claim)}.json`, `${JSON.stringify(claim)}\n`),
    of: (incident) => claimsOf(directory, incident),
    finish: async (key) => {
      await publishWhole(place(key), `${name(key)}.done`, '')
    },
    alone: () => alone(leases, RIGHTS[right].lease, RIGHTS[right].request),
    isTaken: async () => (await leases.inspect(RIGHTS[right].lease)).kind === 'held',
  }
}
