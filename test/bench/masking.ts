import {createHash} from 'node:crypto'
import {masker, type Masker} from '../../src/domain/secrets/masker.js'
import {median, type Row} from './measure.js'

const MEGABYTE = 1024 * 1024
const CHUNK = 4096
const ROUNDS = 5
const SECRETS = Array.from({length: 10}, (_, index) => `correct-horse-${String(index)}`)

/** The same on every machine, and nothing that could be compressed. */
function noise(bytes: number): Buffer {
  const blocks = Array.from({length: Math.ceil(bytes / 32)}, (_, index) =>
    createHash('sha256').update(String(index)).digest(),
  )
  return Buffer.concat(blocks).subarray(0, bytes)
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const hex = (text: string): string => Buffer.from(text).toString('hex')
const repeated = (part: string): string => part.repeat(Math.ceil((2 * MEGABYTE) / part.length))

/** What costs most: layers within layers, and what tells a secret without one. */
function kinds(): Readonly<Record<string, string>> {
  const random = noise(2 * MEGABYTE).toString('base64')
  return {
    Base64: random,
    'Base64 of Base64': base64(random),
    'Base64 of Base64 in lines': base64(random).replaceAll(/.{76}/g, '$&\n'),
    'hex of hex': hex(hex(random)),
    'Base64 of quoting': base64(repeated(String.raw`\u0041%41&amp;`)),
    'what all secrets begin with': repeated('correct-horse-x'),
    'secrets in Base64 of Base64': base64(base64(repeated('correct-horse-1 '))),
    '`password=`': repeated('password='),
    '`xoxb-`': repeated('xoxb-1 '),
    'a JSON log': repeated('{"level":"info","path":"/cars","user":"ana","message":"it\\"s \\u00e9 done"}\n'),
    blanks: repeated(' '),
  }
}

function milliseconds(work: () => unknown): number {
  const started = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - started) / 1e6
}

function inChunks({stream}: Masker, text: string): void {
  const {push, end} = stream()
  for (let at = 0; at < text.length; at += CHUNK) push(text.slice(at, at + CHUNK))
  end()
}

/** The figure of the kind that is worst. */
function worst(figures: readonly (readonly [string, number])[]): readonly [string, number] {
  return figures.reduce((most, next) => (next[1] > most[1] ? next : most), ['', 0])
}

export function benchMasking(): Promise<readonly Row[]> {
  const all = masker(SECRETS)
  const figures = Object.entries(kinds()).map(([name, text]) => {
    const [one, two] = [text.slice(0, MEGABYTE), text.slice(0, 2 * MEGABYTE)]
    const times = Array.from({length: ROUNDS}, () => ({
      one: milliseconds(() => all.mask(one)),
      two: milliseconds(() => all.mask(two)),
      chunks: milliseconds(() => {
        inChunks(all, one)
      }),
    }))
    const of = (key: 'one' | 'two' | 'chunks'): number => median(times.map((time) => time[key]))
    return {name, one: of('one'), two: of('two'), chunks: of('chunks')}
  })
  const [slow, slowest] = worst(figures.map(({name, one}) => [name, one]))
  const [steep, steepest] = worst(figures.map(({name, one, two}) => [name, two / one]))
  const [cut, longest] = worst(figures.map(({name, chunks}) => [name, chunks]))
  return Promise.resolve([
    {
      what: 'mask, a megabyte of what is worst',
      against: '150 ms',
      ratio: slowest / 150,
      target: 1,
      detail: `${slowest.toFixed(0)} ms, ${slow}`,
    },
    {
      what: 'mask, two megabytes of what is worst',
      against: 'one',
      ratio: steepest,
      target: 2.2,
      detail: steep,
    },
    {
      what: 'mask, a megabyte in chunks of 4 KiB',
      against: '150 ms',
      ratio: longest / 150,
      target: 2,
      detail: `${longest.toFixed(0)} ms, ${cut}`,
    },
  ])
}
