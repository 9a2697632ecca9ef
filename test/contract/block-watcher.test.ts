import {type ChildProcess, spawn} from 'node:child_process'
import {mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {createInterface} from 'node:readline'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {createExecaShell} from '../../src/adapters/shell/execa-shell.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Shell} from '../../src/ports/shell.js'
import {eventually} from '../support/eventually.js'
import {bundledProcess} from '../support/processes/bundled-process.js'
import {type ProcessEntry, processTable} from '../support/processes/process-table.js'

const RUNNER = await bundledProcess('block-runner')
const GRACE_SECONDS = 0.5
/** A second to find out and clean up, and what a busy machine adds: far from the minute that the blocks take by themselves. */
const LATEST_SECONDS = GRACE_SECONDS + 1 + 25

const IGNORES_TERM = "trap '' TERM INT HUP"

let directory = ''
let running: ChildProcess[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-watcher-'))
  running = []
})

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(directory, {recursive: true, force: true})
})

function members(group: number): readonly ProcessEntry[] {
  return processTable().filter((entry) => entry.group === group)
}

function privateFolders(): readonly string[] {
  return readdirSync(directory).filter((name) => name.startsWith('faci-block-'))
}

/** What a run that never happened looks like. */
function expectNoTrace(group: number): void {
  expect(members(group)).toEqual([])
  expect(privateFolders()).toEqual([])
}

/** What whoever started the tests left open is inherited by all: a block that writes into every descriptor would write there too. */
const CLOSE_THE_REST = `for at in /proc/$$/fd/*; do [ "\${at##*/}" -le 2 ] || eval "exec \${at##*/}>&-"; done; exec "$0" "$@"`

interface Started {
  readonly runner: ChildProcess
  readonly group: number
  readonly lines: readonly string[]
}

/** A faci-like process in the middle of a block, which says `ready` when it has got there. */
async function inTheMiddleOf(script: string, graceSeconds = GRACE_SECONDS): Promise<Started> {
  const argv = [process.execPath, RUNNER, `echo "$$"\n${script}`, String(graceSeconds)]
  const runner = spawn('bash', ['-c', CLOSE_THE_REST, ...argv], {
    env: {...process.env, TMPDIR: directory},
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(runner)
  const lines: string[] = []
  createInterface({input: runner.stdout}).on('line', (line) => lines.push(line))
  await eventually(() => {
    expect(lines).toContain('ready')
  })
  // Not simply the first line: what goes to the other stream may overtake it.
  const group = Number(lines.find((line) => /^\d+$/.test(line)))
  expect(group).toBeGreaterThan(1)
  return {runner, group, lines}
}

async function whenEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
}

const BLOCKS: readonly (readonly [string, string])[] = [
  ['sleeps', 'echo ready; sleep 60'],
  ['ignores TERM', `${IGNORES_TERM}; echo ready; while :; do sleep 0.2; done`],
  [
    'ignores TERM and keeps writing in its folder',
    `${IGNORES_TERM}; echo ready; while :; do echo a=1 >> "$FACI_OUTPUT" || :; done`,
  ],
  [
    'has grandchildren in the background and a pipeline',
    'sleep 60 & (sleep 60 & sleep 60) & echo ready; sleep 60 | cat | cat',
  ],
  [
    'has grandchildren that ignore TERM',
    `(${IGNORES_TERM}; (sleep 60; sleep 60) & sleep 60; sleep 60) & echo ready; wait`,
  ],
  ['pours out text', 'echo ready; yes | head -c 1000000000 || :; sleep 60'],
  ['pours out text whatever becomes of it', "trap '' PIPE; echo ready; while :; do echo text || :; done"],
  [
    'closes every descriptor',
    'echo ready; for at in /proc/$$/fd/*; do eval "exec ${at##*/}>&-" || :; done; while :; do sleep 1; done',
  ],
  [
    'writes into every descriptor',
    'echo ready; for at in /proc/$$/fd/*; do echo done >&"${at##*/}" || :; done 2>/dev/null; sleep 60',
  ],
  ['tells its group to end', `${IGNORES_TERM}; kill 0; kill -INT 0; kill -HUP 0; echo ready; sleep 60`],
  ['became another program', 'echo ready; exec sleep 60'],
]

describe('a block whose faci is killed', () => {
  it.each(BLOCKS)('ends, when it %s', async (_, script) => {
    const {runner, group} = await inTheMiddleOf(script)
    await wait(100)
    expect(members(group).length).toBeGreaterThan(1)
    expect(privateFolders()).toHaveLength(1)
    runner.kill('SIGKILL')
    await eventually(() => {
      expectNoTrace(group)
    }, LATEST_SECONDS)
  })

  // Whatever it writes to after that has no reader: SIGPIPE.
  it('has its grace', async () => {
    const mark = join(directory, 'mark')
    const {runner} = await inTheMiddleOf(
      `trap 'sleep 0.3; echo tidied >"${mark}"; exit' TERM\necho ready\nexec >/dev/null 2>&1\nwhile :; do sleep 0.05 || :; done`,
      5,
    )
    runner.kill('SIGKILL')
    await eventually(() => {
      expect(readFileSync(mark, 'utf8')).toBe('tidied\n')
    }, 30)
  })

  it('ends too when faci was stopped for a while first, which alone does nothing', async () => {
    const {runner, group, lines} = await inTheMiddleOf('echo ready; sleep 1.5; echo still here; sleep 60')
    runner.kill('SIGSTOP')
    await wait(1000 * (GRACE_SECONDS + 1))
    expect(members(group).length).toBeGreaterThan(1)
    runner.kill('SIGCONT')
    await eventually(() => {
      expect(lines).toContain('still here')
    })
    runner.kill('SIGKILL')
    await eventually(() => {
      expectNoTrace(group)
    }, LATEST_SECONDS)
  })
})

describe('a block that ends by itself', () => {
  it.each([
    ['well', 'true', 'exited 0'],
    ['badly', 'exit 143', 'exited 143'],
    ['by a signal', 'kill -TERM $$', 'exited null'],
    ['by the signal that nothing survives, for its whole group', 'kill -KILL 0', 'exited null'],
    ['with something left behind', 'sleep 60 & disown', 'exited 0'],
  ])('%s leaves neither watcher nor folder', async (_, script, ending) => {
    const {runner, group, lines} = await inTheMiddleOf(`echo ready\n${script}`)
    await whenEnded(runner)
    // The watcher is killed with its group, which takes a moment, and what the runner said last may still be on its way here.
    await eventually(() => {
      expectNoTrace(group)
      expect(lines.at(-1)).toBe(ending)
    }, LATEST_SECONDS)
  })
})

describe('what a block sees of its watcher', () => {
  function shellWith(environment: Readonly<Record<string, string>>): Shell {
    return createExecaShell({
      masker: masker([]),
      faci: ['echo'],
      environment: {PATH: process.env['PATH'], ...environment},
    })
  }

  async function printed(script: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
    const outcome = await shellWith(environment).run(
      {script, environment: {}, mayJoin: false, directory, timeoutSeconds: 20, graceSeconds: 0.3},
      () => undefined,
    )
    return outcome.stdout
  }

  it('no child, no descriptor, no signal that is ignored', async () => {
    expect(await printed('wait; jobs; pgrep -P $$ -x sh || echo none')).toBe('none\n')
    expect(await printed('[ -e /proc/$$/fd/3 ] && echo open || echo closed')).toBe('closed\n')
    expect(await printed('trap')).toBe('')
    expect(await printed('grep SigIgn /proc/self/status')).toBe(`SigIgn:\t${'0'.repeat(16)}\n`)
  })

  it('it leads its group and its session, with no terminal', async () => {
    const [pid, group, session, terminal] = (await printed('ps -o pid=,pgid=,sid=,tty= -p $$')).trim().split(/\s+/)
    expect([group, session, terminal]).toEqual([pid, pid, '?'])
  })

  it.each([
    ['plain', {}],
    ['with names that sh does not pass on', {'a.b': '1', 'BASH_FUNC_greet%%': '() {  echo hello\n}'}],
    [
      'with functions in place of what the watcher needs',
      {'BASH_FUNC_rm%%': '() {  echo no\n}', 'BASH_FUNC_kill%%': '() {  echo no\n}'},
    ],
  ])('an environment as it was given, %s', async (_, environment) => {
    const names = (await printed("tr '\\0' '\\n' </proc/$$/environ"))
      .split('\n')
      .filter((line) => /^[\w.%]+=/.test(line))
    const given = Object.entries(environment).map(([name, value]) => `${name}=${value.split('\n')[0] ?? ''}`)
    const all = (await printed("tr '\\0' '\\n' </proc/$$/environ", environment)).split('\n')
    expect(all).toEqual(expect.arrayContaining(given))
    expect(names.map((line) => line.split('=')[0]).sort()).toEqual(expect.arrayContaining(['FACI_OUTPUT', 'PATH']))
  })

  it('is not started where there is no bash', async () => {
    writeFileSync(join(directory, 'sh'), '#!/bin/sh\n', {mode: 0o700})
    const none = createExecaShell({masker: masker([]), faci: ['echo'], environment: {PATH: directory}})
    const command = {script: 'true', environment: {}, mayJoin: false, directory, timeoutSeconds: 5, graceSeconds: 1}
    await expect(none.run(command, () => undefined)).rejects.toMatchObject({code: 'toolMissing'})
  })
})
