import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {type VariablePiece, variableDifference} from '../../../../src/domain/stack/variable-use.js'

function use(...pieces: readonly VariablePiece[]) {
  return {service: 'web', at: ['image'], pieces}
}

const TAG: VariablePiece = {variables: ['TAG'], isUnset: true, value: '1'}
const REGISTRY: VariablePiece = {variables: ['REGISTRY'], isUnset: false, value: 'new'}
const NONE = {lost: [], changed: []}

describe('what became of the variables that a container was made with', () => {
  it.each([
    ['the same', [{literal: 'app:'}, TAG], ['app:1'], NONE],
    ['another value, and nothing sets it now', [{literal: 'app:'}, TAG], ['app:7'], {lost: ['TAG'], changed: []}],
    ['set to another value', [REGISTRY, {literal: '/app'}], ['old/app'], {lost: [], changed: ['REGISTRY']}],
    [
      'only the one that is another',
      [REGISTRY, {literal: '/app:'}, TAG],
      ['old/app:1'],
      {lost: [], changed: ['REGISTRY']},
    ],
    ['another text, whatever its variables were', [{literal: 'app:'}, TAG], ['shop:7'], NONE],
    ['made without it', [TAG], [], {lost: ['TAG'], changed: []}],
    ['empty then and now', [{...TAG, value: ''}], [], NONE],
    ['one of several ways to write it is the same', [TAG, {literal: ':80'}], ['9:80', '1:80'], NONE],
    ['dots and brackets stand for themselves', [{literal: 'a.[b]'}, TAG], ['axb7'], NONE],
  ] as const)('%s', (_, pieces, running, expected) => {
    expect(variableDifference(use(...pieces), running)).toEqual(expected)
  })

  const piece: fc.Arbitrary<VariablePiece> = fc.oneof(
    fc.record({literal: fc.string()}),
    fc.record({variables: fc.constant(['V']), isUnset: fc.boolean(), value: fc.string()}),
  )
  const textOf = (pieces: readonly VariablePiece[]): string =>
    pieces.map((one) => ('literal' in one ? one.literal : one.value)).join('')

  it('is nothing where Compose comes to the same text', () => {
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 6}), (pieces) => {
        const [first] = pieces.filter((one) => 'value' in one)
        // Two values side by side may be cut in other places.
        fc.pre(first === undefined || pieces.filter((one) => 'value' in one).length === 1)
        expect(variableDifference(use(...pieces), [textOf(pieces)])).toEqual(NONE)
      }),
    )
  })

  it('is that of a lone variable whenever its value is another one', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string({minLength: 1}), (before, after, now, then) => {
        fc.pre(now !== then)
        const pieces = [{literal: before}, {variables: ['V'], isUnset: true, value: now}, {literal: after}]
        expect(variableDifference(use(...pieces), [`${before}${then}${after}`])).toEqual({lost: ['V'], changed: []})
      }),
    )
  })

  it('takes no time over a text that is made to take it', () => {
    const pieces = Array.from({length: 40}, (_, index) => (index % 2 === 0 ? TAG : {literal: 'a'}))
    expect(variableDifference(use(...pieces), ['a'.repeat(4096)])).toEqual(NONE)
  })
})
