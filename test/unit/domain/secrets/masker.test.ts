import {Buffer} from 'node:buffer'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {MASK} from '../../../../src/domain/secrets/hidden.js'
import {masker} from '../../../../src/domain/secrets/masker.js'
import {secretNeedles} from '../../../../src/domain/secrets/needles.js'
import {secretFinder} from '../../../../src/domain/secrets/secret-spans.js'
import {streamMasker} from '../../../../src/domain/secrets/stream-masker.js'

const SECRET = 'S3cr3t/+passw0rd!'

const secrets = fc
  .string({minLength: 4, maxLength: 40, unit: 'grapheme'})
  .map((value) => value.trim())
  .filter((value) => value.length >= 4 && !value.includes('*'))
const words = fc.string({maxLength: 30, unit: 'grapheme'})

/** Text in which secrets and ordinary words alternate, cut into chunks anywhere. */
const streams = fc
  .array(secrets, {minLength: 1, maxLength: 4})
  .chain((known) =>
    fc.tuple(
      fc.constant(known),
      fc.array(fc.oneof(words, fc.constantFrom(...known), fc.constantFrom('\n', '\r\n', ' ')), {maxLength: 20}),
      fc.array(fc.nat({max: 12}), {minLength: 1, maxLength: 40}),
    ),
  )

function cut(text: string, sizes: readonly number[]): string[] {
  const chunks: string[] = []
  let rest = text
  for (let index = 0; rest !== ''; index++) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1)
    chunks.push(rest.slice(0, size))
    rest = rest.slice(size)
  }
  return chunks
}

describe('masking a text', () => {
  it.each([
    ['as it is', `token ${SECRET} used`, `token ${MASK} used`],
    ['URL-encoded', `GET /?t=${encodeURIComponent(SECRET)}&x=1`, `GET /?t=${MASK}&x=1`],
    ['URL-encoded in lower case', 'GET /?t=S3cr3t%2f%2bpassw0rd!&x=1', `GET /?t=${MASK}&x=1`],
    ['escaped in JSON', JSON.stringify({value: 'line "quoted" \\ end'}), `{"value":"${MASK}"}`],
  ])('hides a secret %s', (_name, text, expected) => {
    expect(masker([SECRET, 'line "quoted" \\ end']).mask(text)).toBe(expected)
  })

  it.each(['', 'u', 'us', 'user:', 'a longer user name:'])('hides a secret in Base64 behind %j', (before) => {
    const encoded = Buffer.from(`${before}${SECRET}; and more`).toString('base64')
    const masked = masker([SECRET]).mask(encoded)
    expect(masked).toContain(MASK)
    expect(Buffer.from(masked.replace(MASK, ''), 'base64').toString()).not.toContain('passw0rd')
  })

  it('hides the password of a URL, a Slack webhook, Slack tokens and an Authorization header that nobody declared', () => {
    const {mask} = masker([])
    expect(mask('redis://app:p@ss:word@cache:6379/0 up')).toBe(`redis://app:${MASK}@cache:6379/0 up`)
    expect(mask('post https://hooks.slack.com/services/T0/B0/abc')).toBe(
      `post https://hooks.slack.com/services/${MASK}`,
    )
    expect(mask('xoxb-1234567890-abcdef and xapp-1-A0-9')).toBe(`${MASK} and ${MASK}`)
    expect(mask('Authorization: Bearer abc.def')).toBe(`Authorization: Bearer ${MASK}`)
  })

  it('leaves no tail of a secret that overlaps another', () => {
    expect(masker(['abcdef', 'defghi']).mask('x abcdefghi y')).toBe(`x ${MASK} y`)
    expect(masker(['pass@host/path']).mask('redis://u:pass@host/path')).toBe(`redis://u:${MASK}`)
    expect(masker(['pass@host/path']).mask('http://u:pass@host/path')).toBe(`http://${MASK}`)
  })

  it('takes the longest of secrets that begin alike', () => {
    expect(masker(['token', 'token-of-ana']).mask('token-of-ana')).toBe(MASK)
  })

  it('hides each line of a multi-line secret', () => {
    const {mask} = masker(['-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n-----END KEY-----'])
    expect(mask('log: MIIEvQIBADAN')).toBe(`log: ${MASK}`)
  })

  it('leaves values alone that are too short to be secrets', () => {
    expect(masker(['', 'on', 'dev', '   ']).mask('dev is on')).toBe('dev is on')
  })

  it('hides a value learnt later', () => {
    const late = masker([])
    const stream = late.stream()
    late.learn(SECRET)
    expect(late.mask(SECRET)).toBe(MASK)
    expect(stream.push(`${SECRET}\n`)).toBe(`${MASK}\n`)
  })

  it('changes nothing where there is no secret', () => {
    fc.assert(fc.property(words, (text) => masker([]).mask(text) === text))
  })

  it('never lets a secret through', () => {
    fc.assert(
      fc.property(streams, ([known, parts]) => {
        const masked = masker(known).mask(parts.join(''))
        return known.every((secret) => !masked.includes(secret))
      }),
    )
  })
})

describe('masking a stream', () => {
  it('hides a secret split across chunks', () => {
    const stream = masker([SECRET]).stream()
    const out = [stream.push('a S3cr3t'), stream.push('/+passw0'), stream.push('rd! b\nnext'), stream.end()]
    expect(out).toEqual(['', '', `a ${MASK} b\n`, 'next'])
  })

  it('passes whole lines on at once', () => {
    const stream = masker([SECRET]).stream()
    expect(stream.push('first\nsecond\nthi')).toBe('first\nsecond\n')
  })

  it('does not hold an endless line for ever', () => {
    const stream = masker([SECRET]).stream()
    const long = 'x'.repeat(40_000)
    expect(stream.push(`${long}S3cr`)).toHaveLength(40_000)
    expect(stream.push('3t/+passw0rd!') + stream.end()).toBe(MASK)
  })

  it('gives what masking the whole text gives, wherever it is cut', () => {
    fc.assert(
      fc.property(streams, ([known, parts, sizes]) => {
        const text = parts.join('')
        const all = masker(known)
        const stream = all.stream()
        const streamed =
          cut(text, sizes)
            .map((chunk) => stream.push(chunk))
            .join('') + stream.end()
        expect(streamed).toBe(all.mask(text))
      }),
      {numRuns: 500},
    )
  })

  it.each([
    ['that tells a secret and never ends', 'token=' + 'a'.repeat(1_000_000)],
    ['of nothing but names of secrets', 'password='.repeat(110_000)],
    ['of lines that are one secret', `${SECRET}\n`.repeat(55_000)],
    ['of ordinary lines', 'GET /health 200 in 12 ms\n'.repeat(40_000)],
  ])('searches a text %s a few times at most, however small the chunks are', (_, text) => {
    const find = secretFinder([secretNeedles(`${SECRET}\n${SECRET}`), secretNeedles('tokens')])
    let searched = 0
    const {push, end} = streamMasker((held, isOpen) => {
      searched += held.length
      return find(held, isOpen)
    })
    for (let at = 0; at < text.length; at += 4096) push(text.slice(at, at + 4096))
    end()
    expect(searched).toBeLessThan(text.length * 5)
  })

  it('hides patterns cut anywhere', () => {
    const text = 'a redis://u:secretpass@h b\nxoxb-12345-abcdef\nhttps://hooks.slack.com/services/T/B/xyz end'
    const all = masker([])
    fc.assert(
      fc.property(fc.array(fc.nat({max: 9}), {minLength: 1}), (sizes) => {
        const stream = all.stream()
        expect(cut(text, sizes).map(stream.push).join('') + stream.end()).toBe(all.mask(text))
      }),
    )
  })
})
