import {Buffer} from 'node:buffer'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {MASK} from '../../../../src/domain/secrets/hidden.js'
import {type Masker, masker} from '../../../../src/domain/secrets/masker.js'

const SECRET = `it's S3cr3t/+"pass"&$word ção`
const KEY = [
  '-----BEGIN PRIVATE KEY-----',
  'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj',
  'MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu',
  'NMoSfm76oqFvAp8Gy0iz5sxjZmSnXyCdPEovGhLa0VzMaQ8s+CLOyS56YyCFGeJZ',
  'qg==',
  '-----END PRIVATE KEY-----',
].join('\n')

function streamed({stream}: Masker, chunks: readonly string[]): string {
  const {push, end} = stream()
  return chunks.map((chunk) => push(chunk)).join('') + end()
}

/** Its middle is enough to recognise it by. */
function leaks(masked: string, text: string): boolean {
  const third = Math.floor(text.length / 3)
  return masked.includes(text.slice(third, text.length - third))
}

const json = (text: string): string => JSON.stringify(text).slice(1, -1)

const SPELLINGS: Readonly<Record<string, string>> = {
  plain: SECRET,
  'URL-encoded': encodeURIComponent(SECRET),
  'URL-encoded in lower case': encodeURIComponent(SECRET).replaceAll(/%[0-9A-F]{2}/g, (part) => part.toLowerCase()),
  'in a form, with + for a space': new URLSearchParams({x: SECRET}).toString().slice(2),
  'in JSON': json(SECRET),
  'in JSON inside JSON': json(json(SECRET)),
  'in the JSON of Go': json(SECRET).replaceAll('&', String.raw`\u0026`),
  'in the JSON of Python': json(SECRET)
    .replaceAll('ç', String.raw`\u00e7`)
    .replaceAll('ã', String.raw`\u00e3`),
  'in single quotes': SECRET.replaceAll("'", String.raw`'\''`),
  'in double quotes': SECRET.replaceAll(/["$`\\]/g, String.raw`\$&`),
  'in hex': Buffer.from(SECRET).toString('hex'),
  'in upper-case hex': Buffer.from(SECRET).toString('hex').toUpperCase(),
  'in Base64 inside a URL': encodeURIComponent(Buffer.from(SECRET).toString('base64')),
}

describe('a spelling of a secret', () => {
  it.each(Object.entries(SPELLINGS))('%s is hidden, wherever a stream is cut', (_, text) => {
    const all = masker([SECRET])
    expect(leaks(all.mask(`a ${text} b`), text)).toBe(false)
    for (let at = 1; at < text.length; at++) {
      expect(streamed(all, [`a ${text.slice(0, at)}`, `${text.slice(at)} b\n`])).toBe(all.mask(`a ${text} b\n`))
    }
  })

  it('in Base64 is hidden behind and before anything, padded or not, in either alphabet', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({minLength: 6}), fc.string(), (before, secret, after) => {
        const value = secret.trim()
        fc.pre(Buffer.from(value).length >= 6)
        const {mask} = masker([value])
        for (const alphabet of ['base64', 'base64url'] as const) {
          const masked = mask(Buffer.from(before + value + after).toString(alphabet))
          expect(masked).toContain(MASK)
        }
      }),
    )
  })

  it('in an Authorization header is hidden with its user', () => {
    const basic = Buffer.from(`ana:${SECRET}`).toString('base64')
    expect(leaks(masker([SECRET]).mask(`> Basic ${basic}`), basic)).toBe(false)
  })
})

describe('a secret of several lines', () => {
  const {mask} = masker([KEY])
  const lines = KEY.split('\n').filter((line) => line.length >= 8)

  it.each([
    ['as it is', KEY],
    ['with CRLF', KEY.replaceAll('\n', '\r\n')],
    ['in JSON', json(KEY)],
    ['in JSON with CRLF', json(KEY.replaceAll('\n', '\r\n'))],
    ['URL-encoded', encodeURIComponent(KEY)],
    ['indented, as in YAML', KEY.replaceAll('\n', '\n    ')],
    ['in Base64', Buffer.from(KEY).toString('base64')],
    [
      'in Base64 with lines of 76',
      (
        Buffer.from(KEY)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join('\n'),
    ],
    [
      'in Base64 with lines of 64',
      (
        Buffer.from(KEY)
          .toString('base64')
          .match(/.{1,64}/g) ?? []
      ).join('\n'),
    ],
  ])('is hidden %s', (_, text) => {
    const masked = mask(text)
    for (const line of [...lines, ...text.split('\n').filter((part) => part.length >= 60)]) {
      expect(masked).not.toContain(line)
      expect(leaks(masked, line)).toBe(false)
    }
  })

  it('leaves no short line when it comes whole', () => {
    expect(mask(KEY.replaceAll('\n', '\r\n'))).toBe(MASK)
    expect(mask(KEY)).toBe(MASK)
  })

  it('is hidden with real line ends when the variable had them escaped', () => {
    expect(masker([KEY.replaceAll('\n', String.raw`\n`)]).mask(KEY)).toBe(MASK)
  })

  it('is hidden wherever a stream is cut', () => {
    for (let at = 1; at < KEY.length; at++) {
      expect(streamed(masker([KEY]), [KEY.slice(0, at), KEY.slice(at)])).toBe(MASK)
    }
  })
})

describe('secrets together', () => {
  it('a secret that is part of another leaves nothing of it', () => {
    const {mask} = masker(['token', 'my-token-of-ana', 'ken-of'])
    expect(mask('x my-token-of-ana token-of y')).toBe(`x ${MASK} ${MASK} y`)
  })

  it('one of the fewest characters is hidden, a shorter one is left alone', () => {
    expect(masker(['abc', 'wxyz']).mask('abc wxyz')).toBe(`abc ${MASK}`)
  })

  it('one learnt in the middle of a stream is hidden from then on, also what was held back', () => {
    const all = masker([])
    const {push, end} = all.stream()
    expect(push('before\nS3cr3t-')).toBe('before\n')
    all.learn('S3cr3t-value')
    expect(push('value after\n') + end()).toBe(`${MASK} after\n`)
  })
})

describe('the time it takes', () => {
  it('does not grow with the square of an unfinished line, or of a row of the same', () => {
    const {stream, mask} = masker(['aaaa'])
    const {push, end} = stream()
    const started = performance.now()
    let shown = 0
    for (let dot = 0; dot < 100_000; dot++) shown += push('.').length
    expect(shown + end().length).toBe(100_000)
    expect(mask('a'.repeat(1_000_000))).toBe(MASK)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
