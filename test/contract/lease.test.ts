import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import {mkdir, mkdtemp, readFile, readdir, rm, symlink, utimes, writeFile} from 'node:fs/promises'
import {randomUUID} from 'node:crypto'
import {hostname, tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {ownIdentity} from '../../src/adapters/store/process-identity.js'
import type {ProcessIdentity} from '../../src/adapters/store/process-identity.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Leases} from '../../src/ports/lease.js'
import {fakeLeases, leaseTable} from '../support/fakes/lease.js'
import {bundledProcess} from '../support/processes/bundled-process.js'

const PROJECT = 'faciliauto'
const REQUEST = {reason: 'runbook api-down', runId: '01ARZ3NDEKTSV4RRFFQ69G5FAV'}
const HOLDER = await bundledProcess('lease-holder')
const GONE: ProcessIdentity = {...ownIdentity(), pid: 4_194_303, startTicks: 1}

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-lease-'))
})
afterEach(async () => {
  await Promise.allSettled(sessions.splice(0).map(async ({end}) => end()))
  await rm(directory, {recursive: true, force: true})
})

interface World {
  readonly ana: Leases
  readonly bia: Leases
  /** A lease whose holder has died. */
  readonly abandoned: () => Promise<void>
  /** As `abandoned`, but of what the holder started something lives; resolves to what ends that. */
  readonly abandonedAtWork: () => Promise<() => Promise<void>>
}

function inMemory(): World {
  const table = leaseTable()
  const caio = fakeLeases('caio', table)
  return {
    ana: fakeLeases('ana', table),
    bia: fakeLeases('bia', table),
    abandoned: async () => {
      await caio.take(PROJECT, REQUEST)
      caio.abandon(PROJECT, 'its process 4001 no longer runs')
    },
    abandonedAtWork: async () => {
      await caio.take(PROJECT, REQUEST)
      const end = await caio.keepFor(4002)
      caio.abandon(PROJECT, 'its process 4001 no longer runs')
      return end
    },
  }
}

const files = (operator: string, identity = ownIdentity(), clock = systemClock): Leases =>
  fileLeases({directory, clock, operator, identity})

function onDisk(): World {
  return {
    ana: files('ana'),
    bia: files('bia'),
    abandoned: async () => {
      await files('caio', GONE).take(PROJECT, REQUEST)
    },
    abandonedAtWork: async () => {
      const caio = files('caio', GONE)
      await caio.take(PROJECT, REQUEST)
      const session = await aSession('sleep 60')
      await caio.keepFor(session.pid)
      return session.end
    },
  }
}

interface Session {
  readonly pid: number
  readonly end: () => Promise<void>
}

const sessions: Session[] = []

/** A script as the leader of a session, as faci starts a block. */
async function aSession(script: string): Promise<Session> {
  const child = spawn('bash', ['-c', `echo ready; ${script}`], {detached: true, stdio: ['ignore', 'pipe', 'inherit']})
  await firstOutput(child)
  const pid = child.pid ?? 0
  const closed = new Promise((resolve) => child.once('close', resolve))
  const end = async (): Promise<void> => {
    await execa('pkill', ['-KILL', '--session', String(pid)], {reject: false})
    await closed
  }
  const session = {pid, end}
  sessions.push(session)
  return session
}

function firstOutput(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.stdout?.once('data', (data: Buffer) => {
      resolve(data.toString())
    })
  })
}

describe.each([
  {name: 'in memory', make: inMemory},
  {name: 'as files', make: onDisk},
])('leases $name', ({make}) => {
  it('are free, then held by the one who took it, then free again', async () => {
    const {ana} = make()
    expect(await ana.inspect(PROJECT)).toEqual({kind: 'free'})
    const lease = await ana.take(PROJECT, REQUEST)
    expect(lease.takenFrom).toBeNull()
    expect(await ana.inspect(PROJECT)).toMatchObject({kind: 'held', holder: {id: lease.holder.id, ...REQUEST}})
    await lease.release()
    expect(await ana.inspect(PROJECT)).toEqual({kind: 'free'})
    await (await ana.take(PROJECT, REQUEST)).release()
  })

  it('tell the second who holds it, and why', async () => {
    const {ana, bia} = make()
    const {holder} = await ana.take(PROJECT, REQUEST)
    const refused = bia.take(PROJECT, {reason: 'restart', runId: null, takeover: 'never from a live one'})
    await expect(refused).rejects.toMatchObject({code: 'locked'})
    await expect(refused).rejects.toThrow(/ana on .*pid \d+.*runbook api-down/)
    await expect(refused).rejects.toThrow(holder.host)
  })

  it('are separate for each project', async () => {
    const {ana, bia} = make()
    const projects = [PROJECT, 'another', `${PROJECT}.2`]
    const [first] = await Promise.all(projects.map((one, index) => (index === 0 ? ana : bia).take(one, REQUEST)))
    await first?.release()
    const held = {kind: 'held', holder: {operator: 'bia'}}
    expect(await Promise.all(projects.map((one) => ana.inspect(one)))).toMatchObject([{kind: 'free'}, held, held])
  })

  it('stay ours until taken over', async () => {
    const {ana} = make()
    const lease = await ana.take(PROJECT, REQUEST)
    await lease.recheck()
    await lease.release()
    await expect(lease.recheck()).rejects.toMatchObject({code: 'locked'})
  })

  it('recognise a holder that is gone, and pass on only when asked to', async () => {
    const {ana, bia, abandoned} = make()
    await abandoned()
    expect(await ana.inspect(PROJECT)).toMatchObject({
      kind: 'stale',
      holder: {operator: 'caio'},
      why: expect.stringContaining('no longer runs') as unknown,
    })
    await expect(ana.take(PROJECT, REQUEST)).rejects.toMatchObject({
      code: 'locked',
      suggestions: expect.arrayContaining([expect.stringContaining('--takeover')]) as unknown,
    })
    const lease = await bia.take(PROJECT, {...REQUEST, takeover: 'caio closed the laptop'})
    expect(lease.takenFrom).toMatchObject({operator: 'caio'})
    await lease.recheck()
  })

  it('stay held by one that has died while something lives that it started, also against a takeover', async () => {
    const {ana, bia, abandonedAtWork} = make()
    const end = await abandonedAtWork()
    const state = await ana.inspect(PROJECT)
    expect(state).toMatchObject({kind: 'held', holder: {operator: 'caio'}, remains: expect.any(Number) as number})
    const refused = bia.take(PROJECT, {...REQUEST, takeover: 'caio is gone'})
    await expect(refused).rejects.toMatchObject({code: 'locked'})
    await end()
    expect(await ana.inspect(PROJECT)).toMatchObject({kind: 'stale'})
    await (await bia.take(PROJECT, {...REQUEST, takeover: 'caio is gone'})).release()
  })

  it('let a member of the run join, and nobody else', async () => {
    const {ana, bia} = make()
    const refused = {code: 'refused'}
    const lease = await ana.take(PROJECT, REQUEST)
    await expect(bia.join(PROJECT, 'token-1')).rejects.toMatchObject(refused)
    await ana.keepFor(process.pid)
    await expect(bia.join(PROJECT, '')).rejects.toMatchObject(refused)
    const end = await ana.keepFor(process.pid, 'token-1')
    expect(await bia.join(PROJECT, 'token-1')).toMatchObject({id: lease.holder.id, runId: REQUEST.runId})
    await expect(bia.join(PROJECT, 'token-1x')).rejects.toMatchObject(refused)
    await expect(bia.join('another', 'token-1')).rejects.toMatchObject(refused)
    await end()
    await expect(bia.join(PROJECT, 'token-1')).rejects.toMatchObject(refused)
    await ana.keepFor(process.pid, 'token-2')
    await lease.release()
    await expect(bia.join(PROJECT, 'token-2')).rejects.toMatchObject(refused)
  })

  it('release nothing that belongs to somebody else by now', async () => {
    const {ana, bia} = make()
    const first = await ana.take(PROJECT, REQUEST)
    await first.release()
    const second = await bia.take(PROJECT, REQUEST)
    await first.release()
    await expect(second.recheck()).resolves.toBeUndefined()
    expect(await ana.inspect(PROJECT)).toMatchObject({kind: 'held', holder: {id: second.holder.id}})
  })
})

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern)

describe('lease files', () => {
  const lock = (term: number): string => join(directory, 'locks', `${PROJECT}.${String(term)}.json`)
  /** Another's clock; its waits pass at once. */
  const later = (seconds: number) => ({
    ...systemClock,
    now: () => new Date(Date.now() + seconds * 1000),
    sleep: () => Promise.resolve(),
  })
  /** Of a holder that gives no further sign of life. */
  const stopped = (now = new Date()) => ({...systemClock, now: () => now})
  const otherHost: ProcessIdentity = {...ownIdentity(), host: 'other', bootId: 'another-boot'}

  it('hold no token', async () => {
    const ana = files('ana')
    await ana.take(PROJECT, REQUEST)
    await ana.keepFor(process.pid, 'token-1')
    const names = await readdir(join(directory, 'locks'))
    const texts = await Promise.all(names.map((name) => readFile(join(directory, 'locks', name), 'utf8')))
    expect(texts).toHaveLength(2)
    expect(texts.join()).not.toContain('token-1')
  })

  it('leave one file a project behind', async () => {
    for (let count = 0; count < 3; count++) await (await files('ana').take(PROJECT, REQUEST)).release()
    expect(await readdir(join(directory, 'locks'))).toEqual([`${PROJECT}.3.json`])
  })

  it('believe another host for a minute without a sign of life', async () => {
    await files('ana', otherHost).take(PROJECT, REQUEST)
    expect(await files('bia', ownIdentity(), later(50)).inspect(PROJECT)).toMatchObject({kind: 'held'})
    expect(await files('bia', ownIdentity(), later(70)).inspect(PROJECT)).toMatchObject({
      kind: 'stale',
      why: expect.stringMatching(/no sign of life for (69|70|71) s/) as unknown,
    })
  })

  it('believe a live process of this host however long it has been silent', async () => {
    await files('ana').take(PROJECT, REQUEST)
    expect(await files('bia', ownIdentity(), later(3600)).inspect(PROJECT)).toMatchObject({kind: 'held'})
  })

  it('know a process from a later one with the same id, and a boot from the next', async () => {
    await files('ana', {...ownIdentity(), startTicks: 1}).take('reused', REQUEST)
    expect(await files('bia').inspect('reused')).toMatchObject({kind: 'stale'})
    await files('ana', {...ownIdentity(), bootId: 'before'}).take('rebooted', REQUEST)
    expect(await files('bia', ownIdentity(), later(20)).inspect('rebooted')).toMatchObject({
      kind: 'stale',
      why: `${hostname()} has been rebooted since`,
    })
  })

  it('do not judge a process of another container by its id', async () => {
    await files('ana', {...GONE, pidNamespace: 'pid:[1]'}).take(PROJECT, REQUEST)
    expect(await files('bia').inspect(PROJECT)).toMatchObject({kind: 'held'})
  })

  it('take a heartbeat from the future for none', async () => {
    const future = new Date(Date.now() + 3_600_000)
    await files('ana', otherHost, stopped(future)).take(PROJECT, REQUEST)
    await utimes(lock(1), future, future)
    expect(await files('bia').inspect(PROJECT)).toMatchObject({
      kind: 'stale',
      why: expect.stringMatching(/^its last sign of life is dated (3599|3600) s in the future$/) as unknown,
    })
    await files('bia', ownIdentity(), later(0)).take(PROJECT, {...REQUEST, takeover: 'no answer from ana'})
  })

  it.each([-3600, 3600])(
    'are not taken from a host whose clock is %d s off, but whose heart beats',
    async (seconds) => {
      await files('ana', otherHost).take(PROJECT, REQUEST)
      let beats = 0
      const watching = {
        ...later(seconds),
        sleep: async () => {
          const now = new Date(Date.now() + (beats += 1) * 1000)
          await utimes(lock(1), now, now)
        },
      }
      const refused = files('bia', ownIdentity(), watching).take(PROJECT, {...REQUEST, takeover: 'no answer from ana'})
      await expect(refused).rejects.toThrow(/is being changed by ana/)
      expect(beats).toBeGreaterThan(0)
    },
  )

  it('tell a holder that slept that it was taken over, and by whom', async () => {
    const slept = await files('ana', otherHost, stopped()).take(PROJECT, REQUEST)
    await files('bia', ownIdentity(), later(70)).take(PROJECT, {...REQUEST, takeover: 'no answer from ana'})
    await expect(slept.recheck()).rejects.toThrow(/no longer ours: it was taken over by bia/)
    await slept.release()
    expect(await files('bia').inspect(PROJECT)).toMatchObject({kind: 'held', holder: {operator: 'bia'}})
  })

  it('are refused at once where no folder can be made', async () => {
    const impossible = fileLeases({directory: '/proc/faci/store', clock: systemClock, operator: 'ana'})
    await expect(impossible.take(PROJECT, REQUEST)).rejects.toMatchObject({code: 'unreachable'})
  })

  it('are lost when the folder is deleted under a holder', async () => {
    const lease = await files('ana').take(PROJECT, REQUEST)
    await rm(join(directory, 'locks'), {recursive: true})
    await expect(lease.recheck()).rejects.toMatchObject({code: 'locked'})
    await lease.release()
  })
})

describe('what else lies among the lease files', () => {
  const lock = (term: number | string): string => join(directory, 'locks', `${PROJECT}.${String(term)}.json`)
  const record = async (): Promise<Record<string, unknown>> => {
    await files('caio', GONE).take(PROJECT, REQUEST)
    return JSON.parse(await readFile(lock(1), 'utf8')) as Record<string, unknown>
  }
  const inTheWay: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['junk', () => writeFile(lock(1), 'junk')],
    ['nothing', () => writeFile(lock(1), '')],
    ['a dangling link', () => symlink(join(directory, 'nowhere'), lock(1))],
    ['a link to a file', () => symlink(join(directory, 'precious'), lock(1))],
    ['a directory', () => mkdir(lock(1))],
    ['a pipe', () => execa('mkfifo', [lock(1)])],
    ['more than a record', () => writeFile(lock(1), '{}'.padEnd(100_000))],
    ['a record of no process', async () => writeFile(lock(1), JSON.stringify({...(await record()), pid: -1}))],
    ['a record of pid 0', async () => writeFile(lock(1), JSON.stringify({...(await record()), pid: 0}))],
    ['a start that is no time', async () => writeFile(lock(1), JSON.stringify({...(await record()), startTicks: 'x'}))],
  ]

  beforeEach(async () => {
    await mkdir(join(directory, 'locks'), {recursive: true})
    await writeFile(join(directory, 'precious'), 'as it was')
  })

  it.each(inTheWay)('%s is a stale lease: taken over when asked to, and nothing is followed', async (_, put) => {
    await put()
    const bia = files('bia')
    expect(await bia.inspect(PROJECT)).toMatchObject({kind: 'stale', why: 'its record is unreadable'})
    await expect(bia.take(PROJECT, REQUEST)).rejects.toMatchObject({code: 'locked'})
    const lease = await bia.take(PROJECT, {...REQUEST, takeover: 'it is nobody'})
    await lease.recheck()
    await lease.release()
    expect(await bia.inspect(PROJECT)).toEqual({kind: 'free'})
    expect(await readFile(join(directory, 'precious'), 'utf8')).toBe('as it was')
    expect(await readdir(directory)).toEqual(['locks', 'precious'])
  })

  it.each(['007', '0', '-1', '1e3', '99999999999999999999', '1.2', 'x'])('%s is no term', async (term) => {
    await writeFile(lock(term), JSON.stringify(await record()))
    await rm(lock(1))
    const lease = await files('ana').take(PROJECT, REQUEST)
    await lease.release()
    expect(await readdir(join(directory, 'locks'))).toEqual([`${PROJECT}.1.json`, `${PROJECT}.${term}.json`].sort())
  })

  it('the last terms there can be are stepped over, and what comes before them counts', async () => {
    const last = [999_999_999_998, 999_999_999_999]
    for (const term of last) await writeFile(lock(term), 'junk')
    const lease = await files('ana').take(PROJECT, REQUEST)
    await expect(files('bia').take(PROJECT, REQUEST)).rejects.toThrow(/is being changed by ana/)
    await lease.recheck()
    await lease.release()
    expect(await files('bia').inspect(PROJECT)).toEqual({kind: 'free'})
  })

  it.each([undefined, null, 5, false])('a record whose releasedAt is %j is not released', async (releasedAt) => {
    await writeFile(lock(1), JSON.stringify({...(await record()), releasedAt}))
    expect(await files('ana').inspect(PROJECT)).toMatchObject({kind: 'stale', holder: {operator: 'caio'}})
  })

  it('what a record says is shown without what a terminal would obey', async () => {
    const forged = {...(await record()), operator: '\u001B[2Jroot', reason: `a\nb\u202E${'c'.repeat(1000)}`}
    await writeFile(lock(1), JSON.stringify(forged))
    const state = await files('ana').inspect(PROJECT)
    expect(state).toMatchObject({holder: {operator: '�[2Jroot', reason: `a�b�${'c'.repeat(496)}`}})
  })

  it('drafts of processes that were killed go, and those of now stay', async () => {
    const old = new Date(Date.now() - 90_000_000)
    const [before, now, another] = [
      `.faci-${randomUUID()}.draft`,
      `.faci-${randomUUID()}.draft`,
      `.${randomUUID()}.draft`,
    ]
    const path = (name: string): string => join(directory, 'locks', name)
    for (const name of [before, now, another]) await writeFile(path(name), '')
    for (const name of [before, another]) await utimes(path(name), old, old)
    await files('ana').take(PROJECT, REQUEST)
    expect((await readdir(join(directory, 'locks'))).sort()).toEqual([another, now, `${PROJECT}.1.json`].sort())
  })

  // As written before what was started was noted and other accounts could look.
  const EARLIER = `{"host":"${hostname()}","pid":PID,"bootId":"${GONE.bootId}","pidNamespace":"${GONE.pidNamespace}","startTicks":TICKS,"id":"0f0e","operator":"caio","reason":"restart api","runId":"01ARZ3NDEKTSV4RRFFQ69G5FAV","takenAt":"2026-11-27T10:00:00.000Z","tokenHash":"${'0'.repeat(64)}","takeover":null,"releasedAt":null}\n`

  it('a lease of the version before is respected, and taken over once its holder is gone', async () => {
    const {pid, startTicks} = ownIdentity()
    await writeFile(lock(7), EARLIER.replace('PID', String(pid)).replace('TICKS', String(startTicks)))
    await expect(files('ana').take(PROJECT, REQUEST)).rejects.toThrow(/caio on .*: restart api/)
    await writeFile(lock(7), EARLIER.replace('PID', '4194303').replace('TICKS', '1'))
    const lease = await files('ana').take(PROJECT, {...REQUEST, takeover: 'caio closed the laptop'})
    expect([lease.takenFrom?.operator, await readdir(join(directory, 'locks'))]).toEqual([
      'caio',
      [`${PROJECT}.8.json`],
    ])
  })
})

describe('what a dead holder started', () => {
  const abandonedWith = async (script: string): Promise<Session> => {
    const caio = files('caio', GONE)
    await caio.take(PROJECT, REQUEST)
    const session = await aSession(script)
    await caio.keepFor(session.pid)
    return session
  }

  it('is seen in other process groups of its session, when its leader has ended', async () => {
    await abandonedWith('set -m; sleep 60 >/dev/null & disown')
    expect(await files('ana').inspect(PROJECT)).toMatchObject({kind: 'held', remains: expect.any(Number) as number})
  })

  it('is not a later process with the same id, nor a file half written or of another boot', async () => {
    const {pid} = await abandonedWith('sleep 60')
    const [noted = ''] = (await readdir(join(directory, 'locks'))).filter((name) => name.endsWith('.started'))
    const note = join(directory, 'locks', noted)
    const text = await readFile(note, 'utf8')
    for (const forged of [
      text.replace(/"startTicks":\d+/, '"startTicks":1'),
      text.replace(ownIdentity().bootId, 'before'),
      text.slice(0, 20),
      '',
    ]) {
      await writeFile(note, forged)
      expect(await files('ana').inspect(PROJECT)).toMatchObject({kind: 'stale'})
    }
    await writeFile(note, text)
    expect(await files('ana').inspect(PROJECT)).toMatchObject({kind: 'held', remains: pid})
  })

  it('is noted for a run by those that joined it, and no longer once it has ended or the lease was given back', async () => {
    const ana = files('ana')
    const lease = await ana.take(PROJECT, REQUEST)
    const over = await ana.keepFor(process.pid, 'token-1')
    const member = files('ana')
    await member.join(PROJECT, 'token-1')
    await over()
    const {pid} = await aSession('sleep 60')
    const end = await member.keepFor(pid)
    const names = (): Promise<string[]> => readdir(join(directory, 'locks'))
    expect((await names()).sort()).toEqual([matching(/^faciliauto\.1\.\d+\.started$/), `${PROJECT}.1.json`])
    await end()
    expect(await names()).toEqual([`${PROJECT}.1.json`])
    await lease.release()
    await (
      await files('ana').keepFor(pid)
    )()
    expect(await names()).toEqual([`${PROJECT}.1.json`])
  })

  it('goes with the next term', async () => {
    const session = await abandonedWith('sleep 60')
    await session.end()
    await (await files('ana').take(PROJECT, {...REQUEST, takeover: 'it has ended'})).release()
    expect(await readdir(join(directory, 'locks'))).toEqual([`${PROJECT}.2.json`])
  })
})

describe('leases between processes', () => {
  it('recognise a holder that was killed', async () => {
    const child = spawn(process.execPath, [HOLDER, 'hold', directory, PROJECT])
    const id = (await firstOutput(child)).trim()
    const leases = files('ana')
    expect(await leases.inspect(PROJECT)).toMatchObject({kind: 'held', holder: {id, pid: child.pid}})
    const dead = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await dead
    expect(await leases.inspect(PROJECT)).toMatchObject({kind: 'stale', holder: {pid: child.pid}})
  })

  it('have one winner of eight, whether it was free, released or stale', async () => {
    const rounds = 12
    for (let round = 0; round < rounds; round++) {
      if (round % 3 === 1) await (await files('ana').take(`race-${String(round)}`, REQUEST)).release()
      if (round % 3 === 2) await files('caio', GONE).take(`race-${String(round)}`, REQUEST)
    }
    const start = String(Date.now() + 5000)
    const racers = Array.from({length: 8}, () =>
      spawn(process.execPath, [HOLDER, 'race', directory, start, String(rounds)], {stdio: ['pipe', 'pipe', 'inherit']}),
    )
    const wins = (await Promise.all(racers.map(firstOutput))).flatMap((text) => JSON.parse(text) as number[])
    for (const racer of racers) racer.stdin.end()
    expect(wins.sort((left, right) => left - right)).toEqual(Array.from({length: rounds}, (_, round) => round))
  })
})
