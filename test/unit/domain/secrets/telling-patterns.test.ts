import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {masker} from '../../../../src/domain/secrets/masker.js'

const {mask} = masker([])
const VALUE = 'q3R7zW9pL2mN8vB4'

/** One for each way in which a pattern can begin, with nothing else in it that tells. */
const TOLD: readonly ((value: string) => string)[] = [
  (value) => `https://hooks.slack.com/services/${value}`,
  (value) => `x xoxb-${value}`,
  (value) => `x xapp-${value}`,
  (value) => `Authorization: Basic ${value}`,
  (value) => `Authorization=${value}`,
  (value) => `Cookie: a=${value}`,
  ...['x-api-key', 'x-vault-token', 'x-client-secret', 'x-auth', 'private-token', 'api-key', 'csrf-token'].map(
    (name) => (value: string) => `${name}: ${value}`,
  ),
  (value) => `Bearer ${value}`,
  ...'token password passwd secret session signature credential apikey accesskey key sig pwd auth code jwt sid'
    .split(' ')
    .map((name) => (value: string) => `GET /x?${name}=${value}`),
  ...['password', 'passwd', 'pwd', 'secret', 'token', 'api_key', 'access-key', 'signature'].map(
    (name) => (value: string) => `${name}=${value}`,
  ),
  ...['password', 'pwd', 'secret', 'token', 'apikey', 'access_key'].map(
    (name) => (value: string) => `{"${name}": "${value}"}`,
  ),
  (value) => `git ana:${value}@host`,
  (value) => `redis://:${value}@host:6379`,
]

describe('what tells a credential that nobody named', () => {
  it.each(TOLD.map((form) => [form(VALUE), form] as const))('%s', (text) => {
    expect(mask(text)).not.toContain(VALUE)
  })

  it('tells it in either case, wherever in a text it stands', () => {
    const noise = fc.string({unit: fc.constantFrom('l', 'm', 'n', ' ', '\n'), maxLength: 40})
    fc.assert(
      fc.property(fc.constantFrom(...TOLD), noise, noise, fc.boolean(), (form, before, after, isUpper) => {
        const head = form('')
        const text = `${before}\n${form(VALUE)}\n${after}`
        // Tokens of Slack are in small letters.
        const isCased = !head.includes('xox') && !head.includes('xapp') && !head.includes('redis')
        const upper = text
          .split(VALUE)
          .map((part) => part.toUpperCase())
          .join(VALUE)
        const cased = isUpper && isCased ? upper : text
        expect(mask(cased)).not.toContain(VALUE)
      }),
    )
  })
})
