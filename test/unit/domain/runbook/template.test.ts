import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {fillHttpBlock, parseHttpBlock} from '../../../../src/domain/runbook/http-block.js'
import {fillNotice} from '../../../../src/domain/runbook/notice-text.js'
import {fillPromql, fillUrl} from '../../../../src/domain/runbook/template.js'

const text = (filled: {readonly ok: boolean; readonly text?: string}): string | null =>
  filled.ok ? (filled.text ?? '') : null

describe('values in PromQL', () => {
  it.each([
    ['up{a="${x}"}', 'api', 'up{a="api"}'],
    ['up{a="${x}"}', 'a"} or vector(1) or up{a="', 'up{a="a\\"} or vector(1) or up{a=\\""}'],
    ['up{a="${x}"}', 'back\\slash\n', 'up{a="back\\\\slash\\n"}'],
    ["up{a='${x}'}", "it's", "up{a='it\\'s'}"],
    ['rate(x[${x}])', '5m', 'rate(x[5m])'],
    ['rate(x[${x}])', '5m]) or vector(1', null],
    ['up{a=`${x}`}', '`', null],
  ])('%s with %s', (template, x, expected) => {
    expect(text(fillPromql(template, {x}))).toBe(expected)
  })

  it('a value inside a string can never end it', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (x) => {
        const filled = text(fillPromql('"${x}"', {x})) ?? ''
        expect(filled.slice(1, -1)).toMatch(/^(?:[^"\\\n]|\\[\s\S])*$/)
      }),
    )
  })

  it('a missing value is told', () => {
    expect(text(fillPromql('${x}', {}))).toBeNull()
  })
})

describe('values in http', () => {
  it('are encoded in the request line and the body, never in a way that adds a header', () => {
    const parsed = parseHttpBlock('POST http://x/cars/${id}?q=${id}\nAuthorization: Bearer ${token}\n\nid=${id}')
    if (!parsed.ok) throw new Error(parsed.message)
    const filled = fillHttpBlock(parsed.request, {id: 'a/b?&\r\nX: y', token: 'abc+/='})
    expect(filled).toMatchObject({
      ok: true,
      request: {
        url: 'http://x/cars/a%2Fb%3F%26%0D%0AX%3A%20y?q=a%2Fb%3F%26%0D%0AX%3A%20y',
        headers: {Authorization: 'Bearer abc+/='},
        body: 'id=a%2Fb%3F%26%0D%0AX%3A%20y',
      },
    })
    expect(fillHttpBlock(parsed.request, {id: 'a', token: 'x\r\nHost: evil'})).toMatchObject({ok: false})
    expect(text(fillUrl('http://x/${x}', {x: '\uD800'}))).toBe('http://x/%EF%BF%BD')
  })

  it.each([
    ['', 0],
    ['GET x', 0],
    ['GET http://', 0],
    ['GET http://x/\nno header', 1],
    ['GET http://x/\nA: b\n: c', 2],
  ])('%j is told with its line', (block, line) => {
    expect(parseHttpBlock(block)).toMatchObject({ok: false, line})
  })
})

describe('notices', () => {
  it('name what they know, and a dash for what never came', () => {
    expect(fillNotice('{{outcome}} after {{ duration }}: {{never}}', {outcome: 'resolved', duration: '2 s'})).toBe(
      'resolved after 2 s: –',
    )
  })
})
