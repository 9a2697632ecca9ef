import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import {runListText} from '../../../../src/render/runbook/run-list.js'
import {listRuns, type ListRunsInput} from '../../../../src/usecases/runbook/list-runs.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeJournal} from '../../../support/fakes/journal.js'
import {fakeLeases} from '../../../support/fakes/lease.js'
import {anyEvents, journaled, RESTARTED, resolvedRun, startedEvent} from '../../../support/journaled-runs.js'

const ids = (count: number): readonly string[] =>
  Array.from({length: count}, (_, index) => `01ARZ3NDEKTSV4RRFFQ69G${String(index).padStart(4, '0')}`)
const EVERY: ListRunsInput = {limit: 20, runbook: null, all: false}

function world() {
  const journal = fakeJournal<RunEvent>()
  const read: string[] = []
  const counting = anyEvents({
    ...journal,
    ends: (id, file) => {
      read.push(id)
      return journal.ends(id, file)
    },
  })
  return {journal, leases: fakeLeases(), read, deps: {journal: counting, leases: fakeLeases(), clock: fakeClock()}}
}

const finished = (over: Partial<Extract<RunEvent, {kind: 'run.finished'}>> = {}): RunEvent => ({
  kind: 'run.finished',
  elapsedSeconds: 12,
  outcome: 'unresolved',
  verdict: 'bad',
  reason: [],
  deeds: [{did: 'nothing'}],
  ...over,
})

describe('the list of runs', () => {
  it('says of a real run what it was, how it ended, and what resolved it', async () => {
    const {at, runId} = await resolvedRun()
    const {data, verdict} = await listRuns({journal: anyEvents(at.journal), leases: at.leases, clock: at.clock}, EVERY)
    expect(verdict).toBe('ok')
    expect(data.runs).toMatchObject([
      {runId, kind: 'runbook', what: 'api-down', status: 'finished', outcome: 'resolved', resolvedBy: 'restart'},
    ])
    expect(runListText({verdict, data}, PLAIN)).toMatch(/api-down +✔ resolved .* ana +restart\n/)
  })

  it('is newest first, and reads no more journals than it takes', async () => {
    const {journal, deps, read} = world()
    for (const id of ids(100)) await journaled(journal, id, [startedEvent(id), finished()])
    const {data} = await listRuns(deps, {...EVERY, limit: 5})
    expect(data.runs.map(({runId}) => runId)).toEqual([...ids(100)].reverse().slice(0, 5))
    expect(read.length).toBeLessThanOrEqual(20)
    expect((await listRuns(deps, {...EVERY, limit: Number.POSITIVE_INFINITY})).data.runs).toHaveLength(100)
  })

  it('reads further for one runbook', async () => {
    const {journal, deps} = world()
    for (const [index, id] of ids(60).entries())
      await journaled(journal, id, [startedEvent(id, {runbook: index < 2 ? 'rare' : 'common'}), finished()])
    const {data} = await listRuns(deps, {...EVERY, runbook: 'rare'})
    expect(data.runs.map(({runId}) => runId)).toEqual([...ids(2)].reverse())
    expect((await listRuns(deps, {...EVERY, runbook: 'none'})).data.runs).toEqual([])
  })

  it('leaves direct commands out unless all are wanted', async () => {
    const {journal, deps} = world()
    const [run = '', command = ''] = ids(2)
    await journaled(journal, run, [startedEvent(run), finished()])
    await journaled(journal, command, RESTARTED)
    expect((await listRuns(deps, EVERY)).data.runs.map(({runId}) => runId)).toEqual([run])
    const {data} = await listRuns(deps, {...EVERY, all: true})
    expect(data.runs).toMatchObject([
      {runId: command, kind: 'command', what: 'faci restart api', outcome: null, verdict: 'ok', operator: 'ana'},
      {runId: run, kind: 'runbook'},
    ])
    expect(runListText({verdict: 'ok', data}, PLAIN)).toMatch(/faci restart api +✔ done/)
  })

  it('tells a run that goes on from one that died', async () => {
    const {journal, deps} = world()
    const [died = '', runs = ''] = ids(2)
    await journaled(journal, died, [startedEvent(died)])
    await journaled(journal, runs, [startedEvent(runs)])
    await deps.leases.take('x', {reason: 'runbook api-down', runId: runs})
    const {data} = await listRuns(deps, EVERY)
    expect(data.runs.map(({status}) => status)).toEqual(['running', 'interrupted'])
    const text = runListText({verdict: 'ok', data}, PLAIN)
    expect(text).toContain('▶ running')
    expect(text).toContain('■ no end recorded')
  })

  it('reads a journal whole when its end does not say what resolved it', async () => {
    const {journal, deps} = world()
    const [id = ''] = ids(1)
    const output: RunEvent = {
      ...{kind: 'block.finished', id: 'logs', elapsedSeconds: 9, outcome: 'ok', exitCode: 0, durationSeconds: 1},
      ...{output: '', detail: null, captured: {}},
    }
    const look: RunEvent = {kind: 'look', after: 'restart', state: 'true', conditions: [], elapsedSeconds: 8}
    const after = Array.from({length: 30}, () => output)
    const resolved = finished({outcome: 'resolved', verdict: 'ok'})
    await journaled(journal, id, [startedEvent(id), {...output, id: 'restart'}, look, ...after, resolved])
    expect((await listRuns(deps, EVERY)).data.runs).toMatchObject([{resolvedBy: 'restart'}])
  })

  it('names no mitigation that was skipped at its gate', async () => {
    const {journal, deps} = world()
    const [id = ''] = ids(1)
    await journaled(journal, id, [
      startedEvent(id),
      {kind: 'block.skipped', id: 'restart', reason: {why: 'operatorSaidSo'}, elapsedSeconds: 1},
      {kind: 'look', after: 'restart', state: 'true', conditions: [], elapsedSeconds: 2},
      finished({outcome: 'resolved', verdict: 'ok'}),
    ])
    expect((await listRuns(deps, EVERY)).data.runs).toMatchObject([{outcome: 'resolved', resolvedBy: null}])
  })

  it('lists the others when some cannot be read at all, and warns', async () => {
    const {journal, deps} = world()
    const [first = '', second = ''] = ids(2)
    for (const id of [first, second]) await journaled(journal, id, [startedEvent(id), finished({outcome: 'resolved'})])
    const unreadable = new FaciError('unreachable', 'EACCES: permission denied')
    const {ends} = deps.journal
    const broken: typeof deps.journal = {
      ...deps.journal,
      ends: (id, file) => (id === second ? Promise.reject(unreadable) : ends(id, file)),
    }
    const {data, warnings} = await listRuns({...deps, journal: broken}, EVERY)
    expect(data.runs.map(({runId}) => runId)).toEqual([first])
    expect(warnings).toEqual(['the beginning of one run cannot be read: see /srv/store/runs'])
  })

  it('warns of runs whose beginning is lost', async () => {
    const {journal, deps} = world()
    await journal.open('01ARZ3NDEKTSV4RRFFQ69G5FAV')
    const {data, warnings} = await listRuns(deps, EVERY)
    expect(data.runs).toEqual([])
    expect(warnings).toEqual(['the beginning of one run cannot be read: see /srv/store/runs'])
    expect(runListText({verdict: 'ok', data}, PLAIN)).toBe('no runs')
  })
})
