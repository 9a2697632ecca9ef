import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {jsonText} from '../../../src/render/json/json-text.js'

describe('jsonText', () => {
  it('hides nothing, and what is parsed is what was given', () => {
    const unit = fc.constantFrom(
      '\u001B',
      '\u007F',
      '\u009B',
      '\u202E',
      '\u2028',
      '\u{E0041}',
      '\u3164',
      '"',
      '\\',
      'ã',
      '🚗',
    )
    fc.assert(
      fc.property(fc.string({unit}), fc.constantFrom(undefined, 2), (text, indent) => {
        const json = jsonText({[text]: [text]}, indent)
        expect(json).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}\u007F-\u009F\u3164]|[^\P{Cc}\n]/u)
        expect(JSON.parse(json)).toEqual({[text]: [text]})
      }),
    )
  })

  it('leaves letters and emoji as they are', () => {
    expect(jsonText({a: 'São Paulo 🚗'})).toBe('{"a":"São Paulo 🚗"}')
  })
})
