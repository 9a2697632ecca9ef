import {spawn} from 'node:child_process'
import type {ChildProcess} from 'node:child_process'
import {mkdtemp, readFile, readdir, rm, writeFile} from 'node:fs/promises'
import {hostname, tmpdir} from 'node:os'
import {join} from 'node:path'
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
afterEach(() => rm(directory, {recursive: true, force: true}))

interface World {
  readonly ana: Leases
  readonly bia: Leases
  /** A lease whose holder has died. */
  readonly abandoned: () => Promise<void>
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
  }
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
    await ana.take(PROJECT, REQUEST)
    await bia.take('another', REQUEST)
    await bia.take(`${PROJECT}.2`, REQUEST)
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

  it('let a member of the run join, and nobody else', async () => {
    const {ana, bia} = make()
    const lease = await ana.take(PROJECT, REQUEST)
    expect(await bia.join(PROJECT, lease.token)).toMatchObject({id: lease.holder.id, runId: REQUEST.runId})
    await expect(bia.join(PROJECT, `${lease.token}x`)).rejects.toMatchObject({code: 'refused'})
    await expect(bia.join('another', lease.token)).rejects.toMatchObject({code: 'refused'})
    await lease.release()
    await expect(bia.join(PROJECT, lease.token)).rejects.toMatchObject({code: 'refused'})
  })

  it('release nothing that belongs to somebody else by now', async () => {
    const {ana, bia} = make()
    const first = await ana.take(PROJECT, REQUEST)
    await first.release()
    const second = await bia.take(PROJECT, REQUEST)
    await first.release()
    await second.recheck()
  })
})

describe('lease files', () => {
  const later = (seconds: number) => ({...systemClock, now: () => new Date(Date.now() + seconds * 1000)})
  const otherHost: ProcessIdentity = {...ownIdentity(), host: 'other', bootId: 'another-boot'}

  it('hold no token', async () => {
    const {token} = await files('ana').take(PROJECT, REQUEST)
    const [name = ''] = await readdir(join(directory, 'locks'))
    expect(await readFile(join(directory, 'locks', name), 'utf8')).not.toContain(token)
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

  it('are stale when unreadable, and can be taken over', async () => {
    await (await files('ana').take(PROJECT, REQUEST)).release()
    await writeFile(join(directory, 'locks', `${PROJECT}.1.json`), 'junk')
    expect(await files('ana').inspect(PROJECT)).toMatchObject({kind: 'stale', why: 'its record is unreadable'})
    await files('ana').take(PROJECT, {...REQUEST, takeover: 'disk was full'})
  })

  it('tell a holder that slept that it was taken over, and by whom', async () => {
    const slept = await files('ana', otherHost).take(PROJECT, REQUEST)
    await files('bia', ownIdentity(), later(70)).take(PROJECT, {...REQUEST, takeover: 'no answer from ana'})
    await expect(slept.recheck()).rejects.toThrow(/no longer ours: it now belongs to bia/)
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

describe('leases between processes', () => {
  const firstOutput = (child: ChildProcess): Promise<string> =>
    new Promise((resolve) => {
      child.stdout?.once('data', (data: Buffer) => {
        resolve(data.toString())
      })
    })

  it('recognise a holder that was killed', async () => {
    const child = spawn(process.execPath, [HOLDER, 'hold', directory, PROJECT])
    const token = (await firstOutput(child)).trim()
    const leases = files('ana')
    expect(await leases.inspect(PROJECT)).toMatchObject({kind: 'held', holder: {pid: child.pid}})
    expect(await leases.join(PROJECT, token)).toMatchObject({pid: child.pid})
    const dead = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await dead
    expect(await leases.inspect(PROJECT)).toMatchObject({kind: 'stale', holder: {pid: child.pid}})
    await expect(leases.join(PROJECT, token)).rejects.toMatchObject({code: 'refused'})
  }, 20_000)

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
  }, 40_000)
})
