import {type ChildProcess, spawn} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {processEntry} from '../../src/adapters/processes/process-table.js'
import {noteStarted} from '../../src/adapters/store/lease-remains.js'
import {machineLocks} from '../../src/adapters/store/machine-locks.js'
import {ownIdentity} from '../../src/adapters/store/process-identity.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import type {Leases} from '../../src/ports/lease.js'
import {bundledProcess} from '../support/processes/bundled-process.js'
import {onlyAsRoot} from '../support/only-as-root.js'

const HOLDER = await bundledProcess('lease-holder')
const PROJECT = 'shop'
const REQUEST = {reason: 'restart api', runId: null}
const TAKEOVER = {...REQUEST, takeover: 'it is gone'}
const GONE = {...ownIdentity(), pid: 4_194_303, startTicks: 1}
const NOBODY = 65_534
const isRoot = onlyAsRoot('locks of two accounts were')

let root: string
let run: string
let temporary: string
let holders: ChildProcess[] = []

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faci-locks-'))
  chmodSync(root, 0o755)
  run = join(root, 'run')
  temporary = join(root, 'tmp')
})
afterEach(() => {
  for (const holder of holders) holder.kill('SIGKILL')
  holders = []
  rmSync(root, {recursive: true, force: true})
})

interface Checkout {
  readonly engine?: string | null
  readonly directories?: readonly string[]
  readonly identity?: typeof GONE
}

/** The leases of a checkout of its own. */
function checkout(
  name: string,
  {engine = 'engine-1', directories = [run, temporary], identity}: Checkout = {},
): Leases {
  const machine = machineLocks({directories, engineId: () => Promise.resolve(engine)})
  const options = {directory: join(root, name), clock: systemClock, operator: name, machine}
  return fileLeases(identity === undefined ? options : {...options, identity})
}

const locked = (who: RegExp): object => ({code: 'locked', message: expect.stringMatching(who) as string})

describe('the lock of a project on a machine', () => {
  it('is one for two checkouts: the second is told who holds it, and gets it when it is given back', async () => {
    const [ana, bia] = [checkout('ana'), checkout('bia')]
    expect(await bia.inspect(PROJECT)).toEqual({kind: 'free'})
    expect(readdirSync(root)).toEqual([])
    const lease = await ana.take(PROJECT, REQUEST)
    await expect(bia.take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/ana on .*restart api/))
    expect(await bia.inspect(PROJECT)).toMatchObject({kind: 'held', holder: {operator: 'ana', uid: null}})
    await lease.recheck()
    await lease.release()
    const next = await bia.take(PROJECT, REQUEST)
    await expect(ana.take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/bia on /))
    expect(await checkout('ana').inspect(PROJECT)).toMatchObject({kind: 'held', holder: {operator: 'bia'}})
    await next.release()
  })

  it('lies in a folder like /tmp, in a file that all may read and none may guess from another engine', async () => {
    await checkout('ana').take(PROJECT, REQUEST)
    expect(statSync(run).mode & 0o7777).toBe(0o1777)
    const [name = '', ...others] = readdirSync(run)
    expect([name, others]).toEqual([expect.stringMatching(/^shop~[0-9a-f]{32}\.1\.json$/), []])
    expect(statSync(join(run, name)).mode & 0o777).toBe(0o644)
    await (await checkout('bia', {engine: 'engine-2'}).take(PROJECT, REQUEST)).release()
    await (await checkout('bia').take('another', REQUEST)).release()
  })

  it('is given back by one who finds it taken in the store, and the store by one who finds it taken here', async () => {
    const lease = await checkout('ana').take(PROJECT, REQUEST)
    await expect(checkout('bia').take(PROJECT, REQUEST)).rejects.toMatchObject({code: 'locked'})
    const alone = fileLeases({directory: join(root, 'bia'), clock: systemClock, operator: 'bia'})
    expect(await alone.inspect(PROJECT)).toEqual({kind: 'free'})
    await lease.release()
  })

  it('recognises a holder of another checkout that is gone, and passes on only when asked to', async () => {
    await checkout('ana', {identity: GONE}).take(PROJECT, REQUEST)
    const bia = checkout('bia')
    expect(await bia.inspect(PROJECT)).toMatchObject({kind: 'stale', holder: {operator: 'ana'}})
    await expect(bia.take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/ana on .*no longer runs/))
    const lease = await bia.take(PROJECT, TAKEOVER)
    expect(lease.takenFrom).toMatchObject({operator: 'ana'})
    await lease.release()
  })

  it('is joined with what a faci inside a block starts', async () => {
    const ana = checkout('ana')
    const lease = await ana.take(PROJECT, REQUEST)
    const end = await ana.keepFor(process.pid, 'token-1')
    const notes = (): readonly (readonly string[])[] =>
      [run, join(root, 'ana', 'locks')].map((place) =>
        readdirSync(place)
          .filter((name) => name.endsWith('.started'))
          .map((name) => readFileSync(join(place, name), 'utf8')),
      )
    expect(notes()).toEqual([
      [expect.stringContaining('"tokenHash":null')],
      [expect.stringMatching(/"tokenHash":"[0-9a-f]{64}"/)],
    ])
    const member = checkout('ana')
    await member.join(PROJECT, 'token-1')
    await end()
    await member.keepFor(process.pid)
    expect(notes()).toEqual([[expect.anything()], [expect.anything()]])
    await lease.release()
  })

  it.runIf(isRoot)('is not joined where somebody else has written its id', async () => {
    const ana = checkout('ana')
    const lease = await ana.take(PROJECT, REQUEST)
    await ana.keepFor(process.pid, 'token-1')
    const [name = ''] = readdirSync(run).filter((entry) => entry.endsWith('.1.json'))
    const planted = join(run, name.replace('.1.json', '.900.json'))
    writeFileSync(planted, readFileSync(join(run, name)))
    chownSync(planted, NOBODY, NOBODY)
    const member = checkout('ana')
    await member.join(PROJECT, 'token-1')
    await member.keepFor(process.pid)
    expect(readdirSync(run).filter((entry) => entry.includes('.900.'))).toEqual([name.replace('.1.json', '.900.json')])
    await lease.release()
  })
})

describe('an engine that cannot be asked', () => {
  it('respects a lease on the project on any engine, and its own is respected by all', async () => {
    const known = await checkout('ana').take(PROJECT, REQUEST)
    const blind = checkout('bia', {engine: null})
    expect(await blind.inspect(PROJECT)).toMatchObject({kind: 'held', holder: {operator: 'ana'}})
    await expect(blind.take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/ana/))
    await known.release()
    const unknown = await blind.take(PROJECT, REQUEST)
    for (const engine of ['engine-1', 'engine-2', null])
      await expect(checkout('caio', {engine}).take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/bia/))
    await unknown.release()
  })
})

describe('the folder', () => {
  it('is the temporary one where the first cannot be made, for everybody after that', async () => {
    const impossible = join(root, 'absent', 'run')
    const lease = await checkout('ana', {directories: [impossible, temporary]}).take(PROJECT, REQUEST)
    await expect(checkout('bia').take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/ana/))
    expect(readdirSync(root)).not.toContain('run')
    // Made by somebody else meanwhile: then both count.
    mkdirSync(run)
    chmodSync(run, 0o1777)
    await expect(checkout('bia').take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/ana/))
    await lease.release()
    await checkout('bia').take(PROJECT, REQUEST)
    expect([run, temporary].map((place) => readdirSync(place).filter((name) => !name.includes('.draft')))).toEqual([
      [expect.stringMatching(/\.2\.json$/)],
      [expect.stringMatching(/\.2\.json$/)],
    ])
  })

  it.each([
    [
      'a link',
      () => {
        mkdirSync(join(root, 'elsewhere'))
        chmodSync(join(root, 'elsewhere'), 0o1777)
        symlinkSync(join(root, 'elsewhere'), run)
      },
    ],
    [
      'not open to all',
      () => {
        mkdirSync(run, {mode: 0o755})
      },
    ],
    [
      'open but not sticky',
      () => {
        mkdirSync(run)
        chmodSync(run, 0o777)
      },
    ],
    [
      'a file',
      () => {
        writeFileSync(run, '')
      },
    ],
  ])('is not used when it is %s, by anybody', async (_, make) => {
    make()
    const lease = await checkout('ana').take(PROJECT, REQUEST)
    expect(readdirSync(temporary)).toHaveLength(1)
    await expect(checkout('bia').take(PROJECT, REQUEST)).rejects.toMatchObject(locked(/ana/))
    await lease.release()
    const only = checkout('caio', {directories: [run]}).take(PROJECT, REQUEST)
    await expect(only).rejects.toMatchObject({code: 'unreachable', message: expect.stringContaining(run) as string})
  })
})

describe('what is planted', () => {
  const planted = async (): Promise<string> => {
    await (await checkout('ana').take(PROJECT, REQUEST)).release()
    return join(run, readdirSync(run)[0] ?? '')
  }

  it.each([
    [
      'junk',
      (path: string) => {
        writeFileSync(path, 'junk')
      },
    ],
    [
      'a link to what is precious',
      (path: string) => {
        rmSync(path)
        symlinkSync(join(root, 'precious'), path)
      },
    ],
    [
      'a dangling link',
      (path: string) => {
        rmSync(path)
        symlinkSync(join(root, 'nowhere'), path)
      },
    ],
    [
      'a folder',
      (path: string) => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
  ])('delays, when it is %s, until it is taken over; nothing is followed', async (_, plant) => {
    writeFileSync(join(root, 'precious'), 'as it was')
    plant(await planted())
    const bia = checkout('bia')
    await expect(bia.take(PROJECT, REQUEST)).rejects.toMatchObject({code: 'locked'})
    const lease = await bia.take(PROJECT, TAKEOVER)
    await lease.recheck()
    await lease.release()
    expect(readFileSync(join(root, 'precious'), 'utf8')).toBe('as it was')
    expect(readdirSync(root)).not.toContain('nowhere')
  })
})

describe('what is planted by another account', () => {
  /** A file of theirs beside the lock, which has been given back; or at `term`. */
  const plant = async (term: number, text: string): Promise<void> => {
    const names = existsSync(run) ? readdirSync(run) : []
    if (names.length === 0) await (await checkout('ana').take(PROJECT, REQUEST)).release()
    const [name = ''] = readdirSync(run)[0]?.split('.') ?? []
    const path = join(run, `${name}.${String(term)}.json`)
    writeFileSync(path, text, {mode: 0o644})
    chownSync(path, NOBODY, NOBODY)
  }
  const forged = (fields: object): string =>
    JSON.stringify({
      ...{...ownIdentity(), id: 'x', operator: 'root', reason: 'planted', runId: null, takenAt: 'now'},
      ...{tokenHash: 'x', releasedAt: null, takeover: null},
      ...fields,
    })
  const ticksOf = (pid: number): number => processEntry(pid)?.startTicks ?? 0

  it.runIf(isRoot)('names a process that is not theirs: stale, shown whose it is, and taken over', async () => {
    await plant(500, forged({pid: 1, startTicks: ticksOf(1)}))
    const bia = checkout('bia')
    const why = 'process 1 does not belong to uid 65534, who wrote that it holds it'
    expect(await bia.inspect(PROJECT)).toMatchObject({kind: 'stale', why, holder: {uid: NOBODY, reason: 'planted'}})
    const refused = bia.take(PROJECT, REQUEST)
    await expect(refused).rejects.toMatchObject(
      locked(/root on .*\(uid 65534, pid 1, since now\): planted; but process 1/),
    )
    await (await bia.take(PROJECT, TAKEOVER)).release()
    expect(await bia.inspect(PROJECT)).toEqual({kind: 'free'})
  })

  it.runIf(isRoot)('names what is left of a dead holder, which is not theirs either', async () => {
    await plant(500, forged({pid: GONE.pid, startTicks: 1}))
    const note = join(
      run,
      readdirSync(run)
        .find((name) => name.includes('.500.'))
        ?.replace('json', '1.started') ?? '',
    )
    writeFileSync(note, JSON.stringify({...ownIdentity(), pid: 1, startTicks: ticksOf(1)}))
    chownSync(note, NOBODY, NOBODY)
    expect(await checkout('bia').inspect(PROJECT)).toMatchObject({kind: 'stale'})
  })

  it.runIf(isRoot)('cannot end the lease of who holds it, nor hide it from others', async () => {
    await plant(2, '')
    const lease = await checkout('ana').take(PROJECT, TAKEOVER)
    await plant(500, forged({releasedAt: 'now'}))
    await lease.recheck()
    const refused = checkout('bia').take(PROJECT, TAKEOVER)
    await expect(refused).rejects.toMatchObject(locked(/is being changed by ana on/))
    await lease.release()
    await (await checkout('bia').take(PROJECT, REQUEST)).release()
  })

  it.runIf(isRoot)('cannot end a lease by writing that it took it over, dead, given back or alive', async () => {
    await plant(2, '')
    const lease = await checkout('ana').take(PROJECT, TAKEOVER)
    const own = readdirSync(run).filter((name) => name.endsWith('.json') && !name.includes('.2.'))
    const {id} = JSON.parse(readFileSync(join(run, own[0] ?? ''), 'utf8')) as {id: string}
    const takeover = {from: id, reason: 'planted'}
    const theirs = {operator: 'mallory', takeover}
    for (const fields of [{releasedAt: 'now'}, {pid: GONE.pid, startTicks: 1}, {pid: 1, startTicks: ticksOf(1)}]) {
      await plant(500, forged({...theirs, ...fields}))
      await expect(lease.recheck()).resolves.toBeUndefined()
      await expect(checkout('bia').take(PROJECT, TAKEOVER)).rejects.toMatchObject(locked(/is being changed by ana on/))
    }
    await lease.release()
    expect(await checkout('bia').inspect(PROJECT)).not.toMatchObject({holder: {operator: 'ana'}})
  })

  it.runIf(isRoot)('stops nobody with terms that leave no next, however many lie there', async () => {
    await plant(999_999_999_999, 'junk')
    const [name = ''] = readdirSync(run)[0]?.split('.') ?? []
    for (let term = 1000; term < 1100; term += 1) writeFileSync(join(run, `${name}.${String(term)}.json`), '')
    const lease = await checkout('bia').take(PROJECT, TAKEOVER)
    await expect(lease.recheck()).resolves.toBeUndefined()
    expect(await checkout('ana').inspect(PROJECT)).toMatchObject({kind: 'held', holder: {operator: 'bia'}})
    await lease.release()
    expect(await checkout('ana').inspect(PROJECT)).toEqual({kind: 'free'})
  })
})

/** As another account; the first line that it prints, and the process. */
async function asNobody(...argv: readonly string[]): Promise<string> {
  const home = join(root, 'nobody')
  mkdirSync(home, {recursive: true})
  chmodSync(home, 0o777)
  const copy = join(root, 'holder.mjs')
  writeFileSync(copy, readFileSync(HOLDER), {mode: 0o755})
  const child = spawn(process.execPath, [copy, 'hold', home, ...argv], {
    uid: NOBODY,
    gid: NOBODY,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  holders.push(child)
  return new Promise((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString())))
}

describe.runIf(isRoot)('a folder of another account', () => {
  const theirs = (): void => {
    mkdirSync(run)
    chmodSync(run, 0o1777)
    chownSync(run, NOBODY, NOBODY)
  }

  it('becomes that of root, who cannot have its lease taken away there', async () => {
    theirs()
    const lease = await checkout('ana').take(PROJECT, REQUEST)
    expect(statSync(run)).toMatchObject({uid: 0, gid: NOBODY})
    expect(statSync(run).mode & 0o7777).toBe(0o1777)
    await lease.release()
  })

  it('has another beside it that is ours, and is not relied on', async () => {
    mkdirSync(run)
    chmodSync(run, 0o1777)
    chmodSync(root, 0o777)
    expect(await asNobody(PROJECT, `${run}:${temporary}`)).toMatch(/^[\w-]{36}\n$/)
    expect(existsSync(temporary)).toBe(false)
    chownSync(run, NOBODY - 1, NOBODY)
    expect(await asNobody('another', `${run}:${temporary}`)).toMatch(/^[\w-]{36}\n$/)
    expect([statSync(run).uid, statSync(temporary).uid]).toEqual([NOBODY - 1, NOBODY])
    rmSync(run, {recursive: true})
    await expect(checkout('bia').take('another', TAKEOVER)).rejects.toMatchObject(locked(/\(uid 65534, pid/))
  })

  it('is named, with whose it is, when the lease was removed there while it was held', async () => {
    const lease = await checkout('ana', {directories: [run]}).take(PROJECT, REQUEST)
    chownSync(run, NOBODY, NOBODY)
    rmSync(join(run, readdirSync(run)[0] ?? ''))
    await expect(lease.recheck()).rejects.toMatchObject({
      ...locked(new RegExp(`its lock file is gone, and ${run} belongs to uid 65534, who can remove it$`)),
      suggestions: [`sudo chown root ${run}`, 'faci status'],
    })
    await lease.release()
  })
})

it('is called by its name where it cannot be used', async () => {
  const leases = checkout('ana', {directories: [run]})
  await (await leases.take(PROJECT, REQUEST)).release()
  rmSync(run, {recursive: true})
  const refused = leases.take(PROJECT, REQUEST)
  await expect(refused).rejects.toMatchObject({code: 'unreachable', message: expect.stringContaining(run) as string})
  await expect(refused).rejects.toThrow(/^((?!\/proc\/).)*$/)
})

it.runIf(isRoot)('a note of what was started is written whatever was planted where it might have been', async () => {
  mkdirSync(run)
  chmodSync(run, 0o1777)
  for (const digits of [process.pid, 4242]) writeFileSync(join(run, `shop~h.7.${String(digits)}.started`), '')
  process.seteuid?.(NOBODY)
  try {
    const place = {directory: run, name: 'shop~h', isPublic: true}
    const remove = await noteStarted({place, number: 7}, ownIdentity(), 4242, null)
    expect(readdirSync(run)).toHaveLength(3)
    await remove()
    expect(readdirSync(run)).toHaveLength(2)
  } finally {
    process.seteuid?.(0)
  }
})

describe.runIf(isRoot)('two accounts', () => {
  it('share the lock: each is refused while the other holds it, and shown whose it is', async () => {
    const lease = await checkout('ana').take(PROJECT, REQUEST)
    expect(await asNobody(PROJECT, run)).toMatch(/shop is being changed by ana on .*\(uid 0, pid \d+/)
    await lease.release()
    expect(await asNobody(PROJECT, run)).toMatch(/^[\w-]{36}\n$/)
    const bia = checkout('bia')
    await expect(bia.take(PROJECT, TAKEOVER)).rejects.toMatchObject(locked(/racer-\d+ on .*\(uid 65534, pid \d+/))
    const [holder] = holders.slice(-1)
    const closed = new Promise((resolve) => holder?.once('close', resolve))
    holder?.kill('SIGKILL')
    await closed
    await (await bia.take(PROJECT, TAKEOVER)).release()
    // The stranger's file stays or goes, but counts no more.
    await (await bia.take(PROJECT, REQUEST)).release()
  })
})
