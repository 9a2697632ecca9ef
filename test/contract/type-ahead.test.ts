// What was typed before a question was on the screen answers nothing: the built faci on a real terminal.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {engineWorld, type EngineWorld} from '../support/engine-world.js'
import {onTerminal, type TerminalRun} from '../support/terminal.js'

const RUNBOOK = `---
resolved: {within: 1s, hold: 0s, every: 200ms, all: [{health: api}]}
---
# X
## Look
\`\`\`sh {diagnose id=look}
log look; printf 'now %s\\n' looking; until [ -e looked ]; do sleep 0.05; done
\`\`\`
## Cure
\`\`\`sh {mitigate id=cure}
log cure; printf 'now %s\\n' curing; until [ -e cured ]; do sleep 0.05; done; heal
\`\`\`
\`\`\`sh {rollback id=undo of=cure}
log undo
\`\`\`
- [ ] Told by phone
`
/** As an impatient operator, or a paste into the wrong window. */
const LINES = 2048
const BURST = 'y\n'.repeat(LINES)

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
  return onTerminal(['runbook', 'x', ...argv], world.directory, {PATH: path, FACI_OPERATOR: 'ana'})
}

/** 4 KiB at once, which the terminal has taken: it shows them, all that its driver has room for. */
async function burst(run: TerminalRun): Promise<void> {
  const before = run.screen().split('y\n').length
  run.type(BURST)
  await run.says('y\n', before + LINES / 2)
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
    await burst(run)
    finish('looked')
    await run.answer('Run it?', 'y\n')
    await run.says('now curing')
    await burst(run)
    finish('cured')
    await run.answer('Done?', 'n\n')
    expect(await run.ended, run.screen()).toBe(0)
    expect(answers()).toMatchObject([
      {kind: 'gate.answered', answer: 'yes'},
      {kind: 'task.answered', done: false},
    ])
    expect(world.journal().filter(({kind}) => kind === 'task.asked' || kind === 'gate.asked')).toHaveLength(2)
  }, 60_000)
})
