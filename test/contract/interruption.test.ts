// A run that is cut short, by the built faci and real processes: the journal parses, no block survives, the run goes on.
import {spawn} from 'node:child_process'
import {existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {lockDirectory, runInShell} from '../support/built-faci.js'
import {engineWorld, type EngineWorld} from '../support/engine-world.js'
import {eventually} from '../support/eventually.js'

const RUNBOOK = `---
resolved: {within: 1s, hold: 0s, every: 200ms, all: [{health: api}]}
---
# X
## Look
\`\`\`sh {diagnose id=look capture=seen}
log look; echo what-was-seen
\`\`\`
## Slow
\`\`\`sh {mitigate id=slow}
log slow
if [ ! -e quick ]; then touch quick; sleep 300 & echo $$ > group; sleep 301; fi
\`\`\`
\`\`\`sh {rollback id=undo of=slow}
log undo
\`\`\`
## Cure
\`\`\`sh {mitigate id=cure}
log "cure $seen"; heal
\`\`\`
`
const RUN = ['runbook', 'x', '--yes', '--rollback']
const RESUME = ['runbook', 'resume', '--yes', '--rollback', 'never']

let world: EngineWorld

beforeEach(async () => {
  world = await engineWorld()
  world.write(RUNBOOK)
})
afterEach(async () => {
  await world.close()
})

/** Members of a process group that are neither gone nor waiting to be buried. */
function living(group: number): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const [state = '', , pgrp = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ')
        return Number(pgrp) === group && !['Z', 'X'].includes(state)
      } catch {
        return false
      }
    })
}

interface CutShort {
  readonly code: number | null
  readonly group: number
}

/** Sends a signal while `slow` runs. */
async function cutShort(signal: NodeJS.Signals, policy: 'always' | 'never'): Promise<CutShort> {
  const child = spawn(process.execPath, [join(repositoryRoot, 'bin', 'run.js'), ...RUN, policy], {
    cwd: world.directory,
    env: {
      ...process.env,
      PATH: `${join(world.directory, 'bin')}:${process.env['PATH'] ?? ''}`,
      FACI_OPERATOR: 'ana',
      FACI_LOCK_DIRECTORY: lockDirectory(world.directory),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await eventually(() => {
    expect(readFileSync(join(world.directory, 'group'), 'utf8')).toMatch(/\d+\n/)
  }, 60)
  const group = Number(readFileSync(join(world.directory, 'group'), 'utf8'))
  expect(living(group).length).toBeGreaterThan(1)
  child.kill(signal)
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return {code, group}
}

async function nothingLeftOf(group: number): Promise<void> {
  await eventually(() => {
    expect(living(group)).toEqual([])
  }, 60)
}

describe('kill -9 in the middle of a block', () => {
  it('ends the block, leaves a journal that parses, and the run goes on where it was: with no word about the lock', async () => {
    const {group} = await cutShort('SIGKILL', 'never')
    await nothingLeftOf(group)
    expect(world.journal().at(-1)).toMatchObject({kind: 'block.started', id: 'slow'})
    const other = await world.run(['runbook', 'x', '--yes', '--rollback', 'never'])
    expect([other.exitCode, other.stderr]).toEqual([5, expect.stringContaining('--takeover')])
    await world.run(['runbook', 'runs']).then(({stdout}) => {
      expect(stdout).toContain('no end recorded')
    })
    const {exitCode, stdout, stderr} = await world.run(['runbook', 'resume', '--yes', '--rollback', 'never'])
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/resolved by cure/)
    expect(world.log()).toEqual(['look', 'slow', 'slow', 'cure what-was-seen'])
  })
})

describe('a journal with a hole', () => {
  it('is no torn end: even --yes does not do again what may have been done', async () => {
    await cutShort('SIGKILL', 'never')
    const lines = readFileSync(world.journalFile(), 'utf8').split('\n')
    writeFileSync(world.journalFile(), lines.filter((line) => !line.includes('"gate.answered"')).join('\n'))
    const {exitCode, stdout, stderr} = await world.run([...RESUME, '--json'])
    expect(exitCode, stderr).toBe(5)
    expect(JSON.parse(stdout)).toMatchObject({
      warnings: [expect.stringMatching(/^1 event of its journal is gone: .* each change is asked about/)],
    })
    expect(world.log()).toEqual(['look', 'slow'])
  })
})

describe.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('%s without a terminal', (signal) => {
  it('ends the block and the run, journaled, with the lock given back; resume goes on', async () => {
    const {code, group} = await cutShort(signal, 'never')
    expect(code).toBe(130)
    await nothingLeftOf(group)
    expect(world.journal().slice(-1)).toMatchObject([{kind: 'run.finished', outcome: 'interrupted'}])
    expect(world.log()).toEqual(['look', 'slow'])
    const {exitCode, stderr} = await world.run(RESUME)
    expect(exitCode, stderr).toBe(0)
    expect(world.log().at(-1)).toBe('cure what-was-seen')
  })

  it('undoes what was started when that was said beforehand', async () => {
    const {code} = await cutShort(signal, 'always')
    expect([code, world.log()]).toEqual([130, ['look', 'slow', 'undo']])
  })
})

describe('a disk that is full', () => {
  /** The run of a runbook whose `look` does this first, with a store of so many bytes; null where none can be mounted. */
  async function onSmallDisk(size: string, look: (store: string) => string) {
    const store = join(world.directory, '.faci')
    mkdirSync(store)
    const mounted = await runInShell(`mount -t tmpfs -o size=${size},mode=0700 tmpfs '${store}'`, world.directory)
    if (mounted.exitCode !== 0) {
      process.stderr.write(`a full disk was not tried: mounting a small one needs root (${mounted.stderr.trim()})\n`)
      return null
    }
    try {
      world.write(RUNBOOK.replace('log look;', `${look(store)}; log look;`))
      const run = await world.spawn([...RUN, 'never'])
      const lock = JSON.parse(readFileSync(join(store, 'locks', 'shop.1.json'), 'utf8')) as {pid: number}
      expect(existsSync(`/proc/${String(lock.pid)}`)).toBe(false)
      return run
    } finally {
      await runInShell(`umount '${store}'`, world.directory)
    }
  }

  it('in the middle of a run: nothing more is changed, the run ends and says why, its lock is known to be stale', async () => {
    const run = await onSmallDisk(
      '256k',
      (store) => `head -c 1000000 /dev/zero > '${store}/full' || head -c 30000 /dev/zero | tr '\\0' x`,
    )
    if (run === null) return
    expect([run.exitCode, world.log()], run.stderr).toEqual([4, ['look']])
    expect(run.stderr).toMatch(/ENOSPC.*: nothing more is changed/)
    expect(run.stdout).toContain('nothing was changed')
  })

  it('before anything is done: what cannot be written down does not start', async () => {
    const run = await onSmallDisk('20k', () => 'true')
    if (run === null) return
    expect(world.log(), run.stderr).not.toContain('slow')
    expect([3, 4], run.stderr).toContain(run.exitCode)
    expect(run.stderr).toMatch(/ENOSPC/)
    expect(run.stdout).toContain('nothing was changed')
  })
})

describe('rollback on the built faci', () => {
  it('without a terminal must be decided before anything runs', async () => {
    const {exitCode, stderr} = await world.run(['runbook', 'x', '--yes'])
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining('--rollback always')])
    expect(existsSync(join(world.directory, '.faci'))).toBe(false)
    expect(world.log()).toEqual([])
  })

  it('streams what happens as ndjson, and ends with the result', async () => {
    world.write(RUNBOOK.replace('if [ ! -e quick ]', 'if false'))
    const {exitCode, stdout} = await world.run([...RUN, 'never', '--output', 'ndjson'])
    expect(exitCode).toBe(0)
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as {schema: string; event?: {kind: string}})
    expect(lines.at(-1)).toMatchObject({schema: 'faci.runbook-run/v1', verdict: 'ok'})
    expect(lines.slice(0, -1).every(({schema}) => schema === 'faci.run-event/v1')).toBe(true)
    expect(lines.map(({event}) => event?.kind)).toEqual(
      expect.arrayContaining(['run.started', 'lease.taken', 'run.finished']),
    )
    const both = await world.run([...RUN, 'never', '--output', 'ndjson', '--json'])
    expect(both.exitCode).toBe(2)
  })

  it('goes on to its end when its reader is gone, and is then no success', async () => {
    world.write(RUNBOOK.replace('if [ ! -e quick ]', 'sleep 1; if false'))
    const command = `PATH="$PWD/bin:$PATH"; $FACI ${RUN.join(' ')} never --output ndjson | head -3 > seen; echo "\${PIPESTATUS[0]}"`
    const {stdout} = await runInShell(command, world.directory)
    expect(stdout.trim()).toBe('4')
    expect(readFileSync(join(world.directory, 'seen'), 'utf8').trim().split('\n')).toHaveLength(3)
    expect(world.journal().at(-1)).toMatchObject({kind: 'run.finished', outcome: 'resolved'})
    expect((await world.run(['status', '--json'])).stdout).not.toContain('"held"')
  })
})
