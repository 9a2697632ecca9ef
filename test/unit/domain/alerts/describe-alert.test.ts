import {describe, expect, it} from 'vitest'
import {describeAlert} from '../../../../src/domain/alerts/describe-alert.js'

describe('the runbook that an alert names', () => {
  it.each([
    ['api-down', 'api-down'],
    ['x; rm -rf /', null],
    ['api-down --yes', null],
    ['--takeover', null],
    ['$(id)', null],
    ['https://wiki/runbook', null],
    ['a\nb', null],
  ])('%j is to be typed as %j', (runbook, expected) => {
    expect(describeAlert({}, {runbook}).runbook).toBe(expected)
  })
})
