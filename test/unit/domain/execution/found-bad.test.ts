import {describe, expect, it} from 'vitest'
import {foundBad} from '../../../../src/domain/execution/found-bad.js'

describe('a diagnosis that found something bad', () => {
  const diagnose = {role: 'diagnose', body: 'faci status'}
  const bad = {outcome: 'failed', exitCode: 3}

  it('is one whose faci answered 3', () => {
    expect(foundBad(diagnose, bad)).toBe(true)
    expect(foundBad({...diagnose, body: 'cd /srv && faci logs api'}, bad)).toBe(true)
  })

  it('is none that broke, that changed something, or that asked something else', () => {
    expect(foundBad(diagnose, {...bad, exitCode: 1})).toBe(false)
    expect(foundBad(diagnose, {outcome: 'timedOut', exitCode: 3})).toBe(false)
    expect(foundBad({...diagnose, role: 'mitigate'}, bad)).toBe(false)
    expect(foundBad({...diagnose, body: 'curl http://localhost'}, bad)).toBe(false)
  })
})
