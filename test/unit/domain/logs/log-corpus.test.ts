import {describe, expect, it} from 'vitest'
import {corpus, type FieldName, type Format, scored, type Scored} from '../../../support/log-corpus/corpus.js'

const {developed, aside, second, third} = corpus()

const ALWAYS: readonly FieldName[] = ['level', 'at', 'message']
const WHERE_THERE_IS_ONE: readonly FieldName[] = ['status', 'path', 'durationMs', 'requestId', 'exception']

function rate(marks: readonly Scored[], field: FieldName): number {
  const own = marks.filter((each) => each.field === field && each.wanted !== null)
  return own.filter(({mark}) => mark === 'right').length / own.length
}

function told({format, field, wanted, got, text}: Scored): string {
  return `${format}: ${field} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}: ${text.slice(0, 200)}`
}

function suite(formats: readonly Format[]): void {
  const marks = formats.flatMap(scored)

  it('has nothing wrong: what is not understood is missing', () => {
    expect(marks.filter(({mark}) => mark === 'wrong').map(told)).toEqual([])
  })

  it.each(ALWAYS)('has at least 95 %% of %s', (field) => {
    expect(rate(marks, field)).toBeGreaterThanOrEqual(0.95)
  })

  it.each(WHERE_THERE_IS_ONE)('has at least 90 %% of %s, where a line has one', (field) => {
    expect(rate(marks, field)).toBeGreaterThanOrEqual(0.9)
  })
}

describe('the corpus of log formats', () => {
  it('has at least 98, 60 of them printed by the real logger, and 30 set aside', () => {
    expect(developed.length + aside.length).toBeGreaterThanOrEqual(98)
    expect([...developed, ...aside].filter(({real}) => real).length).toBeGreaterThanOrEqual(60)
    expect(aside).toHaveLength(30)
    expect(second.length).toBeGreaterThanOrEqual(80)
    expect(third.length).toBeGreaterThanOrEqual(75)
  })

  describe('the formats that the parser was written against', () => {
    suite(developed)
  })

  describe('the formats that were set aside', () => {
    suite(aside)
  })

  describe('the formats that were written blind, after the parser', () => {
    suite(second)
  })

  describe('the formats that were taken from documentation, after the parser', () => {
    suite(third)
  })
})
