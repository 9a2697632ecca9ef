import {describe, expect, it} from 'vitest'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import type {RunInput} from '../../../../src/usecases/runbook/run-context.js'
import {readRun} from '../../../../src/usecases/runbook/read-run.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {fakeJournal, type FakeJournal} from '../../../support/fakes/journal.js'
import {fakeLeases} from '../../../support/fakes/lease.js'
import {runInput, scene} from '../../../support/runbook-deps.js'

const FIRST = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const SECOND = '01ARZ3NDEKTSV4RRFFQ69G5FBW'
const CHANGE = '01BX5ZZKBKACTAV9WEVGEMMVRZ'

const RUNBOOK = `---
services: [api]
resolved: {within: 5s, hold: 0s, every: 1s, all: [{health: api}]}
---
# API down
## Restart
\`\`\`sh {mitigate id=restart}
faci restart api
\`\`\`
`

function started(runId: string): RunEvent {
  return {
    kind: 'run.started',
    elapsedSeconds: 0,
    runId,
    ...{runbook: 'api-down', title: 'API down', hash: 'sha256:1', service: 's', environment: 'development'},
    ...{project: 'x', operator: 'ana', mode: 'full', force: false, inputs: {}, secretInputs: [], directory: '/x'},
    selection: {only: [], skip: [], from: null},
  }
}

async function journalWith(...ids: readonly string[]): Promise<FakeJournal<RunEvent>> {
  const journal = fakeJournal<RunEvent>()
  for (const id of ids) await (await journal.open(id)).append(started(id))
  return journal
}

async function finishedRun(input: Partial<RunInput> = {}) {
  const at = scene({
    runbook: RUNBOOK,
    onScript: (now) => {
      now.health = 200
      return {}
    },
  })
  const {data} = await runRunbook(at.deps, runInput({...input, inputs: {}}))
  return {...at, data}
}

describe('reading a run', () => {
  it('gives back its events, the runbook it ran, and how it ended', async () => {
    const {journal, leases, data} = await finishedRun()
    const run = await readRun({journal, leases}, data.runId)
    expect(run).toMatchObject({runId: data.runId, status: 'finished', source: RUNBOOK, actions: [], torn: 0})
    expect(run.started).toMatchObject({kind: 'run.started', operator: 'ana', runbook: 'api-down'})
    expect(run.events.at(-1)).toMatchObject({kind: 'run.finished', outcome: 'resolved'})
    expect(run.events.map(({sequence}) => sequence)).toEqual(run.events.map((_, index) => index + 1))
  })

  it('knows the actions that joined', async () => {
    const journal = await journalWith(FIRST)
    await journal.open(FIRST, `action-${SECOND}`)
    expect((await readRun({journal, leases: fakeLeases()}, FIRST)).actions).toEqual([`action-${SECOND}`])
  })

  it.each(['last', 'LAST', FIRST, FIRST.toLowerCase(), '5FAV', '01ARZ3NDEKTSV4RRFFQ69G5FA'])(
    'takes %s as an id',
    async (wanted) => {
      const journal = await journalWith(FIRST)
      await (await journal.open(CHANGE)).append({kind: 'lease.taken', elapsedSeconds: 0, takenFrom: null})
      expect((await readRun({journal, leases: fakeLeases()}, wanted)).runId).toBe(FIRST)
    },
  )

  it('refuses a part of several ids, naming them', async () => {
    const journal = await journalWith(FIRST, SECOND)
    await expect(readRun({journal, leases: fakeLeases()}, '01ARZ')).rejects.toMatchObject({
      code: 'usage',
      suggestions: [`faci runs ${SECOND}`, `faci runs ${FIRST}`, 'faci runs'],
    })
  })

  it('names the newest runs when there is none of that id', async () => {
    const journal = await journalWith(FIRST)
    await expect(readRun({journal, leases: fakeLeases()}, 'nothing')).rejects.toMatchObject({
      code: 'notFound',
      suggestions: [`faci runs ${FIRST}`, 'faci runs'],
    })
    await expect(readRun({journal: fakeJournal<RunEvent>(), leases: fakeLeases()}, 'last')).rejects.toMatchObject({
      code: 'notFound',
    })
    await expect(readRun({journal, leases: fakeLeases()}, '')).rejects.toMatchObject({code: 'notFound'})
  })

  it('names the nearest run when an id was mistyped', async () => {
    const journal = await journalWith(FIRST, SECOND, CHANGE)
    await expect(readRun({journal, leases: fakeLeases()}, FIRST.replace('3N', '3M'))).rejects.toMatchObject({
      code: 'notFound',
      suggestions: [`faci runs ${FIRST}`, 'faci runs'],
    })
  })

  it('does not take the journal of a direct command for a run', async () => {
    const journal = fakeJournal<RunEvent>()
    await (await journal.open(CHANGE)).append({kind: 'lease.taken', elapsedSeconds: 0, takenFrom: null})
    await expect(readRun({journal, leases: fakeLeases()}, CHANGE)).rejects.toMatchObject({code: 'notFound'})
  })

  it('calls a run without an end running while it holds the lock or its journal is written, and interrupted after', async () => {
    const journal = await journalWith(FIRST)
    expect((await readRun({journal, leases: fakeLeases()}, FIRST)).status).toBe('running')
    journal.abandon(FIRST)
    const leases = fakeLeases()
    const lease = await leases.take('x', {reason: 'runbook api-down', runId: FIRST})
    expect((await readRun({journal, leases}, FIRST)).status).toBe('running')
    leases.abandon('x', 'its process is gone')
    expect((await readRun({journal, leases}, FIRST)).status).toBe('interrupted')
    await lease.release()
    await leases.take('x', {reason: 'somebody else', runId: SECOND})
    expect((await readRun({journal, leases}, FIRST)).status).toBe('interrupted')
  })
})
