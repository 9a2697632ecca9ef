import {execFileSync} from 'node:child_process'
import {randomBytes} from 'node:crypto'
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {basename, dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {jsonlJournal} from '../../src/adapters/store/jsonl-journal.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Journal} from '../../src/ports/journal.js'
import {fakeJournal} from '../support/fakes/journal.js'

type Event = {readonly kind: 'noted'; readonly text: string} | {readonly kind: 'ended'}

const RUN = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const LATER = '01BX5ZZKBKACTAV9WEVGEMMVRZ'
const SECRET = 'hunter2-hunter2 "quoted"'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-journal-'))
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((writer) => writer.close()))
  await rm(directory, {recursive: true, force: true})
})

const opened: {readonly close: () => Promise<void>}[] = []

/** The same journal; what a test opens is closed after it. */
function closing(journal: Journal<Event>): Journal<Event> {
  return {
    ...journal,
    open: async (id, file) => {
      const writer = await journal.open(id, file)
      opened.push(writer)
      return writer
    },
  }
}

const real = (): Journal<Event> =>
  closing(jsonlJournal<Event>({directory, masker: masker([SECRET]), clock: systemClock, by: 'ana@laptop'}))
const fake = (): Journal<Event> => fakeJournal<Event>({mask: masker([SECRET]).mask})

async function* chunks(...texts: readonly string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text))
}

describe.each([
  {name: 'in memory', make: fake},
  {name: 'as JSON Lines', make: real},
])('a journal $name', ({make}) => {
  it('reads back what was appended, numbered, timed and signed', async () => {
    const journal = make()
    const writer = await journal.open(RUN)
    const appended = await writer.append({kind: 'noted', text: 'one'}, true)
    await writer.append({kind: 'ended'})
    const {events, torn} = await journal.read(RUN)
    expect(torn).toBe(0)
    expect(events[0]).toEqual(appended)
    expect(events.map(({sequence, by, kind}) => ({sequence, by, kind}))).toEqual([
      {sequence: 1, by: 'ana@laptop', kind: 'noted'},
      {sequence: 2, by: 'ana@laptop', kind: 'ended'},
    ])
    expect(appended.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  })

  it('keeps the order of appends that nobody waited for', async () => {
    const journal = make()
    const writer = await journal.open(RUN)
    await Promise.all(['a', 'b', 'c'].map((text) => writer.append({kind: 'noted', text}, text === 'a')))
    const {events} = await journal.read(RUN)
    expect(events.map(({sequence}) => sequence)).toEqual([1, 2, 3])
    expect(events).toMatchObject([{text: 'a'}, {text: 'b'}, {text: 'c'}])
  })

  it('goes on counting when it is opened again', async () => {
    const journal = make()
    const first = await journal.open(RUN)
    await first.append({kind: 'noted', text: 'before'})
    const again = await journal.open(RUN)
    expect(await again.append({kind: 'ended'})).toMatchObject({sequence: 2})
  })

  it('gives an action that joined a run a file of its own', async () => {
    const journal = make()
    await (await journal.open(RUN)).append({kind: 'noted', text: 'run'})
    await (await journal.open(RUN, 'action-1')).append({kind: 'noted', text: 'action'})
    expect(await journal.files(RUN)).toEqual(['action-1', 'journal'])
    expect((await journal.read(RUN, 'action-1')).events).toMatchObject([{sequence: 1, text: 'action'}])
    expect((await journal.read(RUN)).events).toHaveLength(1)
  })

  it('masks secrets before anything is written', async () => {
    const journal = make()
    const writer = await journal.open(RUN)
    await writer.append({kind: 'noted', text: `login ${SECRET}`})
    expect((await journal.read(RUN)).events).toMatchObject([{text: 'login ***'}])
  })

  it('lists the newest runs first, and as many as asked for', async () => {
    const journal = make()
    await journal.open(RUN)
    await journal.open(LATER)
    expect(await journal.list(10)).toEqual([LATER, RUN])
    expect(await journal.list(1)).toEqual([LATER])
  })

  it('says notFound for a run that never was', async () => {
    const journal = make()
    await expect(journal.read(RUN)).rejects.toMatchObject({code: 'notFound'})
    expect(await journal.files(RUN)).toEqual([])
    expect(await journal.list(5)).toEqual([])
  })

  it('keeps evidence of the same name beside the first, never over it', async () => {
    const journal = make()
    const first = await (await journal.open(RUN)).keep('api.log', 'before')
    const second = await (await journal.open(RUN, 'action')).keep('api.log', 'after')
    const third = await (await journal.open(RUN, 'action')).keep('api.log', 'later')
    expect([first, second, third].map((path) => basename(path))).toEqual(['api.log', 'api-2.log', 'api-3.log'])
  })

  it('hides what is secret in one file only in that, beside its own secrets', async () => {
    const journal = make()
    const writer = await journal.open(RUN)
    await writer.keep('api.log', `postgres ${SECRET}\n`, ['postgres'])
    await writer.keep('web.log', 'postgres\n')
    await writer.append({kind: 'noted', text: 'postgres'})
    expect((await journal.read(RUN)).events).toMatchObject([{text: 'postgres'}])
    expect(await journal.kept(RUN, 'api.log')).toBe('*** ***\n')
    expect(await journal.kept(RUN, 'web.log')).toBe('postgres\n')
  })

  it('reads a kept file back, masked, and null for one that is not there', async () => {
    const journal = make()
    await (await journal.open(RUN)).keep('runbook.md', `# Runbook ${SECRET}\n`)
    expect(await journal.kept(RUN, 'runbook.md')).toBe('# Runbook ***\n')
    expect(await journal.kept(RUN, 'other.md')).toBeNull()
    expect(await journal.kept(LATER, 'runbook.md')).toBeNull()
    expect(await journal.kept(`../runs/${RUN}`, 'runbook.md')).toBeNull()
    expect(await journal.kept(RUN, `../${RUN}/runbook.md`)).toBeNull()
  })

  it('tells the ends of a journal: the first event and the last ones, in order', async () => {
    const journal = make()
    const writer = await journal.open(RUN)
    expect(await journal.ends(RUN)).toEqual({first: null, last: []})
    await writer.append({kind: 'noted', text: 'first'})
    await writer.append({kind: 'ended'})
    const short = await journal.ends(RUN)
    expect(short).toMatchObject({first: {sequence: 1, text: 'first'}, last: [{sequence: 1}, {sequence: 2}]})
    for (let count = 0; count < 100; count += 1) await writer.append({kind: 'noted', text: 'x'.repeat(3000)})
    await writer.append({kind: 'ended'})
    const {first, last} = await journal.ends(RUN)
    expect(first).toMatchObject({sequence: 1, text: 'first'})
    expect(last.at(-1)).toMatchObject({sequence: 103, kind: 'ended'})
    expect(last.length).toBeLessThan(50)
    expect(last.map(({sequence}) => sequence)).toEqual(last.map((_, index) => 104 - last.length + index))
    await expect(journal.ends(LATER)).rejects.toMatchObject({code: 'notFound'})
  })

  it('tells the last event however long it is', async () => {
    const journal = make()
    const writer = await journal.open(RUN)
    await writer.append({kind: 'ended'})
    const long = await writer.append({kind: 'noted', text: 'é'.repeat(100_000)})
    expect((await journal.ends(RUN)).last.at(-1)).toEqual(long)
  })

  it.each(['../escape', '/escape', '.hidden', '..', `${'x'.repeat(300)}.log`])(
    'keeps evidence beside the journal whatever it is called, and finds it by that name: %s',
    async (name) => {
      const journal = make()
      const [beside, path] = await journal
        .open(RUN)
        .then(async ({keep}) => [await keep('a', ''), await keep(name, 'x')])
      expect(dirname(path ?? '')).toBe(dirname(beside ?? ''))
      expect(basename(path ?? '')).not.toMatch(/^\./)
      expect(await journal.kept(RUN, name)).toBe('x')
    },
  )
})

describe('the JSON Lines journal on disk', () => {
  const path = (): string => join(directory, 'runs', RUN, 'journal.jsonl')

  it('is readable only by its owner', async () => {
    const writer = await real().open(RUN)
    const kept = await writer.keep('api.log', 'x')
    expect((await stat(join(directory, 'runs', RUN))).mode & 0o777).toBe(0o700)
    expect((await stat(path())).mode & 0o777).toBe(0o600)
    expect((await stat(kept)).mode & 0o777).toBe(0o600)
  })

  it('survives a torn last line, reports it, and goes on after it', async () => {
    const journal = real()
    const writer = await journal.open(RUN)
    await writer.append({kind: 'noted', text: 'whole'})
    await appendFile(path(), '{"sequence":2,"at":"2026')
    expect(await journal.read(RUN)).toMatchObject({torn: 1, events: [{text: 'whole'}]})
    const again = await journal.open(RUN)
    await again.append({kind: 'ended'}, true)
    expect(await journal.read(RUN)).toMatchObject({torn: 1, events: [{sequence: 1}, {sequence: 2, kind: 'ended'}]})
  })

  it('tells the ends of a journal that a crash tore at either end', async () => {
    const journal = real()
    await (await journal.open(RUN)).append({kind: 'noted', text: 'whole'})
    await appendFile(path(), '{"sequence":2,"at":"2026')
    expect(await journal.ends(RUN)).toMatchObject({first: {text: 'whole'}, last: [{text: 'whole'}]})
    await writeFile(path(), `{"torn\n${JSON.stringify({sequence: 2, at: 'x', by: 'ana', kind: 'ended'})}\n`)
    expect(await journal.ends(RUN)).toMatchObject({first: null, last: [{sequence: 2}]})
  })

  it('tells a hole in the middle from a torn end: a line that was changed, lost or doubled, and a damaged last one', async () => {
    const journal = real()
    const writer = await journal.open(RUN)
    for (const text of ['one', 'two', 'three']) await writer.append({kind: 'noted', text})
    const lines = (await readFile(path(), 'utf8')).split('\n').slice(0, -1)
    const [one = '', two = '', three = ''] = lines
    const missing = async (...kept: readonly string[]): Promise<number> => {
      await writeFile(path(), kept.map((line) => `${line}\n`).join(''))
      return (await journal.read(RUN)).missing
    }
    expect(await missing(one, two, three)).toBe(0)
    expect(await missing(one, two.replace('two', 'tow'), three)).toBe(1)
    expect(await missing(one, three)).toBe(1)
    expect(await missing(one, two, two, three)).toBe(1)
    expect(await missing(one, two, three.replace('three', 'there'))).toBe(1)
    await (await journal.open(RUN)).append({kind: 'ended'})
    // Whoever goes on leaves its place empty.
    expect(await journal.read(RUN)).toMatchObject({missing: 1, events: [{sequence: 1}, {sequence: 2}, {sequence: 4}]})
    // As a crash leaves it: without its end.
    await writeFile(path(), `${one}\n${two}\n${three.slice(0, 40)}`)
    expect(await journal.read(RUN)).toMatchObject({missing: 0, torn: 1})
    // Lines of before there were checksums.
    expect(await missing(...lines.map((line) => line.replace(/,"crc":"[0-9a-f]{8}"/, '')))).toBe(0)
  })

  it('counts binary noise and foreign lines as torn', async () => {
    const journal = real()
    await (await journal.open(RUN)).append({kind: 'ended'})
    await appendFile(path(), Buffer.from([0xff, 0xfe, 0x0a, 0x5b, 0x5d, 0x0a]))
    expect(await journal.read(RUN)).toMatchObject({torn: 2, events: [{kind: 'ended'}]})
  })

  it('keeps a stream masked, also where a secret or a character is cut in two', async () => {
    const writer = await real().open(RUN)
    const kept = await writer.keep(
      'api.log',
      chunks('línea\n', `password ${SECRET.slice(0, 9)}`, `${SECRET.slice(9)} end\n`),
    )
    expect(await readFile(kept, 'utf8')).toBe('línea\npassword *** end\n')
  })

  it('holds no stream whole', async () => {
    const writer = await real().open(RUN)
    const block = Buffer.from(`${'x'.repeat(1023)}\n`.repeat(1024))
    const onDisk = async (): Promise<number> => {
      const folder = join(directory, 'runs', RUN)
      const files = (await readdir(folder, {recursive: true})).map((name) => join(folder, name))
      const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
      return sizes.reduce((sum, size) => sum + size, 0)
    }
    const behind: number[] = []
    async function* large(): AsyncGenerator<Buffer> {
      for (let count = 0; count < 64; count++) {
        behind.push(count * block.length - (await onDisk()))
        yield block
      }
    }
    const kept = await writer.keep('large.log', large())
    expect((await stat(kept)).size).toBe(64 * block.length)
    // What was given and is not on disk is held in memory: two blocks and no more, however many there are.
    expect(Math.max(...behind)).toBeLessThanOrEqual(2 * block.length)
  })

  it('counts runs that cannot be read, each for itself, and not the one that is just being started', async () => {
    const journal = real()
    await (await journal.open(RUN)).append({kind: 'ended'})
    const at = (digit: number): string => join(directory, 'runs', `${RUN.slice(0, -1)}${String(digit)}`)
    await writeFile(at(1), 'a file')
    for (const digit of [2, 3, 4, 5, 7, 8, 9]) await mkdir(at(digit))
    execFileSync('mkfifo', [join(at(7), 'journal.jsonl')])
    await symlink('/dev/zero', join(at(8), 'journal.jsonl'))
    await writeFile(join(at(9), 'journal.jsonl'), randomBytes(100_000))
    await writeFile(join(at(3), 'journal.jsonl'), '')
    await mkdir(join(at(4), 'journal.jsonl'))
    await symlink('/nowhere', at(6))
    const longAgo = new Date(Date.now() - 3_600_000)
    for (const digit of [2, 3, 4, 7, 8, 9]) await utimes(at(digit), longAgo, longAgo)
    const bad = (await journal.unreadable()).map((id) => id.at(-1))
    expect(bad).toEqual(['9', '8', '7', '6', '4', '3', '2', '1'])
  })

  it.each(['mkfifo "$0"', 'ln -s /dev/zero "$0"', 'mkdir "$0"', 'truncate -s 200M "$0"'])(
    'waits for nothing and holds no endless file where a journal should be: %s',
    async (plant) => {
      const journal = real()
      const folder = join(directory, 'runs', RUN)
      await mkdir(folder, {recursive: true})
      execFileSync('bash', ['-c', plant, join(folder, 'journal.jsonl')])
      const asked = [journal.read(RUN), journal.ends(RUN), journal.writer(RUN), journal.open(RUN)] as const
      const [read, ends, writer, opened] = await Promise.allSettled(asked)
      expect([read, opened]).toMatchObject([{status: 'rejected'}, {status: 'rejected'}])
      expect(ends.status === 'rejected' || ends.value.first === null).toBe(true)
      expect(writer).toMatchObject({status: 'fulfilled', value: null})
    },
  )

  it('says what is wrong when the store cannot be written', async () => {
    const file = join(directory, 'occupied')
    await appendFile(file, 'a file, not a directory')
    await chmod(file, 0o600)
    const journal = jsonlJournal<Event>({directory: file, masker: masker([]), clock: systemClock, by: 'ana'})
    await expect(journal.open(RUN)).rejects.toMatchObject({code: 'unreachable'})
  })
})
