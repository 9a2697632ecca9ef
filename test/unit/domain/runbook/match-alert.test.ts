import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import type {AlertFacts} from '../../../../src/domain/alerts/alert-facts.js'
import {isMisled, matchAlert} from '../../../../src/domain/runbook/match-alert.js'

const alert = (over: Partial<AlertFacts> = {}): AlertFacts => ({
  name: 'APIDown',
  labels: {service: 'api', severity: 'critical'},
  annotations: {},
  ...over,
})
const target = (name: string, ...alerts: readonly string[]) => ({name, alerts})

const SELECTORS = [
  'APIDown',
  'APIDown{service="api"}',
  'APIDown{service="api",severity=~"crit.*"}',
  'APIDown{service="x"}',
]
const targets = fc
  .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), {minLength: 1})
  .chain((names) =>
    fc.tuple(
      ...names.map((name) => fc.record({name: fc.constant(name), alerts: fc.subarray([...SELECTORS, 'Other'])})),
    ),
  )

describe('the runbook of an alert', () => {
  it('is the one whose selector says most', () => {
    const general = target('general', 'APIDown')
    const special = target('special', 'APIDown{service="api"}')
    expect(matchAlert(alert(), [general, special], re2jsPatterns)).toEqual({kind: 'one', runbook: 'special'})
    expect(matchAlert(alert({labels: {service: 'redis'}}), [general, special], re2jsPatterns)).toEqual({
      kind: 'one',
      runbook: 'general',
    })
  })

  it('is the one that its annotation names, when that is for the alert', () => {
    const both = [target('general', 'APIDown'), target('other', 'APIDown{service!="x"}')]
    expect(matchAlert(alert({annotations: {runbook: 'general'}}), both, re2jsPatterns)).toEqual({
      kind: 'one',
      runbook: 'general',
    })
    expect(matchAlert(alert({annotations: {runbook: 'gone'}}), both, re2jsPatterns)).toEqual({
      kind: 'one',
      runbook: 'other',
    })
  })

  it('is never one that does not name the alert, whatever its annotation says', () => {
    const both = [target('general', 'APIDown'), target('wipe', 'Else', 'APIDown{service="redis"}')]
    const misled = alert({annotations: {runbook: 'wipe'}})
    expect(matchAlert(misled, both, re2jsPatterns)).toEqual({kind: 'one', runbook: 'general'})
    expect(matchAlert(misled, [target('wipe', 'Else')], re2jsPatterns)).toEqual({kind: 'none'})
    expect([
      isMisled(misled, both, re2jsPatterns),
      isMisled(alert({annotations: {runbook: 'general'}}), both, re2jsPatterns),
    ]).toEqual([true, false])
  })

  it('is none, or a tie between those that say equally much', () => {
    expect(matchAlert(alert({name: 'Else'}), [target('a', 'APIDown')], re2jsPatterns)).toEqual({kind: 'none'})
    const tie = matchAlert(
      alert(),
      [target('a', 'APIDown', 'APIDown{service="api"}'), target('b', 'APIDown{severity!=""}')],
      re2jsPatterns,
    )
    expect(tie).toEqual({kind: 'tie', runbooks: ['a', 'b']})
  })

  it('does not mind a selector that cannot be read', () => {
    expect(matchAlert(alert(), [target('a', 'APIDown{'), target('b', 'APIDown')], re2jsPatterns)).toEqual({
      kind: 'one',
      runbook: 'b',
    })
  })

  it('does not depend on the order of the runbooks', () => {
    fc.assert(
      fc.property(targets, (some) => {
        const [one, other] = [
          matchAlert(alert(), some, re2jsPatterns),
          matchAlert(alert(), [...some].reverse(), re2jsPatterns),
        ]
        expect(other.kind).toBe(one.kind)
        if (one.kind === 'tie' && other.kind === 'tie')
          expect([...other.runbooks].sort()).toEqual([...one.runbooks].sort())
        else expect(other).toEqual(one)
      }),
    )
  })

  it('is never beaten by one that says less', () => {
    fc.assert(
      fc.property(targets, (some) => {
        const most = target('most', 'APIDown{service="api",severity="critical",job=""}')
        expect(matchAlert(alert(), [...some, most], re2jsPatterns)).toEqual({kind: 'one', runbook: 'most'})
      }),
    )
  })
})
