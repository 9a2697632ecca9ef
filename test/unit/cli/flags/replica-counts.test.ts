import {describe, expect, it} from 'vitest'
import {replicaCounts} from '../../../../src/cli/flags/replica-counts.js'

describe('replica counts', () => {
  it('are read from SERVICE=N', () => {
    expect(replicaCounts(['api=3', 'redis-1.x=0'])).toEqual({api: 3, 'redis-1.x': 0})
  })

  it.each([[[]], [['api']], [['api=x']], [['api=-1']], [['=3']], [['api=101']], [['api=1', 'api=2']], [['api=1.5']]])(
    'refuse %j as a usage error that shows the form',
    (words) => {
      expect(() => replicaCounts(words)).toThrow(
        expect.objectContaining({code: 'usage', suggestions: ['faci scale api=3']}),
      )
    },
  )
})
