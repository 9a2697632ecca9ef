// What a list tells of many incidents comes from an index; it must say what reading each of them says, whatever was done to the folders.
import {cp, mkdir, mkdtemp, readdir, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import fc from 'fast-check'
import {expect, it} from 'vitest'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import {FaciError} from '../../src/domain/errors.js'
import type {IncidentEvent} from '../../src/domain/incidents/incident-event.js'
import {incidentRecord} from '../../src/domain/incidents/incident-record.js'
import {type IncidentFacts, isOver} from '../../src/domain/incidents/incident.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {IncidentStore} from '../../src/ports/incident-store.js'
import {anOpening, minute} from '../support/builders/incident-record.js'
import {openingLeases} from '../support/opening-leases.js'

const ids = ulidIds()
const ID = /^[0-9A-Z]{26}$/
let brought = 0

/** An id from before all others, as of a folder that was put here by hand. */
function oldId(): string {
  brought += 1
  return `01J${String(brought).padStart(23, '0')}`
}

async function readAll(store: IncidentStore, root: string): Promise<readonly IncidentFacts[]> {
  // Before the first incident there is no folder.
  const folders = (await readdir(root).catch(() => [])).filter((name) => ID.test(name)).sort()
  const all: IncidentFacts[] = []
  for (const id of folders) {
    const reading = await store.read(id).catch(() => null)
    const facts = reading === null ? null : (incidentRecord(id, reading.entries)?.facts ?? null)
    if (facts !== null) all.push(facts)
  }
  return all
}

/** As the port says it: those that are not over, and the newest; newest first. */
function expected(all: readonly IncidentFacts[], wanted: number): unknown {
  const shown = all.filter((one, place) => place >= all.length - wanted || !isOver(one))
  return {incidents: shown.reverse(), total: all.length}
}

const deed = fc.oneof(
  {weight: 4, arbitrary: fc.constant({kind: 'open'} as const)},
  {weight: 6, arbitrary: fc.record({kind: fc.constantFrom('note', 'resolve', 'reopen'), which: fc.nat(99)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constantFrom('remove', 'hollow', 'bringBack'), which: fc.nat(99)})},
  {weight: 1, arbitrary: fc.record({kind: fc.constant('loseIndex'), which: fc.nat(99)})},
)

function unlessMissing(error: unknown): void {
  if (!(error instanceof FaciError && error.code === 'notFound')) throw error
}

async function act(
  store: IncidentStore,
  root: string,
  one: {readonly kind: string; readonly which?: number},
): Promise<void> {
  const folders = (await readdir(root).catch(() => [])).filter((name) => ID.test(name)).sort()
  const id = folders[(one.which ?? 0) % Math.max(1, folders.length)]
  if (one.kind === 'open') await store.open(anOpening({title: 'trouble'}))
  if (one.kind === 'hollow') await mkdir(join(root, ids.next()), {recursive: true})
  if (id === undefined) return
  const happenedAt = minute(30)
  const events: Readonly<Record<string, IncidentEvent>> = {
    note: {kind: 'incident.noted', happenedAt, text: 'seen'},
    resolve: {kind: 'incident.resolved', happenedAt, as: 'fixed', text: ''},
    reopen: {kind: 'incident.reopened', happenedAt, why: 'asked', text: 'again'},
  }
  const event = events[one.kind]
  // Of a hollow folder the store says that it is no incident.
  if (event !== undefined) await store.append(id, [event]).catch(unlessMissing)
  if (one.kind === 'remove') await rm(join(root, id), {recursive: true})
  if (one.kind === 'bringBack') await cp(join(root, id), join(root, oldId()), {recursive: true})
  if (one.kind === 'loseIndex') {
    const index = join(root, 'index')
    const [name] = (await readdir(index).catch(() => [])).sort().reverse()
    if (name !== undefined) await rm(join(index, name))
  }
}

it('a list says what reading each incident says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(deed, {minLength: 30, maxLength: 70}),
      fc.constantFrom(0, 1, 3, 20),
      async (deeds, wanted) => {
        const directory = await mkdtemp(join(tmpdir(), 'faci-incident-list-'))
        const root = join(directory, 'incidents')
        try {
          const store = fileIncidents({
            directory,
            leases: openingLeases(directory),
            masker: masker([]),
            clock: systemClock,
            ids,
            by: 'ana@vm',
          })
          for (const [place, one] of deeds.entries()) {
            await act(store, root, one)
            if (place % 10 !== 9) continue
            const all = await readAll(store, root)
            expect(await store.list(wanted)).toEqual(expected(all, wanted))
            expect(await store.list(Number.POSITIVE_INFINITY)).toEqual(expected(all, Number.POSITIVE_INFINITY))
          }
        } finally {
          await rm(directory, {recursive: true, force: true})
        }
      },
    ),
    {numRuns: 4},
  )
})
