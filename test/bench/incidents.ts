import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {repositoryRoot} from '../../service/stack/repository.js'
import {fileIncidents} from '../../src/adapters/store/incidents/file-incidents.js'
import {journalLine} from '../../src/adapters/store/journal-lines.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {ulidIds} from '../../src/adapters/system/ulid-ids.js'
import {masker} from '../../src/domain/secrets/masker.js'
import {anOpening, entriesOf, minute} from '../support/builders/incident-record.js'
import {type Command, inTurn, type Row} from './measure.js'
import {openingLeases} from '../support/opening-leases.js'

const ROUNDS = 25
const INCIDENTS = 10_000
/** Opened through the store itself, so that it makes its index of all. */
const OPENED = 20
const TARGET = 3.5
const FACI = join(repositoryRoot, 'bin', 'run.js')

function ulid(number: number, event = 0): string {
  return `01M8${String(event)}${String(number).padStart(21, '0')}`
}

/** As the store writes them, but without waiting for the disk at each. */
function writeResolved(incidents: string, number: number): void {
  const directory = join(incidents, ulid(number))
  mkdirSync(directory, {recursive: true})
  const events = entriesOf(anOpening({handle: `INC-${String(number)}`, title: `trouble ${String(number)}`}), {
    ...{kind: 'incident.resolved', happenedAt: minute(30), as: 'fixed', text: 'restarted'},
  })
  for (const {sequence, ...event} of events) {
    const id = ulid(number, sequence)
    const name = `${String(sequence).padStart(6, '0')}-${id}.jsonl`
    writeFileSync(join(directory, name), `${journalLine({...event, sequence, id})}\n`)
  }
}

/** All but the newest are resolved, as in a store of years. */
async function fill(directory: string): Promise<void> {
  writeFileSync(join(directory, 'faci.yml'), 'service: bench\ncompose: {file: docker-compose.yml}\n')
  const kept = join(directory, '.faci')
  for (let number = OPENED; number < INCIDENTS; number += 1) writeResolved(join(kept, 'incidents'), number)
  const by = 'ana@laptop'
  const store = fileIncidents({
    directory: kept,
    leases: openingLeases(kept),
    masker: masker([]),
    clock: systemClock,
    ids: ulidIds(),
    by,
  })
  for (let number = 0; number < OPENED; number += 1) await store.open(anOpening({title: `new ${String(number)}`}))
}

/** The list of ten thousand incidents against `node -e 0`. Needs no stack. */
export async function benchIncidents(): Promise<readonly Row[]> {
  const directory = mkdtempSync(join(tmpdir(), 'faci-bench-incidents-'))
  try {
    await fill(directory)
    const command = (argv: readonly string[]): Command => ({argv: [process.execPath, ...argv], cwd: directory})
    const commands = [command(['-e', '0']), command([FACI, 'incident', 'list'])]
    const [base = 1, list = NaN] = await inTurn(commands, ROUNDS)
    const detail = `${list.toFixed(0)} ms to ${base.toFixed(0)} ms`
    const what = 'faci incident list, ten thousand of them'
    return [{what, against: 'node -e 0', ratio: list / base, target: TARGET, detail}]
  } finally {
    rmSync(directory, {recursive: true, force: true})
  }
}
