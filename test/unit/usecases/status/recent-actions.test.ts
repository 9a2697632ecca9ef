import {describe, expect, it} from 'vitest'
import type {ChangeEvent} from '../../../../src/domain/change/change-event.js'
import type {JournaledEvent} from '../../../../src/domain/journal/journal-actions.js'
import {changeStack} from '../../../../src/usecases/change/change-stack.js'
import {recentActions} from '../../../../src/usecases/status/recent-actions.js'
import type {Journal} from '../../../../src/ports/journal.js'
import {changeInput, changeWorld} from '../../../support/change-world.js'

// Both kinds of event are in the same folder: whoever reads it reads either.
const either = (journal: Journal<ChangeEvent>) => journal as unknown as Journal<JournaledEvent>

describe('what faci did lately', () => {
  it('is nothing without runs', async () => {
    expect(await recentActions(either(changeWorld().journal))).toEqual([])
  })

  it('names the change, the operator and how it ended', async () => {
    const world = changeWorld()
    await changeStack(world.deps, changeInput({kind: 'restart', services: ['api']}))
    expect(await recentActions(either(world.journal))).toEqual([
      {
        ...{at: '2026-01-01T00:00:00.000Z', what: 'faci restart api by ana@laptop: done', kind: 'action'},
        ...{services: [], ending: null, restartCount: null},
      },
    ])
  })

  it('shows an action that was cut off', async () => {
    const world = changeWorld()
    const planned = {...changeInput({kind: 'down'}), dryRun: true}
    const {plan} = (await changeStack(world.deps, planned)).data
    await (await world.journal.open('01ARZ3NDEKTSV4RRFFQ69G5FAV')).append({kind: 'change.planned', plan})
    const left = {...either(world.journal), writer: () => Promise.resolve(null)}
    expect(await recentActions(left)).toMatchObject([{what: 'faci down by ana@laptop: no end recorded'}])
  })

  it('knows an action that somebody is still at', async () => {
    const world = changeWorld()
    const {plan} = (await changeStack(world.deps, {...changeInput({kind: 'down'}), dryRun: true})).data
    await (await world.journal.open('01ARZ3NDEKTSV4RRFFQ69G5FAV')).append({kind: 'change.planned', plan})
    expect(await recentActions(either(world.journal))).toMatchObject([{what: 'faci down by ana@laptop: still running'}])
  })
})
