import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {environmentKind, environmentLabel, isProduction} from '../../../src/domain/environment.js'

const WORDS = ['production', 'prod', 'prd', 'live'] as const

/** The word in any mixture of upper and lower case. */
function inAnyCase(word: string): fc.Arbitrary<string> {
  return fc
    .array(fc.boolean(), {minLength: word.length, maxLength: word.length})
    .map((upper) =>
      Array.from(word, (letter, index) => (upper[index] === true ? letter.toUpperCase() : letter)).join(''),
    )
}

const production = fc.constantFrom(...WORDS).chain(inAnyCase)
const lowerCase = fc.string({
  unit: fc.integer({min: 97, max: 122}).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 12,
})

describe('what the name of an environment says', () => {
  it.each([
    ...['production', 'Production', 'PROD', 'prd', 'Live', 'Produção', 'ｐｒｏｄ'].map((name) => [name, 'production']),
    ...['prod-eu', 'eu.prod', 'eu_PRD', 'live/1', 'prod1', 'prod eu', 'non-prod', 'pre-production'].map((name) => [
      name,
      'unclear',
    ]),
    ...['prodution', 'prodcution', 'producton', 'Productions', 'eu-prodution', 'producción'].map((name) => [
      name,
      'unclear',
    ]),
    ...['preprod', 'staging', 'nonprod', 'development', 'preproduction', 'olive', 'delivery', 'product', 'dev'].map(
      (name) => [name, 'other'],
    ),
  ])('%s: %s', (name, kind) => {
    expect(environmentKind(name)).toBe(kind)
  })

  it('case never turns the guards off', () => {
    fc.assert(fc.property(production, (name) => environmentKind(name) === 'production'))
  })

  it('a word of production with anything around it is never taken for something else', () => {
    const parts = fc.tuple(lowerCase, fc.constantFrom('-', '.', '/', '_'), production)
    fc.assert(
      fc.property(parts, ([other, mark, word]) => {
        expect(environmentKind(`${other}${mark}${word}`)).toBe('unclear')
        expect(environmentKind(`${word}${mark}${other}`)).toBe('unclear')
      }),
    )
  })

  it('up to two slips in production are never taken for something else', () => {
    const slip = fc.tuple(
      fc.nat(9),
      fc.constantFrom('delete', 'insert', 'replace'),
      fc.constantFrom('a', 'o', 'x', '-'),
    )
    const slipped = (word: string, [at, how, letter]: readonly [number, string, string]): string =>
      word.slice(0, at) + (how === 'delete' ? '' : letter) + word.slice(how === 'insert' ? at : at + 1)
    fc.assert(
      fc.property(slip, slip, (first, second) => {
        expect(environmentKind(slipped(slipped('production', first), second))).not.toBe('other')
      }),
    )
  })
})

it('what is declared wins, else the name decides', () => {
  expect([isProduction('prod-eu', true), isProduction('prod-eu', false), isProduction('blue', true)]).toEqual([
    true,
    false,
    true,
  ])
  expect([isProduction('Prod'), isProduction('preprod')]).toEqual([true, false])
})

it('a screen names production in capitals, with what is to be typed where that is another word', () => {
  const label = (environment: string, guarded: boolean) => environmentLabel({environment, production: guarded})
  expect([label('production', true), label('prod-eu', true), label('staging', false)]).toEqual([
    'PRODUCTION',
    'PRODUCTION (prod-eu)',
    'staging',
  ])
})
