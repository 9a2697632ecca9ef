import {describe, expect, it} from 'vitest'
import {describeAlert, runbookUrl} from '../../../../src/domain/alerts/describe-alert.js'

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

describe('the page that an alert names', () => {
  it.each([
    ['https://rb.example/queue-lag', 'https://rb.example/queue-lag'],
    ['HTTP://wiki', 'HTTP://wiki'],
    ['', null],
    ['javascript:alert(1)', null],
    ['see https://wiki or ask', null],
    ['https://', null],
  ])('%j is %j', (url, expected) => {
    expect(runbookUrl({runbook_url: url})).toBe(expected)
  })

  it('is null where none is named', () => {
    expect(runbookUrl({})).toBeNull()
  })
})
