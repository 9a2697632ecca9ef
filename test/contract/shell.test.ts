import {spawnSync} from 'node:child_process'
import {RUN} from '../../src/render/words/en/run.js'
import {existsSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {setTimeout} from 'node:timers/promises'
import {describe, expect, it} from 'vitest'
import {runCompose} from '../../src/adapters/compose/run-compose.js'
import {createExecaShell} from '../../src/adapters/shell/execa-shell.js'
import {type Masker, masker} from '../../src/domain/secrets/masker.js'
import type {Shell, ShellCommand} from '../../src/ports/shell.js'
import {fakeShell} from '../support/fakes/shell.js'

const SECRET = 'hunter2-hunter2'
const real = createExecaShell({
  masker: masker([SECRET]),
  faci: ['echo', 'this faci:'],
  environment: {PATH: process.env['PATH'], LANG: 'C.UTF-8'},
})

function command(script: string, over: Partial<ShellCommand> = {}): ShellCommand {
  return {script, environment: {}, mayJoin: false, directory: tmpdir(), timeoutSeconds: 10, graceSeconds: 0.3, ...over}
}

const nothing = (): void => undefined

/** A zombie that nobody has reaped yet is not alive. */
async function isAlive(pid: number): Promise<boolean> {
  await setTimeout(50)
  try {
    return !readFileSync(`/proc/${String(pid)}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}

const shells: readonly (readonly [string, Shell])[] = [
  ['fake', fakeShell(({script}) => (script.includes('exit 3') ? {exitCode: 3} : {stdout: 'out\n', stderr: 'err\n'}))],
  ['real', real],
]

describe.each(shells)('%s shell', (_, shell) => {
  it('tells the exit code, the output and its lines', async () => {
    const lines: string[] = []
    const outcome = await shell.run(command('echo out; echo err >&2'), (stream, text) =>
      lines.push(`${stream} ${text}`),
    )
    expect(outcome).toMatchObject({exitCode: 0, ending: 'exited', stdout: 'out\n', stderr: 'err\n', outputs: {}})
    expect([...lines].sort()).toEqual(['stderr err', 'stdout out'])
  })

  it('a failure is an outcome', async () => {
    expect(await shell.run(command('exit 3'), nothing)).toMatchObject({exitCode: 3, ending: 'exited'})
  })

  it('an aborted script is told as such', async () => {
    expect(await shell.run(command('sleep 20'), nothing, AbortSignal.abort())).toMatchObject({
      ending: 'aborted',
      exitCode: null,
    })
  })

  it('finds what bash does not understand, running nothing', async () => {
    expect(await shell.check('echo fine')).toBeNull()
    expect(await shell.check('echo (syntax error')).toMatchObject({line: 1})
  })
})

describe('what stands in the way of tidying up', () => {
  it('says nothing of what the script did', async () => {
    const plant = 'folder=$(dirname "$(dirname "$FACI_OUTPUT")"); mkdir "$folder/leaving"; : > "$folder/leaving/here"'
    expect(await real.run(command(`${plant}; echo changed`), nothing)).toMatchObject({exitCode: 0, stdout: 'changed\n'})
  })
})

describe('Compose that is interrupted while it is being started', () => {
  it('is ended', async () => {
    const controller = new AbortController()
    const run = {
      ...{command: ['sleep', '30'] as const, directory: '/', environment: {PATH: process.env['PATH']}},
      ...{timeoutSeconds: 60, graceSeconds: 1, changes: true},
      onStart: () => {
        controller.abort()
        return Promise.resolve(() => Promise.resolve())
      },
    }
    expect(await runCompose(run, nothing, controller.signal)).toMatchObject({ending: 'aborted'})
  })
})

describe('what stands in the way of a start', () => {
  const gone = join(tmpdir(), 'faci-no-such-folder')

  it('is told with what it is, and nothing of the script ran', async () => {
    await expect(real.run(command('true', {directory: gone}), nothing)).rejects.toThrow(
      `not started: the working directory ${gone} is gone`,
    )
    const environment = {BIG: 'x'.repeat(200_000)}
    await expect(real.run(command('true', {environment}), nothing)).rejects.toThrow(/^not started: .*\(E2BIG\)$/)
  })
})

describe.each(shells)('%s shell, of many scripts', (_, shell) => {
  it('checks each by itself, in their order', async () => {
    const checked = await shell.checkAll(['echo fine', 'echo (syntax error', '', 'echo "$x"'])
    expect(checked).toEqual([null, {line: 1, message: expect.any(String) as string}, null, null])
    expect(await shell.checkAll([])).toEqual([])
  })

  it('knows which commands are missing', async () => {
    expect(await shell.missing(['bash', 'no-such-tool', 'cd'])).toEqual(['no-such-tool'])
    expect(await shell.missing([])).toEqual([])
  })
})

describe('checking scripts in bash', () => {
  const canary = join(tmpdir(), `faci-canary-${String(process.pid)}`)

  it.each([
    ['at its line', 'echo one\necho two\nfi', 3],
    ['at its end, when something is never closed', 'if true\nthen echo one', 2],
    ['in a quote that is never closed', 'echo "one', 1],
    ['in bytes that are no text', '\u{FFFD}\0(', 1],
  ])('tells a problem %s', async (_, script, line) => {
    expect(await real.check(script)).toMatchObject({line})
  })

  it('never runs one, whatever it tries, and no script reaches the next', async () => {
    const touch = `touch ${canary}`
    const scripts = [
      touch,
      `}; ${touch}; {`,
      `set +n\n${touch}`,
      `x=$(${touch})`,
      `"\n${touch}\n`,
      `EOF\n${touch}`,
      `'`,
    ]
    const checked = await real.checkAll([...scripts, 'exit 3', 'return 4', `cat <<X\n${touch}`, 'echo last'])
    expect(checked.map((problem) => problem !== null)).toEqual(
      [false, true, false, false, true, false, true].concat([false, false, false, false]),
    )
    expect(existsSync(canary)).toBe(false)
  })

  it('agrees with bash -n about each', async () => {
    const scripts = [
      'case x in a) echo;; esac',
      'f() { echo; }',
      'a=(1 2',
      '[[ a',
      'echo `x`',
      'for x; do :; done',
      'done',
      '((1+))',
    ]
    const alone = scripts.map((script) => spawnSync('bash', ['-n'], {input: script}).status === 0)
    expect((await real.checkAll(scripts)).map((problem) => problem === null)).toEqual(alone)
  })
})

describe('blocks in bash', () => {
  it.each([
    ['-e: the first failure ends it', 'false\necho reached', 1],
    ['-u: an undeclared variable is a failure', 'echo "$no_such_input"', 1],
    ['pipefail: a failure inside a pipe counts', 'false | true', 1],
  ])('%s', async (_, script, exitCode) => {
    const outcome = await real.run(command(script), nothing)
    expect(outcome.exitCode).toBe(exitCode)
    expect(outcome.stdout).toBe('')
  })

  it('reads nothing, has its inputs as variables, and faci is this faci', async () => {
    const outcome = await real.run(
      command('cat\nprintf "%s\\n" "$service"\nfaci restart "$service"', {environment: {service: "a'; rm -rf /"}}),
      nothing,
    )
    expect(outcome.stdout).toBe("a'; rm -rf /\nthis faci: restart a'; rm -rf /\n")
  })

  it('its file is private, and gone afterwards', async () => {
    const {stdout} = await real.run(command('echo "$0"'), nothing)
    const {stdout: mode} = await real.run(command('stat -c %a "$0"'), nothing)
    expect(mode.trim()).toBe('600')
    expect(existsSync(stdout.trim())).toBe(false)
  })

  it('$FACI_OUTPUT counts only on success', async () => {
    const write = 'printf "count=3\\n\\nlast=1" >> "$FACI_OUTPUT"'
    expect(await real.run(command(write), nothing)).toMatchObject({
      outputs: {count: '3', last: '1'},
      outputProblem: null,
    })
    expect(await real.run(command(`${write}\nexit 1`), nothing)).toMatchObject({outputs: {}, outputProblem: null})
  })

  it('$FACI_OUTPUT takes values of several lines, which no line of theirs can end', async () => {
    const value = 'one\\nother=2\\nEOF\\n\\n'
    const write = `{ echo "seen<<$FACI_EOF"; printf '${value}'; echo "$FACI_EOF"; echo last=1; } >> "$FACI_OUTPUT"`
    const {outputs, outputProblem} = await real.run(command(write), nothing)
    expect({outputs, outputProblem}).toEqual({
      outputs: {seen: 'one\nother=2\nEOF\n', last: '1'},
      outputProblem: null,
    })
    const words = await Promise.all([1, 2].map(async () => (await real.run(command('echo $FACI_EOF'), nothing)).stdout))
    expect(new Set(words).size).toBe(2)
    expect(words[0]).toMatch(/^[0-9a-f]{32}\n$/)
  })

  it.each([
    [
      'a word that a value could hold',
      'printf "a<<EOF\\n1\\nEOF\\n" > "$FACI_OUTPUT"',
      /line 1 that does not end with \$FACI_EOF/,
    ],
    [
      'a value without an end',
      'printf "b=1\\na<<$FACI_EOF\\n1\\n" > "$FACI_OUTPUT"',
      /line 2 that no line \$FACI_EOF ends/,
    ],
    ['a name twice', 'printf "a=1\\na=2\\n" > "$FACI_OUTPUT"', /gives a a second time in line 2/],
    ['a line that is no pair', 'printf "count=3\\nnot a pair\\n" > "$FACI_OUTPUT"', /NAME=VALUE in line 2/],
    ['the second line of a value', 'printf "seen=one\\ntwo\\n" > "$FACI_OUTPUT"', /NAME=VALUE in line 2/],
    ['a name that no variable has', 'echo "seen-at=1" > "$FACI_OUTPUT"', /NAME=VALUE in line 1/],
    [
      'more than it takes',
      '{ printf a=; head -c 1048600 /dev/zero | tr "\\0" x; } > "$FACI_OUTPUT"',
      /is 1048602 bytes long/,
    ],
    ['a FIFO, which nobody writes to', 'rm "$FACI_OUTPUT"; mkfifo "$FACI_OUTPUT"', /no longer a regular file/],
    ['a link', 'ln -sf /etc/hostname "$FACI_OUTPUT"', /no longer the file that faci made \(ELOOP\)/],
    ['a folder', 'rm "$FACI_OUTPUT"; mkdir "$FACI_OUTPUT"', /no longer a regular file/],
  ])('$FACI_OUTPUT with %s is a problem, and nothing of it counts', async (__, script, said) => {
    const outcome = await real.run(command(script), nothing)
    expect(outcome).toMatchObject({exitCode: 0, ending: 'exited', outputs: {}})
    expect(outcome.outputProblem === null ? '' : RUN.reason(outcome.outputProblem)).toMatch(said)
  })

  it('ends the whole process group in time: TERM, then KILL', async () => {
    const script = 'trap "" TERM\n(trap "" TERM; sleep 30) &\necho $!\nsleep 30'
    const lines: string[] = []
    const outcome = await real.run(command(script, {timeoutSeconds: 0.3}), (__, text) => lines.push(text))
    expect(outcome).toMatchObject({ending: 'timedOut', exitCode: null})
    expect(outcome.durationSeconds).toBeLessThan(5)
    expect(await isAlive(Number(lines[0]))).toBe(false)
  })

  it('gives what the script had started the grace too, not only the script', async () => {
    const child = 'trap "sleep 0.3; echo tidied up; exit" TERM; echo ready; while :; do sleep 0.05; done'
    const outcome = await real.run(
      command(`bash -c '${child}'\necho never`, {timeoutSeconds: 0.5, graceSeconds: 5}),
      nothing,
    )
    expect(outcome).toMatchObject({ending: 'timedOut', stdout: 'ready\ntidied up\n'})
    expect(outcome.durationSeconds).toBeLessThan(4)
  })

  it('a child left behind does not outlive the block, nor hold it up', async () => {
    const outcome = await real.run(command('sleep 30 & echo $!'), nothing)
    expect(outcome.durationSeconds).toBeLessThan(5)
    expect(await isAlive(Number(outcome.stdout.trim()))).toBe(false)
  })

  it('an abort in the middle ends it', async () => {
    const controller = new AbortController()
    const running = real.run(
      command('echo started\nsleep 30'),
      () => {
        controller.abort()
      },
      controller.signal,
    )
    expect(await running).toMatchObject({ending: 'aborted', exitCode: null, stdout: 'started\n'})
  })

  it('hides secrets, also cut in two', async () => {
    const lines: string[] = []
    const script = `printf hunter2; sleep 0.1; echo -hunter2`
    const outcome = await real.run(command(script), (__, text) => lines.push(text))
    expect(outcome.stdout).toBe('***\n')
    expect(lines).toEqual(['***'])
  })

  it('keeps the beginning and the end of a flood, and says how much is left out between', async () => {
    const script = 'echo "+ psql --file dump.sql"\nseq 1 500000\necho "ERROR: disk full"'
    const {stdout} = await real.run(command(script), nothing)
    expect(stdout.length).toBeLessThan(1_100_000)
    expect(stdout).toMatch(/^\+ psql --file dump\.sql\n1\n2\n/)
    expect(stdout).toMatch(/\n499999\n500000\nERROR: disk full\n$/)
    const [head = '', left = '', tail = ''] = stdout.split(/\n… (\d+) characters of the output were left out here …\n/)
    expect(head.length + Number(left) + tail.length).toBe(
      '+ psql --file dump.sql\n'.length + 3_388_895 + 'ERROR: disk full\n'.length,
    )
  })

  it('hides secrets in ten megabytes a part at a time: heartbeats, timeouts and Ctrl-C have their turns in between', async () => {
    const progress = {turn: 0, isOver: false}
    const turns = (): void => {
      progress.turn += 1
      if (!progress.isOver) setImmediate(turns)
    }
    const own = masker([SECRET])
    const taken = new Map<number, number>()
    const counting: Masker = {
      ...own,
      stream: () => {
        const stream = own.stream()
        const push = (chunk: string): string => {
          taken.set(progress.turn, (taken.get(progress.turn) ?? 0) + chunk.length)
          return stream.push(chunk)
        }
        return {...stream, push}
      },
    }
    const shell = createExecaShell({masker: counting, faci: ['faci'], environment: {PATH: process.env['PATH']}})
    setImmediate(turns)
    // Base64 of Base64 takes longest of all that is searched.
    const outcome = await shell.run(
      command('head -c 5600000 /dev/urandom | base64 | base64', {timeoutSeconds: 60}),
      nothing,
    )
    progress.isOver = true
    expect(outcome).toMatchObject({ending: 'exited', exitCode: 0})
    const sizes = [...taken.values()]
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(10_000_000)
    // Node reads a pipe 32 times in a turn at most, 64 KiB each.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(32 * 65_536)
  })

  it('ends in time though it never stops to write what takes longest to search', async () => {
    const script = 'head -c 1000000 /dev/urandom | base64 | base64 > "$big"; while :; do cat "$big"; done'
    const big = join(mkdtempSync(join(tmpdir(), 'faci-flood-')), 'big')
    const outcome = await real.run(command(script, {timeoutSeconds: 2, environment: {big}}), nothing)
    rmSync(dirname(big), {recursive: true})
    expect(outcome).toMatchObject({ending: 'timedOut', exitCode: null})
    expect(outcome.durationSeconds).toBeLessThan(30)
  })
})
