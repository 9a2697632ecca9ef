import {describe, expect, it} from 'vitest'
import fc from 'fast-check'
import {interpolate, templateParts} from '../../../../src/formats/compose/interpolate.js'

describe('interpolate', () => {
  const variables = {SET: 'value', EMPTY: ''}

  it.each([
    ['plain text stays', 'plain text stays'],
    ['${SET}', 'value'],
    ['$SET/x', 'value/x'],
    ['${EMPTY:-default}', 'default'],
    ['${EMPTY-default}', ''],
    ['${UNSET-default}', 'default'],
    ['${UNSET:-http://localhost:9090}', 'http://localhost:9090'],
    ['${UNSET:-${SET}}', 'value'],
    ['${UNSET:-a${EMPTY:-b$SET}}', 'abvalue'],
    ['${SET:+there}', 'there'],
    ['${EMPTY:+there}', ''],
    ['${EMPTY+there}', 'there'],
    ['${UNSET}', ''],
    ['$$SET', '$SET'],
    ['costs 5$', 'costs 5$'],
    ['$1', '$1'],
  ])('reads %s as Compose does', (text, expected) => {
    expect(interpolate(text, variables)).toBe(expected)
  })

  it.each(['${UNSET:?say it}', '${EMPTY:?say it}', '${UNSET?say it}'])('refuses %s with its message', (text) => {
    expect(() => interpolate(text, variables)).toThrow(/say it/)
  })

  it('accepts a required variable that is set but empty without the colon', () => {
    expect(interpolate('${EMPTY?say it}', variables)).toBe('')
  })

  it.each(['${SET', '${}', '${1}', 'a ${SET:x} b'])('refuses %s, which is no reference', (text) => {
    expect(() => interpolate(text, variables)).toThrow(/is no variable/)
  })
})

describe('templateParts', () => {
  it('tells texts from references, with all that a reference names', () => {
    expect(templateParts('app:${TAG:-${OLD:-1}}$$', {OLD: '2'})).toEqual([
      {literal: 'app:'},
      {names: ['TAG', 'OLD'], value: '2'},
      {literal: ''},
      {literal: '$'},
      {literal: ''},
    ])
  })

  it('comes to what interpolate makes of it', () => {
    const word = fc.constantFrom('a', '$A', '${B}', '${B:-x}', '${A:+${B-y}}', '$$', '$', ' ', '}')
    fc.assert(
      fc.property(
        fc.array(word).map((words) => words.join('')),
        (text) => {
          const variables = {A: 'one'}
          const parts = templateParts(text, variables)
          expect(parts.map((part) => ('literal' in part ? part.literal : part.value)).join('')).toBe(
            interpolate(text, variables),
          )
        },
      ),
    )
  })
})
