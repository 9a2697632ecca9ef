// What was typed before a question was on the screen answers nothing: the built faci on a real terminal.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {eventually} from '../support/eventually.js'
import {engineWorld, type EngineWorld} from '../support/engine-world.js'
import {onTerminal, type TerminalRun} from '../support/terminal.js'

// A line that ends as a secret may begin is shown with what follows it: a dot begins none.
const RUNBOOK = `---
resolved: {within: 1s, hold: 0s, every: 200ms, all: [{health: api}]}
---
# X
## Look
\`\`\`sh {diagnose id=look}
log look; printf 'now %s\\n.\\n' looking; until [ -e looked ]; do sleep 0.05; done
\`\`\`
## Cure
\`\`\`sh {mitigate id=cure confirm=always}
log cure; printf 'now %s\\n.\\n' curing; until [ -e cured ]; do sleep 0.05; done; heal
\`\`\`
\`\`\`sh {rollback id=undo of=cure}
log undo
\`\`\`
- [ ] Told by phone
`
/** As an impatient operator, or a paste into the wrong window. */
const BURST_BYTES = 4096

let world: EngineWorld

beforeEach(async () => {
  world = await engineWorld()
  world.write(RUNBOOK)
})
afterEach(async () => {
  await world.close()
})

function start(...argv: readonly string[]): TerminalRun {
  const path = `${join(world.directory, 'bin')}:${process.env['PATH'] ?? ''}`
  return onTerminal(['runbook', 'x', '--incident', 'none', ...argv], world.directory, {
    PATH: path,
    FACI_OPERATOR: 'ana',
  })
}

/** 4 KiB at once, which the terminal has taken: it shows them, all that its driver has room for. */
async function burst(run: TerminalRun, line: string): Promise<void> {
  const before = run.screen().split(line).length
  const times = Math.ceil(BURST_BYTES / line.length)
  run.type(line.repeat(times))
  await run.says(line, before + times / 2)
}

function finish(what: 'looked' | 'cured'): void {
  writeFileSync(join(world.directory, what), '')
}

function answers(): readonly unknown[] {
  const kinds = ['gate.answered', 'task.answered', 'step.answered', 'rollback.decided']
  return world.journal().filter(({kind}) => kinds.includes(kind))
}

describe('what was typed before the question', () => {
  it('opens no gate and ticks no item; what is typed 60 ms after it counts', async () => {
    const run = start()
    await run.says('now looking')
    await burst(run, 'cure\n')
    finish('looked')
    await run.answer('Type cure to run it', 'cure\n')
    await run.says('now curing')
    await burst(run, 'y\n')
    finish('cured')
    await run.answer('Done?', 'n\n')
    expect(await run.ended, run.screen()).toBe(0)
    expect(answers()).toMatchObject([
      {kind: 'gate.answered', answer: 'yes'},
      {kind: 'task.answered', done: false},
    ])
    expect(world.journal().filter(({kind}) => kind === 'task.asked' || kind === 'gate.asked')).toHaveLength(2)
  })

  it('does not skip, and a word that is wrong twice is a refusal with the command that goes on', async () => {
    const run = start()
    await run.says('now looking')
    await burst(run, 'skip\n')
    finish('looked')
    await run.answer('Type cure to run it', 'y\n')
    await run.answer('That was not cure. Type cure to run it', 'Cure\n')
    expect(await run.ended, run.screen()).toBe(5)
    expect(answers()).toMatchObject([{kind: 'gate.answered', answer: 'refused'}])
    expect(run.screen().replaceAll('\n', '')).toMatch(
      /To approve, run: faci runbook resume \w{26} --approve cure@[0-9a-f]{32}/,
    )
    expect(world.log()).toEqual(['look'])
  })

  it('answers no step, no menu of Ctrl-C and no rollback', async () => {
    const run = start('--step')
    await run.answer('Run it?', 'r\n')
    await run.says('now looking')
    await burst(run, 'a\n')
    finish('looked')
    await run.answer('Type cure to run it', 'cure\n')
    await run.says('now curing')
    run.type('\u0003')
    await run.answer('What now?', 'r\n')
    // The menu has shown it: it is not asked about again.
    expect(await run.ended, run.screen()).toBe(3)
    expect(world.log()).toEqual(['look', 'cure', 'undo'])
  })
})

describe('a dumb terminal', () => {
  it('gets no escape sequence, and is asked all the same', async () => {
    const path = `${join(world.directory, 'bin')}:${process.env['PATH'] ?? ''}`
    const run = onTerminal(['runbook', 'x'], world.directory, {PATH: path, TERM: 'dumb'})
    await run.answer('Open one for this run?', 'n\n')
    await run.says('now looking')
    finish('looked')
    await run.answer('Type cure to run it', 'quit\n')
    expect(await run.ended, run.screen()).toBe(5)
    expect(run.raw()).not.toContain('\u001B')
  })
})

describe('an interruption from outside while a question is open', () => {
  it('asks what it is to mean, and what is typed answers that alone; then the gate is asked again', async () => {
    const run = start()
    finish('looked')
    finish('cured')
    await run.says('Type cure to run it')
    run.signal('INT')
    await run.answer('What now?', 'c\n')
    await run.answer('Type cure to run it', 'cure\n', 2)
    await run.answer('Done?', 'y\n')
    expect(await run.ended).toBe(0)
    expect(answers()).toMatchObject([
      {id: 'cure', answer: 'yes', how: {why: 'typed'}},
      {kind: 'task.answered', done: true},
    ])
  })
})

describe.each([
  ['as soon as the question is on the screen', 0],
  ['while an answer is waited for', 200],
])('a terminal that is closed at a gate, %s', (_, milliseconds) => {
  it('ends the run, journaled, with the lock given back; nothing was changed', async () => {
    const run = start()
    finish('looked')
    await run.says('Type cure to run it')
    await wait(milliseconds)
    run.close()
    await eventually(() => {
      expect(world.journal().at(-1)).toMatchObject({kind: 'run.finished', outcome: 'interrupted'})
    }, 20)
    expect(world.log()).toEqual(['look'])
    // Of the gate, which nobody can open here; not of the lock.
    const again = await world.run(['runbook', 'resume', '--yes', '--rollback', 'never'])
    expect(again.exitCode, again.stderr).toBe(5)
    expect(again.stderr).not.toMatch(/--takeover|is running/)
    expect(world.journal().at(-1)).toMatchObject({kind: 'run.finished', outcome: 'refused'})
  })
})
