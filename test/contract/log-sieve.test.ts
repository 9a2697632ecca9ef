// A log that is searched by a second thread ahead gives the entries that one thread finds, whatever becomes of that thread.
import fc from 'fast-check'
import {mkdtemp, open, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {jsonFileFormat} from '../../src/adapters/docker/log-files/json-file-format.js'
import {localFormat} from '../../src/adapters/docker/log-files/local-format.js'
import {type LogFile, LogFileCut} from '../../src/adapters/docker/log-files/log-file.js'
import {LogFileDoubt} from '../../src/adapters/docker/log-files/log-format.js'
import {readEntries} from '../../src/adapters/docker/log-files/read-entries.js'
import {type SieveAhead, sieveAhead} from '../../src/adapters/docker/log-files/sieve-ahead.js'
import {entryScanner, type RawEntry} from '../../src/domain/logs/entry-scanner.js'
import {jsonEntry, localEntry, type LogPiece} from '../support/builders/log-entries.js'

const BUILT = pathToFileURL(join(repositoryRoot, 'dist', 'log-sieve-thread.cjs'))
const BEGIN = 1_796_000_000n * 1_000_000_000n
const WANTED = /err/g
const DRIVERS = [
  {driver: 'json-file', format: jsonFileFormat, encode: jsonEntry},
  {driver: 'local', format: localFormat, encode: localEntry},
] as const
type Driver = (typeof DRIVERS)[number]

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faci-log-sieve-'))
})
afterAll(() => rm(folder, {recursive: true, force: true}))

let count = 0
async function written(bytes: Buffer): Promise<LogFile> {
  const path = join(folder, String((count += 1)))
  await writeFile(path, bytes)
  return {handle: await open(path), size: bytes.length, isCompressed: false}
}

async function code(text: string): Promise<URL> {
  const path = join(folder, `thread-${String((count += 1))}.cjs`)
  await writeFile(path, text)
  return pathToFileURL(path)
}

interface Search {
  readonly files: readonly LogFile[]
  readonly driver: Driver
  readonly stamped?: boolean
}

/** Without code: in one thread. */
async function search({files, driver, stamped = false}: Search, thread: URL | null): Promise<readonly RawEntry[]> {
  const window = {since: null, until: null, stamped}
  const reading = {format: driver.format(), window, tail: undefined, tty: false, chunk: 64 * 1024, wanted: WANTED}
  const begin = async (): Promise<SieveAhead | null> => {
    if (thread === null) return null
    const ahead = await sieveAhead(files, reading, {code: thread, leastBytes: 0, mostThreads: 1})
    // Else one thread would be compared with itself.
    expect(ahead).not.toBeNull()
    return ahead
  }
  const scanner = entryScanner({candidates: WANTED, stamped})
  const found: RawEntry[] = []
  for await (const {bytes} of readEntries(files, reading, begin)) found.push(...scanner.push(Buffer.from(bytes)))
  return [...found, ...scanner.end()]
}

const TEXTS = ['{"level":"error"}', '{"level":"info","n":1}', '{"a":"<b>\\u001b\\\\"}', '{}', '{torn', '  at place']
const MORE = ['error: x', '\u2028é', '{"msg":"interrupted"}', 'x'.repeat(3000)]

function pieces(texts: readonly string[], ends: readonly string[], lines: number): readonly LogPiece[] {
  return Array.from({length: lines}, (_, index): LogPiece => {
    // Multiples of primes, so that texts, ends and streams meet in all ways.
    const text = (texts[(index * 7) % texts.length] ?? '') + (ends[(index * 11) % ends.length] ?? '')
    const stream = index % 13 === 0 ? 'stderr' : 'stdout'
    return {stream, text: text === '' ? 'x' : text, nanoseconds: BEGIN + BigInt(index)}
  })
}

describe.each(DRIVERS)('a search ahead of $driver', (driver) => {
  const logOf = (all: readonly LogPiece[]): Buffer => Buffer.concat(all.map(driver.encode))
  const plain = (lines: number): Buffer => logOf(pieces(TEXTS, ['\n'], lines))

  it('finds what one thread finds, in several files', async () => {
    const texts = fc.array(fc.constantFrom(...TEXTS, ...MORE), {minLength: 1, maxLength: 8})
    const ends = fc.array(fc.constantFrom('\n', '\n', '\n', '\r\n', ''), {minLength: 1, maxLength: 5})
    await fc.assert(
      fc.asyncProperty(texts, ends, fc.boolean(), async (some, breaks, stamped) => {
        const all = pieces(some, breaks, 9000)
        const files = await Promise.all([all.slice(0, 7000), all.slice(7000)].map(async (part) => written(logOf(part))))
        const found = await search({files, driver, stamped}, BUILT)
        expect(found).toEqual(await search({files, driver, stamped}, null))
        await Promise.all(files.map(({handle}) => handle.close()))
      }),
      {numRuns: 12},
    )
  })

  it.each([
    {what: 'dies as it begins', text: 'throw new Error("no")'},
    {what: 'ends at once', text: ''},
    {
      what: 'begins and never ends',
      text: `const {memory} = require('node:worker_threads').workerData, own = (memory.byteLength / 4 - 6 * 65536 - 2) / 6, words = new Int32Array(memory, 0, 2 + 6 * own)
        for (;;) for (let slot = 0; slot < 6; slot += 1) Atomics.compareExchange(words, 2 + slot * own, 1, 2)`,
    },
  ])('loses nothing when the thread $what', async ({text}) => {
    const files = [await written(plain(20_000))]
    const found = await search({files, driver}, await code(text))
    expect(found.length).toBeGreaterThan(1000)
    expect(found).toEqual(await search({files, driver}, null))
  })

  it('doubts what one thread doubts', async () => {
    const whole = plain(20_000)
    const broken = Buffer.from(whole)
    broken.fill(0xff, Math.floor(0.8 * whole.length), Math.floor(0.8 * whole.length) + 100)
    for (const bytes of [whole.subarray(0, -2), broken])
      await expect(search({files: [await written(bytes)], driver}, BUILT)).rejects.toThrow(LogFileDoubt)
  })

  it('says that a file was cut', async () => {
    const file = await written(plain(20_000))
    await expect(search({files: [{...file, size: file.size + 10}], driver}, BUILT)).rejects.toThrow(LogFileCut)
  })
})

it('is not begun where its code is not there, little is to be read, or no core is left', async () => {
  const file = await written(jsonEntry({stream: 'stdout', text: 'a\n', nanoseconds: BEGIN}))
  const order = {format: jsonFileFormat(), wanted: WANTED}
  const missing = pathToFileURL(join(folder, 'missing.cjs'))
  expect(await sieveAhead([file], order, {code: missing, leastBytes: 0, mostThreads: 1})).toBeNull()
  expect(await sieveAhead([file], order)).toBeNull()
  expect(await sieveAhead([file], order, {code: BUILT, leastBytes: 0, mostThreads: 0})).toBeNull()
  expect(
    await sieveAhead([{...file, isCompressed: true}], order, {code: BUILT, leastBytes: 0, mostThreads: 1}),
  ).toBeNull()
})
