import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {incidentScene} from '../../../support/incident-scene.js'

const DOWN = {name: 'ApiDown', severity: 'critical', priority: null, firingSince: null}

describe('an incident that somebody else opens while Alertmanager is asked', () => {
  it('is the one that is found', async () => {
    let isFirst = true
    const scene = incidentScene({}, async () => {
      if (isFirst) {
        isFirst = false
        await scene.open({alerts: [DOWN]})
      }
      return {by: 'faci', why: 'unanswered'}
    })
    const {data} = await scene.open({alerts: [DOWN]})
    expect(data).toMatchObject({done: 'known', incident: {handle: 'INC-1'}})
    expect((await scene.deps.incidents.list(9)).total).toBe(1)
  })
})

describe('an incident, while another process opens one', () => {
  it('waits for it, and joins what it opened', async () => {
    const scene = incidentScene()
    const {incidents, clock} = scene.deps
    const right = await incidents.alone()
    const sleep = async (): Promise<void> => {
      await incidents.open({
        ...{
          kind: 'incident.opened',
          title: 'API down',
          severity: 'P0',
          services: [],
          alerts: ['ApiDown'],
          impact: null,
        },
        ...{happenedAt: clock.now().toISOString(), detectedAt: clock.now().toISOString(), startedAt: null, runId: null},
      })
      await right?.release()
    }
    const said: (string | null)[] = []
    Object.assign(scene.clock, {sleep})
    Object.assign(scene.deps, {sayWhoOpens: (who: string | null) => said.push(who)})
    const {data, warnings} = await scene.open({alerts: [DOWN]})
    expect([data.done, data.incident.handle, warnings ?? []]).toEqual(['known', 'INC-1', []])
    expect(said).toEqual([])
  })

  it('is opened all the same where that one never ends, or no right can be written, and says what is not known', async () => {
    const scene = incidentScene()
    const said: (string | null)[] = []
    Object.assign(scene.deps, {sayWhoOpens: (who: string | null) => said.push(who)})
    await scene.deps.incidents.alone()
    const waited = await scene.open({title: 'one'})
    expect(said).toEqual(['ana@vm'])
    const full = () => Promise.reject(new FaciError('unreachable', 'the disk is full'))
    Object.assign(scene.deps.incidents, {alone: full})
    const unwritten = await scene.open({title: 'other'})
    expect([waited.data.done, unwritten.data.done]).toEqual(['opened', 'opened'])
    for (const {warnings} of [waited, unwritten])
      expect(warnings).toEqual([expect.stringContaining('faci incident list')])
  })
})
