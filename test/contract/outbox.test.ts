import {execFile} from 'node:child_process'
import {chown, mkdir, mkdtemp, open, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {promisify} from 'node:util'
import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileOutbox} from '../../src/adapters/store/file-outbox.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Notice} from '../../src/domain/notices/notice.js'
import type {Outbox} from '../../src/ports/outbox.js'
import {aNotice} from '../support/builders/notice.js'
import {fakeOutbox} from '../support/fakes/outbox.js'
import {onlyAsRoot} from '../support/only-as-root.js'

const FIRST = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
const SECOND = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', state: 'resolved'})
const run = promisify(execFile)
const AT = '2026-11-23T06:12:05.000Z'
const MESSAGE = {channel: 'C1', id: '1700000000.000100'}
const DELIVERED = {at: AT, outcome: 'delivered', reason: null} as const
const FAILED = {at: AT, outcome: 'failed', reason: {why: 'notAnswered', service: 'Slack'}} as const

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-outbox-'))
})
afterEach(() => rm(directory, {recursive: true, force: true}))

const outboxDirectory = (): string => join(directory, 'outbox')
const ONCE = {repeats: 0, isRoot: false} as const
const onDisk = (): Outbox =>
  fileOutbox({
    directory: outboxDirectory(),
    claims: fileLeases({directory: outboxDirectory(), clock: systemClock, operator: 'ana'}),
  })

describe.each([
  {name: 'in memory', make: (): Outbox => fakeOutbox()},
  {name: 'as files', make: onDisk},
])('an outbox $name', ({make}) => {
  it('answers a new root of a thread from then on', async () => {
    const outbox = make()
    for (const notice of [FIRST, SECOND]) await outbox.put(notice)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    const anew = {...MESSAGE, id: 'anew'}
    const after = {nextTryAt: null, message: anew, unconfirmed: false, repeats: 0, isRoot: true}
    await outbox.record(SECOND.id, DELIVERED, after)
    expect(await outbox.root('slack', SECOND.thread ?? '')).toEqual(anew)
  })

  it.each(['others', 'unknown'] as const)('keeps why a page does not end with its incident: %s', async (pageStays) => {
    const outbox = make()
    const incident: NonNullable<Notice['incident']> = {
      ...{id: FIRST.thread ?? '', handle: 'INC-7', subject: 'API down', reopenings: 0, priority: 'P0' as const},
      ...{step: 'resolved' as const, pages: 'a'.repeat(64), pageStays},
    }
    await outbox.put({...FIRST, incident})
    expect((await make().pending()).concat(await outbox.pending()).at(-1)?.notice.incident).toEqual(incident)
  })

  it('knows how often it was posted although it may have arrived', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.begin(FIRST.id, AT, 1)
    expect(await outbox.pending()).toMatchObject([{repeats: 1}])
  })

  it('hands a notice on to another channel once, whatever became of it there', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    const copy = {...FIRST, id: `${FIRST.id}-fallback`, channel: 'email', insteadOf: {channel: 'slack', id: FIRST.id}}
    await outbox.handOn(FIRST.id, copy, AT)
    const fallback = {channel: 'email', noticeId: copy.id, at: AT}
    const waiting = (await outbox.pending()).map((entry) => [entry.notice, entry.fallback])
    expect(new Set(waiting)).toEqual(
      new Set([
        [FIRST, fallback],
        [copy, null],
      ]),
    )
    await outbox.record(copy.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    await outbox.handOn(FIRST.id, copy, AT)
    await outbox.record(FIRST.id, FAILED, {nextTryAt: null, message: null, unconfirmed: false, ...ONCE})
    expect(await outbox.pending()).toMatchObject([{notice: FIRST, fallback}])
    expect(await outbox.fate(copy.id)).toBe('delivered')
    await expect(outbox.handOn(SECOND.id, copy, AT)).rejects.toMatchObject({code: 'notFound'})
  })

  it('holds a notice back until it is released, and makes one of several, once', async () => {
    const outbox = make()
    const held = {by: 'quiet', until: '2026-11-24T07:00:00.000Z'} as const
    await outbox.put(FIRST, held)
    await outbox.put(SECOND, held)
    await outbox.release(SECOND.id)
    expect((await outbox.pending()).map((entry) => entry.held)).toEqual([held, null])
    const summary = {...SECOND, id: `${SECOND.id}-summary`, folds: [FIRST.id, SECOND.id]}
    await outbox.fold(summary)
    expect((await outbox.pending()).map(({notice}) => notice)).toEqual([summary])
    expect([await outbox.fate(FIRST.id), await outbox.fate(SECOND.id)]).toEqual(['folded', 'folded'])
    await outbox.record(summary.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    await outbox.fold(summary)
    expect(await outbox.pending()).toEqual([])
  })

  it('knows what was put lately, delivered or not', async () => {
    const outbox = make()
    for (const notice of [FIRST, SECOND]) await outbox.put(notice)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    const ids = async (since: string): Promise<readonly string[]> =>
      (await outbox.recent(since)).map(({notice}) => notice.id).sort()
    expect(await ids('2016-07-30T00:00:00.000Z')).toEqual([FIRST.id, SECOND.id])
    expect(await ids('2016-08-01T00:00:00.000Z')).toEqual([SECOND.id])
  })

  it('is empty at first', async () => {
    expect(await make().pending()).toEqual([])
    expect(await make().root('slack', 'run')).toBeNull()
  })

  it('holds a notice before it is sent, untried', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    expect(await outbox.pending()).toEqual([
      {
        ...{notice: FIRST, attempts: [], status: 'pending'},
        ...{
          nextTryAt: null,
          message: null,
          unconfirmedSince: null,
          remaining: null,
          repeats: 0,
          held: null,
          fallback: null,
        },
      },
    ])
  })

  it('gives the oldest first', async () => {
    const outbox = make()
    await outbox.put(SECOND)
    await outbox.put(FIRST)
    expect((await outbox.pending()).map(({notice}) => notice.id)).toEqual([FIRST.id, SECOND.id])
  })

  it('keeps failed and rejected ones, with every attempt', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.record(FIRST.id, FAILED, {nextTryAt: AT, message: null, unconfirmed: false, ...ONCE})
    expect(await outbox.pending()).toMatchObject([{status: 'pending', nextTryAt: AT, attempts: [FAILED]}])
    await outbox.record(
      FIRST.id,
      {...FAILED, outcome: 'rejected'},
      {nextTryAt: null, message: null, unconfirmed: false, ...ONCE},
    )
    expect(await outbox.pending()).toMatchObject([{status: 'rejected', nextTryAt: null, attempts: [{}, {}]}])
  })

  it('lets a delivered one go, and remembers the root of its thread', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    expect(await outbox.pending()).toEqual([])
    expect(await outbox.root('slack', FIRST.thread ?? '')).toEqual(MESSAGE)
    expect(await outbox.root('email', FIRST.thread ?? '')).toBeNull()
  })

  it('keeps the first message of a thread as its root', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.put(SECOND)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    await outbox.record(SECOND.id, DELIVERED, {
      nextTryAt: null,
      message: {...MESSAGE, id: 'reply'},
      unconfirmed: false,
      ...ONCE,
    })
    expect(await outbox.root('slack', FIRST.thread ?? '')).toEqual(MESSAGE)
  })

  it('remembers what was posted although something is left to do', async () => {
    const outbox = make()
    await outbox.put(SECOND)
    await outbox.record(SECOND.id, FAILED, {nextTryAt: AT, message: MESSAGE, unconfirmed: false, ...ONCE})
    await outbox.record(SECOND.id, FAILED, {nextTryAt: AT, message: null, unconfirmed: false, ...ONCE})
    expect(await outbox.pending()).toMatchObject([{status: 'pending', message: MESSAGE}])
  })

  it('remembers since when a post is without an end, whoever was killed meanwhile', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.begin(FIRST.id, AT, 0)
    expect(await outbox.pending()).toMatchObject([{status: 'pending', attempts: [], unconfirmedSince: AT}])
    await outbox.record(FIRST.id, FAILED, {nextTryAt: AT, message: null, unconfirmed: true, ...ONCE})
    expect(await outbox.pending()).toMatchObject([{unconfirmedSince: AT}])
    await outbox.record(FIRST.id, FAILED, {nextTryAt: AT, message: null, unconfirmed: false, ...ONCE})
    expect(await outbox.pending()).toMatchObject([{unconfirmedSince: null, repeats: 0}])
  })

  it('remembers whom a notice still has to be sent to', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    const left = {nextTryAt: AT, message: MESSAGE, unconfirmed: false, ...ONCE}
    await outbox.record(FIRST.id, FAILED, {...left, remaining: ['ana@x.test']})
    await outbox.record(FIRST.id, FAILED, left)
    expect(await outbox.pending()).toMatchObject([{message: MESSAGE, remaining: ['ana@x.test']}])
    expect(await outbox.root('slack', FIRST.thread ?? '')).toEqual(MESSAGE)
  })

  it('knows what became of everything that was ever put into it', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.put(SECOND)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    await outbox.drop(SECOND.id)
    const third = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA3'})
    await outbox.put(third)
    const never = '01ARZ3NDEKTSV4RRFFQ69G5FA4'
    const fates = await Promise.all([FIRST.id, SECOND.id, third.id, never].map(outbox.fate))
    expect(fates).toEqual(['delivered', 'dropped', 'waiting', 'missing'])
  })

  it('knows that one was delivered whose sender was killed before it was put away', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    const path = join(outboxDirectory(), `${FIRST.id}.json`)
    const entry = JSON.parse(await readFile(path, 'utf8')) as object
    await writeFile(path, JSON.stringify({...entry, status: 'delivered'}))
    expect([await outbox.fate(FIRST.id), await outbox.pending()]).toEqual(['delivered', []])
  })

  it('lets go of what is dropped, and of nothing else', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.drop(FIRST.id)
    expect(await outbox.pending()).toEqual([])
    for (const id of [FIRST.id, SECOND.id, '../outbox', '.', ''])
      await expect(outbox.drop(id)).rejects.toMatchObject({code: 'notFound'})
  })

  it('lets one at a time send to a channel', async () => {
    const outbox = make()
    const right = await outbox.claim('slack')
    expect(right).not.toBeNull()
    expect(await outbox.claim('slack')).toBeNull()
    expect(await outbox.claim('email')).not.toBeNull()
    await right?.release()
    expect(await outbox.claim('slack')).not.toBeNull()
  })

  it.each(['../../x', '/x', '..', '', 'a\0b', 'x'.repeat(300)])('takes any name for a channel: %j', async (channel) => {
    const outbox = make()
    const right = await outbox.claim(channel)
    expect(right).not.toBeNull()
    expect(await outbox.claim(channel)).toBeNull()
    await right?.release()
    const notice = aNotice({id: FIRST.id, channel, thread: '../../thread'})
    await outbox.put(notice)
    await outbox.record(notice.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    expect(await outbox.root(channel, '../../thread')).toEqual(MESSAGE)
    expect((await readdir(directory)).filter((name) => name !== 'outbox')).toEqual([])
  })

  it('records nothing for a notice that does not wait', async () => {
    const outbox = make()
    await expect(outbox.begin(FIRST.id, AT, 0)).rejects.toMatchObject({code: 'notFound'})
    await expect(
      outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: null, unconfirmed: false, ...ONCE}),
    ).rejects.toMatchObject({
      code: 'notFound',
    })
  })
})

const isRoot = onlyAsRoot('notices of another user were')

describe('the outbox on disk', () => {
  it('keeps delivered notices as a record, readable only by their owner', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    expect((await stat(join(outboxDirectory(), `${FIRST.id}.json`))).mode & 0o777).toBe(0o600)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    expect(await readdir(join(outboxDirectory(), 'delivered'))).toEqual([`${FIRST.id}.json`])
  })

  it('reads what an earlier version has kept', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    const attempt = {...FAILED, reason: 'Slack did not answer'}
    const old = {notice: FIRST, attempts: [attempt], status: 'pending', nextTryAt: AT, message: null}
    await writeFile(join(outboxDirectory(), `${FIRST.id}.json`), JSON.stringify(old))
    const attempts = [{...FAILED, reason: {why: 'told', text: 'Slack did not answer'}}]
    expect(await outbox.pending()).toEqual([
      {...old, attempts, unconfirmedSince: null, remaining: null, repeats: 0, held: null, fallback: null},
    ])
  })
})

/** What can be in the place of a notice; `stays` where it may be sound for somebody else. */
const BAD: readonly (readonly [string, (path: string) => Promise<unknown>])[] = [
  ['an empty file', (path) => writeFile(path, '')],
  ['a truncated notice', (path) => writeFile(path, whole().slice(0, 200))],
  ['another shape', (path) => writeFile(path, '{"notice":{"id":"bad"},"attempts":[],"status":"pending"}')],
  ['a list', (path) => writeFile(path, '[]')],
  ['a next try that is no time', (path) => writeFile(path, whole().replace('"nextTryAt":null', '"nextTryAt":"soon"'))],
  [
    'a reason that cannot be worded',
    (path) => writeFile(path, whole({attempts: [{...FAILED, reason: {why: 'triedOften', attempts: 100}}]})),
  ],
  ['the notice of another file', (path) => writeFile(path, whole())],
  ['bytes that are no text', (path) => writeFile(path, Buffer.from([0xff, 0xfe, 0, 1]))],
  ['a directory', (path) => mkdir(path)],
  ['a link to a file elsewhere', (path) => symlink('/etc/hostname', path)],
  ['a link to nothing', (path) => symlink('/nowhere', path)],
  ['a pipe that nobody writes to', (path) => run('mkfifo', [path])],
  [
    '700 MB',
    async (path) => {
      const file = await open(path, 'w')
      await file.truncate(700 * 1024 * 1024)
      await file.close()
    },
  ],
]

function whole(more: object = {}): string {
  const entry = {
    notice: FIRST,
    attempts: [],
    status: 'pending',
    nextTryAt: null,
    message: null,
    unconfirmedSince: null,
    repeats: 0,
  }
  return JSON.stringify({...entry, ...more})
}

describe('the outbox on disk, with something in it that is no notice', () => {
  it.each(BAD)('is not stopped by %s: it is counted, set aside, and can be dropped', async (_name, plant) => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    await plant(join(outboxDirectory(), '01ARZ3NDEKTSV4RRFFQ69G5FA0.json'))
    expect((await outbox.pending()).map(({notice}) => notice.id)).toEqual([FIRST.id])
    expect(await outbox.unreadable()).toMatchObject([{id: '01ARZ3NDEKTSV4RRFFQ69G5FA0'}])
    await outbox.setAside()
    expect(await readdir(join(outboxDirectory(), 'corrupt'))).toEqual(['01ARZ3NDEKTSV4RRFFQ69G5FA0.json'])
    const [aside] = await outbox.unreadable()
    await outbox.drop(aside?.id ?? '')
    expect(await outbox.unreadable()).toEqual([])
    expect((await outbox.pending()).map(({notice}) => notice.id)).toEqual([FIRST.id])
  })

  it('sets aside two of one name, and keeps both', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    for (let count = 0; count < 2; count += 1) {
      await writeFile(join(outboxDirectory(), 'junk.json'), '')
      await outbox.setAside()
    }
    expect(await outbox.unreadable()).toHaveLength(2)
  })

  it.skipIf(!isRoot)('takes no notice that another user has planted', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    await outbox.put(SECOND)
    await chown(join(outboxDirectory(), `${SECOND.id}.json`), 12_345, 12_345)
    expect((await outbox.pending()).map(({notice}) => notice.id)).toEqual([FIRST.id])
    expect(await outbox.unreadable()).toEqual([{id: SECOND.id, reason: 'belongs to uid 12345'}])
  })

  it.skipIf(!isRoot)('takes what the owner of the store has put there', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    for (const path of [outboxDirectory(), join(outboxDirectory(), `${FIRST.id}.json`)])
      await chown(path, 12_345, 12_345)
    expect(await outbox.pending()).toHaveLength(1)
  })

  it.each(BAD.slice(0, 8))('begins a thread anew whose root is %s', async (_name, plant) => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE, unconfirmed: false, ...ONCE})
    const [name = ''] = await readdir(join(outboxDirectory(), 'roots'))
    await rm(join(outboxDirectory(), 'roots', name))
    await plant(join(outboxDirectory(), 'roots', name))
    expect(await outbox.root('slack', FIRST.thread ?? '')).toBeNull()
    expect(await outbox.unreadable()).toHaveLength(1)
    await outbox.put(SECOND)
    const anew = {...MESSAGE, id: 'anew'}
    await outbox.record(SECOND.id, DELIVERED, {nextTryAt: null, message: anew, unconfirmed: false, ...ONCE})
    expect(await outbox.root('slack', FIRST.thread ?? '')).toEqual(anew)
  })

  it('reads a notice whole or not at all, whatever becomes of its file', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    const path = join(outboxDirectory(), `${FIRST.id}.json`)
    const text = await readFile(path, 'utf8')
    const mangled = fc.oneof(
      fc.nat(text.length).map((length) => text.slice(0, length)),
      fc
        .tuple(fc.nat(text.length - 1), fc.string({minLength: 1, maxLength: 3}))
        .map(([at, junk]) => text.slice(0, at) + junk + text.slice(at + junk.length)),
      fc.json(),
    )
    await fc.assert(
      fc.asyncProperty(mangled, async (content) => {
        await writeFile(path, content)
        const [read, bad] = [await outbox.pending(), await outbox.unreadable()]
        expect(read.length + bad.length === 1 || content.includes('"status": "delivered"')).toBe(true)
        for (const entry of read)
          expect(Object.keys(entry.notice).sort()).toEqual(expect.arrayContaining(Object.keys(FIRST).sort()))
      }),
      {numRuns: 150},
    )
  })
})
