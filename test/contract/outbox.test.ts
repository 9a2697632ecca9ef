import {mkdtemp, readdir, rm, stat, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {fileOutbox} from '../../src/adapters/store/file-outbox.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Outbox} from '../../src/ports/outbox.js'
import {aNotice} from '../support/builders/notice.js'
import {fakeOutbox} from '../support/fakes/outbox.js'

const FIRST = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA1'})
const SECOND = aNotice({id: '01ARZ3NDEKTSV4RRFFQ69G5FA2', state: 'resolved'})
const AT = '2026-11-23T06:12:05.000Z'
const MESSAGE = {channel: 'C1', id: '1700000000.000100'}
const DELIVERED = {at: AT, outcome: 'delivered', reason: null} as const
const FAILED = {at: AT, outcome: 'failed', reason: 'Slack did not answer'} as const

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-outbox-'))
})
afterEach(() => rm(directory, {recursive: true, force: true}))

const outboxDirectory = (): string => join(directory, 'outbox')
const onDisk = (): Outbox =>
  fileOutbox({
    directory: outboxDirectory(),
    claims: fileLeases({directory: outboxDirectory(), clock: systemClock, operator: 'ana'}),
  })

describe.each([
  {name: 'in memory', make: (): Outbox => fakeOutbox()},
  {name: 'as files', make: onDisk},
])('an outbox $name', ({make}) => {
  it('is empty at first', async () => {
    expect(await make().pending()).toEqual([])
    expect(await make().root('slack', 'run')).toBeNull()
  })

  it('holds a notice before it is sent, untried', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    expect(await outbox.pending()).toEqual([
      {notice: FIRST, attempts: [], status: 'pending', nextTryAt: null, message: null},
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
    await outbox.record(FIRST.id, FAILED, {nextTryAt: AT, message: null})
    expect(await outbox.pending()).toMatchObject([{status: 'pending', nextTryAt: AT, attempts: [FAILED]}])
    await outbox.record(FIRST.id, {...FAILED, outcome: 'rejected'}, {nextTryAt: null, message: null})
    expect(await outbox.pending()).toMatchObject([{status: 'rejected', nextTryAt: null, attempts: [{}, {}]}])
  })

  it('lets a delivered one go, and remembers the root of its thread', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE})
    expect(await outbox.pending()).toEqual([])
    expect(await outbox.root('slack', FIRST.thread ?? '')).toEqual(MESSAGE)
    expect(await outbox.root('email', FIRST.thread ?? '')).toBeNull()
  })

  it('keeps the first message of a thread as its root', async () => {
    const outbox = make()
    await outbox.put(FIRST)
    await outbox.put(SECOND)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE})
    await outbox.record(SECOND.id, DELIVERED, {nextTryAt: null, message: {...MESSAGE, id: 'reply'}})
    expect(await outbox.root('slack', FIRST.thread ?? '')).toEqual(MESSAGE)
  })

  it('remembers what was posted although something is left to do', async () => {
    const outbox = make()
    await outbox.put(SECOND)
    await outbox.record(SECOND.id, FAILED, {nextTryAt: AT, message: MESSAGE})
    await outbox.record(SECOND.id, FAILED, {nextTryAt: AT, message: null})
    expect(await outbox.pending()).toMatchObject([{status: 'pending', message: MESSAGE}])
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
    await outbox.record(notice.id, DELIVERED, {nextTryAt: null, message: MESSAGE})
    expect(await outbox.root(channel, '../../thread')).toEqual(MESSAGE)
    expect((await readdir(directory)).filter((name) => name !== 'outbox')).toEqual([])
  })

  it('records nothing for a notice that does not wait', async () => {
    const outbox = make()
    await expect(outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: null})).rejects.toMatchObject({
      code: 'notFound',
    })
  })
})

describe('the outbox on disk', () => {
  it('keeps delivered notices as a record, readable only by their owner', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    expect((await stat(join(outboxDirectory(), `${FIRST.id}.json`))).mode & 0o777).toBe(0o600)
    await outbox.record(FIRST.id, DELIVERED, {nextTryAt: null, message: MESSAGE})
    expect(await readdir(join(outboxDirectory(), 'delivered'))).toEqual([`${FIRST.id}.json`])
  })

  it('is not stopped by a file that is no notice', async () => {
    const outbox = onDisk()
    await outbox.put(FIRST)
    await writeFile(join(outboxDirectory(), 'junk.json'), '{"half')
    expect(await outbox.pending()).toHaveLength(1)
  })
})
