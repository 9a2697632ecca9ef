import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {fillHttpBlock, parseHttpBlock} from '../../../../src/domain/runbook/http-block.js'
import {fillNotice} from '../../../../src/domain/runbook/notice-text.js'
import {fillUrl, placeholdersInAuthority} from '../../../../src/domain/runbook/template.js'

const text = (filled: {readonly ok: boolean; readonly text?: string}): string | null =>
  filled.ok ? (filled.text ?? '') : null

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

  it.each(['..', '.', '', '%2e%2e'])('lead to no other place: %j is no part of a path', (id) => {
    const isEncoded = id.includes('%')
    expect(fillUrl('http://x/cars/${id}/photo', {id}).ok).toBe(isEncoded)
    expect(fillUrl('http://x/cars/${id}', {id}).ok).toBe(isEncoded)
    expect(fillUrl('http://x/cars?q=${id}', {id}).ok).toBe(true)
  })

  it('ask the server that is written, at a path as deep as it is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({unit: 'binary'}), fc.constantFrom('..', '../..', '/', '\\\\evil', '@evil')),
        (id) => {
          const filled = fillUrl('http://x/cars/${id}/p?q=${id}', {id})
          if (!filled.ok) return
          const url = new URL(filled.text)
          expect([url.host, url.pathname.split('/').length, url.hash]).toEqual(['x', 4, ''])
          expect(decodeURIComponent(url.pathname.split('/')[2] ?? '')).toBe(id.toWellFormed())
        },
      ),
    )
  })

  it.each(['ação', 'é\u2028', '\u0000', 'a\tb', '日本'])('in a header are Latin-1: %j', (token) => {
    const parsed = parseHttpBlock('GET http://x/\nX-Token: ${token}')
    if (!parsed.ok) throw new Error(parsed.message)
    expect(fillHttpBlock(parsed.request, {token}).ok).toBe(['ação', 'a\tb'].includes(token))
  })

  it.each([
    ['http://${a}/x', ['a']],
    ['https://u:${a}@x:${b}/${c}', ['a', 'b']],
    ['http://x?q=${a}', []],
    ['http://x/${a}', []],
  ])('of which %s decides the server by %j', (url, names) => {
    expect(placeholdersInAuthority(url)).toEqual(names)
  })

  it.each([
    ['', 0],
    ['GET x', 0],
    ['GET http://', 0],
    ['GET http://x/\nno header', 1],
    ['GET http://x/\nA: b\n: c', 2],
    ['GET http://x/\nA: b\nB: 日本', 2],
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
