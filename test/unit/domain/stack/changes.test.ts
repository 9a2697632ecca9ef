import {describe, expect, it} from 'vitest'
import {recentChanges} from '../../../../src/domain/stack/changes.js'
import {aContainer} from '../../../support/builders/container.js'

const now = new Date('2026-11-23T08:00:00Z')

describe('recentChanges', () => {
  it('puts what happened in the same minute into one line', () => {
    const containers = [aContainer(), aContainer({service: 'redis', createdAt: '2026-11-23T06:00:30.000Z'})]
    expect(recentChanges(containers, [], now)).toEqual([{at: '2026-11-23T06:00:00.000Z', what: 'created: api, redis'}])
  })

  it('names the image of a container that was made alone, and a later start', () => {
    const restarted = aContainer({startedAt: '2026-11-23T07:00:00.000Z'})
    expect(recentChanges([restarted], [], now).map(({what}) => what)).toEqual([
      'started again: api',
      'created: api (faciliauto/api:1)',
    ])
  })

  it('leaves out what is older than a day, and takes actions in, newest first', () => {
    const old = aContainer({createdAt: '2026-11-20T10:00:00.000Z', startedAt: null})
    const action = {at: '2026-11-23T07:30:00.000Z', what: 'ana: restart api'}
    expect(recentChanges([old], [action], now)).toEqual([action])
  })
})
