import fc from 'fast-check'
import {mkdtemp, open, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {gzipSync} from 'node:zlib'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {jsonFileFormat} from '../../../../src/adapters/docker/log-files/json-file-format.js'
import {localFormat} from '../../../../src/adapters/docker/log-files/local-format.js'
import {LogFileDoubt} from '../../../../src/adapters/docker/log-files/log-format.js'
import {windowOf} from '../../../../src/adapters/docker/log-files/log-window.js'
import {type LogFile, LogFileCut} from '../../../../src/adapters/docker/log-files/log-file.js'
import {readEntries} from '../../../../src/adapters/docker/log-files/read-entries.js'
import {entryScanner, type RawEntry} from '../../../../src/domain/logs/entry-scanner.js'
import type {LogRange} from '../../../../src/ports/log-source.js'
import {field, jsonEntry, localEntry, type LogPiece, stamp} from '../../../support/builders/log-entries.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faci-log-files-'))
})
afterAll(() => rm(folder, {recursive: true, force: true}))

/** By the definition: pieces of a line together, of each stream for itself, the first one's stamp before it. */
function expected(pieces: readonly LogPiece[], {tail, since, until, stamped}: Partial<LogRange>): string {
  const bound = (seconds = 0): bigint => BigInt(Math.round(seconds * 1e6)) * 1000n
  const open = {stdout: '', stderr: ''}
  let given = ''
  for (const {stream, text, nanoseconds} of tail === undefined ? pieces : pieces.slice(-tail)) {
    if (since !== undefined && nanoseconds < bound(since)) continue
    if (until !== undefined && nanoseconds > bound(until)) break
    open[stream] += (open[stream] === '' && stamped === true ? `${stamp(nanoseconds)} ` : '') + text
    if (!text.endsWith('\n')) continue
    given += open[stream]
    open[stream] = ''
  }
  return given + open.stdout + open.stderr
}

let files = 0
async function written(bytes: Buffer, isCompressed: boolean): Promise<LogFile> {
  const path = join(folder, String((files += 1)))
  const content = isCompressed ? gzipSync(bytes) : bytes
  await writeFile(path, content)
  return {handle: await open(path), size: content.length, isCompressed}
}

const FORMATS = {'json-file': [jsonFileFormat, jsonEntry], local: [localFormat, localEntry]} as const

async function read(
  parts: readonly LogFile[],
  driver: keyof typeof FORMATS,
  range: Partial<LogRange>,
  chunk: number,
): Promise<string> {
  const window = windowOf({follow: false, ...range})
  if (window === null) throw new Error('no window')
  const reading = {
    format: FORMATS[driver][0](),
    window,
    tail: range.tail,
    tty: false,
    chunk,
    wanted: range.wanted ?? null,
  }
  const chunks: Buffer[] = []
  try {
    for await (const {bytes} of readEntries(parts, reading)) chunks.push(Buffer.from(bytes))
  } finally {
    await Promise.all(parts.map(({handle}) => handle.close()))
  }
  return Buffer.concat(chunks).toString()
}

const BEGIN = 1_796_000_000n * 1_000_000_000n
const texts = fc.oneof(
  fc.string({unit: 'grapheme', maxLength: 30}),
  fc.constantFrom('', '{"level":"error"}', 'a\\b"c"\t<d>&\r', '\u2028\ufffd', '\u0000\u001b'),
)
const pieces = fc
  .array(
    fc.record({
      stream: fc.constantFrom('stdout' as const, 'stderr' as const),
      text: fc
        .tuple(texts, fc.constantFrom('\n', '\n', '\n', ''))
        .map(([text, end]) => text.replaceAll('\n', '') + end),
      step: fc.constantFrom(0n, 1n, 1000n, 500_000_000n, 120_000_000_000n),
    }),
    {maxLength: 25},
  )
  .map((steps) => {
    let nanoseconds = BEGIN
    return steps
      .filter(({text}) => text !== '')
      .map(({stream, text, step}): LogPiece => ({stream, text, nanoseconds: (nanoseconds += step)}))
  })
const seconds = fc.option(
  fc.integer({min: -1, max: 600}).map((later) => Number(BEGIN / 1_000_000_000n) + later / 2),
  {nil: undefined},
)

describe.each(['json-file', 'local'] as const)('a log of the driver %s in files', (driver) => {
  const [, encode] = FORMATS[driver]

  it('is what was logged, however it is cut into files and reads, forwards and from its end', async () => {
    const bounds = fc.record({
      tail: fc.option(fc.integer({min: 1, max: 30}), {nil: undefined}),
      since: seconds,
      until: seconds,
      stamped: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.array(fc.tuple(fc.nat(25), fc.boolean()), {maxLength: 2}),
        bounds,
        fc.integer({min: 64, max: 400}),
        async (log, cuts, {tail, since, until, stamped}, chunk) => {
          const range = {
            stamped,
            ...(tail === undefined ? {} : {tail}),
            ...(since === undefined ? {} : {since}),
            ...(until === undefined ? {} : {until}),
          }
          const sorted = cuts.toSorted(([one], [other]) => one - other)
          const starts = [0, ...sorted.map(([at]) => at)]
          const parts = await Promise.all(
            starts.map((start, index) =>
              written(
                Buffer.concat(log.slice(start, starts[index + 1] ?? log.length).map(encode)),
                sorted[index]?.[1] === true,
              ),
            ),
          )
          expect(await read(parts, driver, range, chunk)).toBe(expected(log, range))
        },
      ),
      {numRuns: 100},
    )
  })

  it('holds the entries that are wanted, whatever is passed over, and tells which line it gave last', async () => {
    const some = fc.constantFrom(
      ...[
        '{"level":"error"}',
        '{"level":"info","n":1}',
        '{"a":"<b>\\u001b\\\\"}',
        '{}',
        '{torn',
        '  at place',
        'error: x',
        '',
      ],
    )
    const end = fc.constantFrom('\n', '\n', '\n', '\r\n', '')
    const log = fc.array(fc.record({text: fc.tuple(some, end), isError: fc.boolean()}), {maxLength: 25})
    await fc.assert(
      fc.asyncProperty(log, fc.boolean(), fc.integer({min: 150, max: 600}), async (lines, stamped, chunk) => {
        const all = lines
          .map(({text: [text, ends], isError}, index): LogPiece => {
            const stream = isError ? 'stderr' : 'stdout'
            return {stream, text: text + ends, nanoseconds: BEGIN + BigInt(index)}
          })
          .filter(({text}) => text !== '')
        const content = Buffer.concat(all.map(encode))
        const found = async (wanted?: RegExp): Promise<readonly RawEntry[]> => {
          const scanner = entryScanner({candidates: /err/g, stamped})
          const thin = await read([await written(content, false)], driver, {stamped, wanted}, chunk)
          return [...scanner.push(Buffer.from(thin)), ...scanner.end()]
        }
        expect(await found(/err/g)).toEqual(await found())
      }),
      {numRuns: 100},
    )
    const objects = Array.from({length: 9}, (_, at) => ({
      ...{stream: 'stdout' as const, text: at === 4 ? 'plain\n' : `{"n":${String(at)}}\n`, nanoseconds: BEGIN},
    }))
    expect(await read([await written(Buffer.concat(objects.map(encode)), false)], driver, {wanted: /err/g}, 4096)).toBe(
      '{}\nplain\n{}\n',
    )
  })

  it('is doubted where an entry is cut or broken', async () => {
    const whole = Buffer.concat(
      [1n, 2n, 3n].map((at) => encode({stream: 'stdout', text: 'abc\n', nanoseconds: BEGIN + at})),
    )
    const broken = Buffer.from(whole)
    broken[0] = 0xff
    for (const bytes of [whole.subarray(0, -2), broken]) {
      await expect(read([await written(bytes, false)], driver, {}, 4096)).rejects.toThrow(LogFileDoubt)
    }
    await expect(read([await written(whole.subarray(0, -2), false)], driver, {tail: 1}, 4096)).rejects.toThrow(
      LogFileDoubt,
    )
  })

  it('is told to be cut where the engine has begun the file anew', async () => {
    const file = await written(encode({stream: 'stdout', text: 'abc\n', nanoseconds: BEGIN}), false)
    await expect(read([{...file, size: file.size + 10}], driver, {}, 4096)).rejects.toThrow(LogFileCut)
  })
})

it('an entry of local that names no stream, or another, is doubted', async () => {
  const line = field(3, Buffer.from('abc'))
  for (const stream of [
    [],
    [field(1, Buffer.from('other!'))],
    [field(1, Buffer.from('std'))],
    [field(1, Buffer.from('stdouts'))],
  ]) {
    const message = Buffer.concat([...stream, Buffer.from([0x10, 1]), line])
    const size = Buffer.from([0, 0, 0, message.length])
    const file = await written(Buffer.concat([size, message, size]), false)
    await expect(read([file], 'local', {}, 4096)).rejects.toThrow(LogFileDoubt)
  }
})

it('entries of json-file that the engine would read in another way are doubted', async () => {
  for (const line of [
    'null',
    '{"log":"a\\n","stream":"stdout","time":"today"}',
    '{"Log":"a\\n","stream":"stdout","time":"2026-11-30T00:00:00Z"}',
    '{"log":"a\\n","stream":"other","time":"2026-11-30T00:00:00Z"}',
  ]) {
    await expect(read([await written(Buffer.from(`${line}\n`), false)], 'json-file', {}, 4096)).rejects.toThrow(
      LogFileDoubt,
    )
  }
  const bytes = Buffer.from('{"log":"a\xff\\n","stream":"stdout","time":"2026-11-30T00:00:00Z"}\n', 'latin1')
  await expect(read([await written(bytes, false)], 'json-file', {}, 4096)).rejects.toThrow(LogFileDoubt)
})
