import {describe, expect, it} from 'vitest'
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
