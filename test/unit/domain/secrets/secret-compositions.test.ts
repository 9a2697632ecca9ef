import {Buffer} from 'node:buffer'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {MASK} from '../../../../src/domain/secrets/hidden.js'
import {type Masker, masker} from '../../../../src/domain/secrets/masker.js'

type Encoding = (text: string) => string

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const hex = (text: string): string => Buffer.from(text).toString('hex')
const pairs = (text: string, separator: string): string => (hex(text).match(/../g) ?? []).join(separator)
const entity = (mark: string): string => `&#${String(mark.charCodeAt(0))};`

/** What programs write a text as. None of them loses anything. */
const ENCODINGS: Readonly<Record<string, Encoding>> = {
  plain: (text) => text,
  percent: encodeURIComponent,
  'percent in lower case': (text) =>
    encodeURIComponent(text).replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()),
  'percent, every byte': (text) => hex(text).replaceAll(/../g, '%$&'),
  form: (text) => new URLSearchParams({x: text}).toString().slice(2),
  html: (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  'html, all marks': (text) => text.replaceAll(/\W/g, entity),
  json: (text) => JSON.stringify(text).slice(1, -1),
  'json of Python': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[^ -~]/g, (unit) => String.raw`\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'json of PHP': (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll('/', String.raw`\/`),
  shell: (text) => text.replaceAll("'", String.raw`'\''`),
  'shell, other quotes': (text) => text.replaceAll("'", `'"'"'`),
  sql: (text) => text.replaceAll("'", "''"),
  csv: (text) => text.replaceAll('"', '""'),
  markdown: (text) => text.replaceAll(/[\\`*_{}[\]()#+.!|<>~-]/g, String.raw`\$&`),
  base64,
  'base64 behind something': (text) => base64(`u:${text}`),
  'base64 amidst': (text) => base64(`a${text}; and more`),
  'base64 of URLs': (text) => Buffer.from(text).toString('base64url'),
  'base64 in lines': (text) => (base64(text).match(/.{1,19}/g) ?? []).join('\r\n'),
  hex,
  'hex in upper case': (text) => hex(text).toUpperCase(),
  'hex with colons': (text) => pairs(text, ':'),
  'hex with blanks': (text) => pairs(text, ' '),
  'hex with dashes, in upper case': (text) => pairs(text, '-').toUpperCase(),
}

function streamed({stream}: Masker, text: string, sizes: readonly number[]): string {
  const {push, end} = stream()
  const shown: string[] = []
  let rest = text
  for (let index = 0; rest !== ''; index += 1) {
    const size = Math.max(1, sizes[index % sizes.length] ?? 1)
    shown.push(push(rest.slice(0, size)))
    rest = rest.slice(size)
  }
  return shown.join('') + end()
}

const names = fc.constantFrom(...Object.keys(ENCODINGS))
const ESCAPES = /%[0-9a-f]{2}|&#?\w+;|\\+[ux]?[0-9a-f]*/gi
/** As long as doctor wants them, and of what passwords are made of. */
const secrets = fc
  .string({
    minLength: 8,
    maxLength: 40,
    unit: fc.constantFrom(...Array.from(`aZ09kQ7!"#$%&'()*+,-./:;<=>?@[]^_{|}~\\çß→`)),
  })
  .filter((text) => /(?:.*[a-zA-Z0-9]){4}/.test(text.replaceAll(ESCAPES, '')) && new Set(text).size > 3)
/** Ends in no escape that has only begun. */
const words = fc.string({maxLength: 20, unit: fc.constantFrom(...Array.from('abc XYZ 019 .,:=/([{'))})

/** With it behind, a text is longer than those that are looked at before they are searched. */
const LONG = `\n${'. '.repeat(9000)}`

it('the first look at a short text, which saves a search, misses nothing that a search finds', () => {
  const some = fc.string({minLength: 4, maxLength: 12, unit: fc.constantFrom(...Array.from('aZ09 "\'+/=-:\\%&<ç'))})
  const spelled = fc.tuple(some, names, names, fc.nat({max: 8}))
  const parts = fc.array(fc.tuple(spelled, words, fc.constantFrom('', ' ', '\n', '"', "'", '=', ':')), {maxLength: 5})
  fc.assert(
    fc.property(parts, fc.array(some, {maxLength: 3}), (drawn, others) => {
      const known = [...drawn.map(([[secret]]) => secret), ...others]
      const text = drawn
        .map(([[secret, inner, outer, cut], word, mark]) => {
          const whole = ENCODINGS[outer]?.(ENCODINGS[inner]?.(secret) ?? '') ?? ''
          return `${word}${mark}${cut === 1 ? whole.slice(1) : whole}`
        })
        .join('')
      const {mask} = masker(known)
      if (mask(text) === text) expect(mask(text + LONG)).toBe(text + LONG)
    }),
    {numRuns: 200},
  )
})

describe('a secret in two encodings, one around the other', () => {
  it('is hidden amidst anything, and leaves no half of itself', () => {
    fc.assert(
      fc.property(secrets, names, names, words, words, (secret, inner, outer, before, after) => {
        const spelled = ENCODINGS[outer]?.(ENCODINGS[inner]?.(secret) ?? '') ?? ''
        const masked = masker([secret]).mask(`${before} ${spelled} ${after}`)
        expect(masked).toContain(MASK)
        const half = Math.ceil(spelled.length / 2)
        const quarter = Math.floor(spelled.length / 4)
        expect(masked).not.toContain(spelled.slice(quarter, quarter + half))
      }),
      {numRuns: 300},
    )
  })

  it('is hidden wherever a stream is cut, and the same is shown as of the whole', () => {
    fc.assert(
      fc.property(secrets, names, names, words, fc.array(fc.nat({max: 30}), {minLength: 1}), (...drawn) => {
        const [secret, inner, outer, before, sizes] = drawn
        // With what may end in an escape, a character behind it is hidden too, if it is there by then.
        fc.pre(!/[\\%&][#a-z0-9]{0,5}$/i.test(secret))
        const all = masker([secret])
        // Digits of Base64 go on over line breaks: what is before would be decoded with it.
        const text = `${before}|\n${ENCODINGS[outer]?.(ENCODINGS[inner]?.(secret) ?? '') ?? ''}\n|${before}`
        expect(streamed(all, text, sizes)).toBe(all.mask(text))
      }),
      {numRuns: 200},
    )
  })

  it('is hidden from its first character to its last, and nothing beside it', () => {
    const exact = names.filter((name) => !/base64 (?:behind|amidst)|^markdown|^plain/.test(name))
    fc.assert(
      fc.property(secrets, exact, (secret, name) => {
        const spelled = ENCODINGS[name]?.(secret) ?? ''
        // A quote at its end says nothing, and stays.
        fc.pre(!/^["'\\]|["'\\%&]$/.test(secret))
        const masked = masker([secret]).mask(`é <${spelled}> ü`)
        expect(masked.replace(/[=\r\n]+>/, '>')).toBe(`é <${MASK}> ü`)
      }),
    )
  })

  it('a text without it stays as it is', () => {
    const {mask} = masker(['S3cr3t/+passw0rd!', 'correct horse battery'])
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 200}), (text) => {
        expect(mask(text)).toBe(text)
      }),
    )
  })
})

describe('a long text', () => {
  const secret = 'S3cr3t/+passw0rd!'
  const {mask} = masker([secret])

  it.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['in Base64', base64(secret)],
    ['after what tells it', 'X-Api-Key: abcdefgh'],
  ])('is masked at every place of one endless line: %s', (_, spelled) => {
    const filler = 'lorem: ipsum, '
    for (const length of [16_000, 131_000, 140_000, 262_000, 400_000]) {
      const before = filler.repeat(length / filler.length)
      for (const offset of [0, 5, 11, 60, 72, 80]) {
        const text = `${before}${'.'.repeat(offset)} ${spelled} ${before}`
        const masked = mask(text)
        expect(masked).toContain(MASK)
        expect(masked).not.toContain(spelled)
        expect(masked.startsWith(before) && masked.endsWith(before)).toBe(true)
      }
    }
  })

  it('loses no half of a character', () => {
    const text = '😀'.repeat(150_000)
    expect(mask(text)).toBe(text)
  })
})

describe('a secret of which little is left without its quoting', () => {
  const {mask} = masker([String.raw`\aaaa%0a`, '""""aZ09', `''''yes!`])

  it('is hidden in whatever spelling', () => {
    expect(mask(String.raw`a \aaaa%0a b %5caaaa%250a c \\aaaa%0a d XGFhYWElMGE= e JTVjYWFhYSUyNTBh f`)).toBe(
      `a ${MASK} b ${MASK} c ${MASK} d ${MASK}= e ${MASK} f`,
    )
    // Quotes at its end say nothing, and stay.
    expect(mask(`x aZ09'''' y &quot;&quot;&quot;&quot;aZ09`)).toBe(`x ${MASK}'''' y &quot;&quot;&quot;&quot;${MASK}`)
  })

  it('is no secret where a word stands that takes less room', () => {
    for (const text of ['aaaa\n', 'aZ09', `'yes!'`, 'say "yes!" now']) expect(mask(text)).toBe(text)
  })
})

describe('a short secret', () => {
  it('of four and five characters is hidden as it is and quoted, in its own case; of six in Base64 and hexadecimal digits too', () => {
    const {mask} = masker(['ab&c', 'Six!!6'])
    expect(mask('ab&c AB&C ab%26c ab&amp;c six!!6')).toBe(`${MASK} AB&C ${MASK} ${MASK} six!!6`)
    expect(mask(`Six!!6 ${base64('Six!!6')} ${hex('Six!!6')}`)).toBe(`${MASK} ${MASK} ${MASK}`)
  })

  it('that is all quotes and marks leaves other words alone', () => {
    const {mask} = masker([`"a"'b'\\c\\`, '    a    b'])
    expect(mask('abc a b c')).toBe('abc a b c')
  })
})

describe('a parameter of a URL that faci.yml names', () => {
  const all = masker([])
  all.learnParameter('t', 'yes')
  all.learnParameter('key id', 'a/b+c')

  it('is hidden where it is this parameter, and the same word is left alone elsewhere', () => {
    expect(all.mask('GET http://api/health?t=yes&x=1 says yes; at=yes')).toBe(
      `GET http://api/health?t=${MASK}&x=1 says yes; at=yes`,
    )
    expect(all.mask('{"url":"http://api/?a=1\\u0026t=yes"}')).toBe(`{"url":"http://api/?a=1\\u0026t=${MASK}"}`)
  })
})

describe('what is told by what is around it', () => {
  it.each([
    ['redis://:hunter2@cache:6379', `redis://:${MASK}@cache:6379`],
    ['https://ghp_16charsoftoken@github.com/a/b', `https://${MASK}@github.com/a/b`],
    ['http://ana:hunter2@prometheus:9090/', `http://${MASK}@prometheus:9090/`],
    ['ssh://git@github.com/a/b', 'ssh://git@github.com/a/b'],
    ['mail ana@example.org now', 'mail ana@example.org now'],
    ['dial app:s3cret99@db:5432', `dial app:${MASK}@db:5432`],
    ['api:1.27.3@sha256:0123abcd', 'api:1.27.3@sha256:0123abcd'],
    ['X-Api-Key: abc123', `X-Api-Key: ${MASK}`],
    ['"x-auth-token":"abc123"', `"x-auth-token":"${MASK}"`],
    [String.raw`{\"Authorization\":\"Bearer abc.def\"}`, String.raw`{\"Authorization\":\"Bearer ${MASK}\"}`],
    ['authorization: Basic dXNlcjpwdw==', `authorization: Basic ${MASK}`],
    ['Cookie: sid=abc; theme=dark', `Cookie: ${MASK}`],
    ['GET /x?a=1&token=abc123&b=2', `GET /x?a=1&token=${MASK}&b=2`],
    ['GET /cb?code=4%2F0A&state=x', `GET /cb?code=${MASK}&state=x`],
    ['http://prometheus:9090/graph?g0.expr=up%7Bjob%3D%22api%22%7D&g0.tab=1', 'same'],
    ['http://grafana:3000/d/x?orgId=1&from=now-1h&var-service=api', 'same'],
    [`Server=db;Password=hunter22;Timeout=5`, `Server=db;Password=${MASK};Timeout=5`],
    [`curl -d 'password=hunter22'`, `curl -d 'password=${MASK}'`],
    [`password="hunter22"`, `password="${MASK}"`],
    ['{"password": "hunter22"}', `{"password": "${MASK}"}`],
    ['password=$PASSWORD token=${TOKEN} secret=*** token=…', 'same'],
    ['the password is wrong; exit code=1; authorization: failed', 'same'],
  ])('%s', (text, expected) => {
    expect(masker([]).mask(text)).toBe(expected === 'same' ? text : expected)
  })
})
