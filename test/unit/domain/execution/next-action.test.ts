import {describe, expect, it} from 'vitest'
import {aDiagnosis, aMitigation, aNotice, aPlan, aTask, aVerify, RESOLVED} from '../../../support/runbook-builder.js'
import {simulate, told} from '../../../support/simulate-run.js'

const LADDER = [aDiagnosis('status'), aMitigation('restart'), aMitigation('recreate'), aNotice('tell')]

describe('the ladder', () => {
  it('climbs until resolved holds and skips the rest with the reason', () => {
    const run = simulate(aPlan(LADDER), {look: (after) => (after === 'restart' ? 'true' : 'false')})
    expect(told(run)).toEqual([
      'lease',
      'run status',
      'gate restart open',
      'run restart',
      'skip recreate: resolved by `restart`',
      'notify tell',
      'finish resolved ok',
    ])
  })

  it('goes on to the next mitigation when the first did not help', () => {
    const run = simulate(aPlan(LADDER), {look: (after) => (after === 'recreate' ? 'true' : 'false')})
    expect(told(run).slice(2)).toEqual([
      'gate restart open',
      'run restart',
      'gate recreate open',
      'run recreate',
      'notify tell',
      'finish resolved ok',
    ])
  })

  it('looks at resolved even when the command failed: what counts is whether it is over', () => {
    const run = simulate(aPlan(LADDER), {
      run: (id) => (id === 'restart' ? 'failed' : 'ok'),
      look: (after) => (after === 'restart' ? 'true' : 'false'),
    })
    expect(told(run).at(-1)).toBe('finish resolved ok')
  })

  it('is bad when every mitigation was tried in vain', () => {
    expect(told(simulate(aPlan(LADDER), {})).at(-1)).toBe('finish unresolved bad')
  })

  it('waits for resolved within its time, every second, and no longer', () => {
    const {actions} = simulate(aPlan([aMitigation('restart')]), {})
    const looks = actions.filter((action) => action.kind === 'look' && action.after === 'restart')
    expect(looks).toHaveLength(11)
  })

  it('does not believe a condition that does not hold', () => {
    const resolved = {...RESOLVED, holdSeconds: 3}
    let count = 0
    const flapping = simulate(aPlan([aMitigation('restart')], {runbook: {resolved}}), {
      look: (after) => (after === null ? 'false' : (count += 1) % 2 === 0 ? 'true' : 'false'),
    })
    expect(told(flapping).at(-1)).toBe('finish unresolved bad')
    const steady = simulate(aPlan([aMitigation('restart')], {runbook: {resolved}}), {
      look: (after) => (after === null ? 'false' : 'true'),
    })
    expect(steady.actions.filter((action) => action.kind === 'look' && action.after === 'restart')).toHaveLength(4)
    expect(told(steady).at(-1)).toBe('finish resolved ok')
  })

  it('runs every diagnosis, also failed and later ones', () => {
    const items = [aDiagnosis('a'), aMitigation('restart'), aDiagnosis('b')]
    const run = simulate(aPlan(items), {
      run: (id) => (id === 'a' ? 'failed' : 'ok'),
      look: (after) => (after === null ? 'false' : 'true'),
    })
    expect(told(run)).toContain('run b')
    expect(told(run).at(-1)).toBe('finish resolved ok')
  })

  it('stops climbing after a failed mitigation that says on_failure=stop', () => {
    const items = [aMitigation('first', {onFailure: 'stop'}), aMitigation('second')]
    const run = simulate(aPlan(items), {run: () => 'failed'})
    expect(told(run)).toContain('skip second: `first` failed and says on_failure=stop')
    expect(told(simulate(aPlan(items), {}))).toContain('run second')
  })
})

describe('the first look', () => {
  it('only diagnoses what is already resolved: no lock, no notice, no task', () => {
    const run = simulate(aPlan([...LADDER, aTask('call')]), {look: () => 'true'})
    expect(told(run)).toEqual([
      'run status',
      'skip restart: already resolved before the run',
      'skip recreate: already resolved before the run',
      'skip tell: already resolved before the run',
      'skip call: already resolved before the run',
      'finish alreadyResolved ok',
    ])
  })

  it('goes on with --force', () => {
    expect(told(simulate(aPlan(LADDER, {force: true}), {look: () => 'true'}))).toContain('run restart')
  })

  it('only diagnoses what it cannot see: no lock, no change, no notice', () => {
    const run = simulate(aPlan([...LADDER, aDiagnosis('after')]), {look: () => 'unknown'})
    expect(told(run).filter((line) => !line.startsWith('skip'))).toEqual([
      'run status',
      'run after',
      'finish unknown unknown',
    ])
  })

  it('a diagnosis that was left out stays out when nothing can be seen', () => {
    const selection = {only: [], skip: ['status'], from: null}
    const run = simulate(aPlan(LADDER, {selection}), {look: () => 'unknown'})
    expect(told(run).some((line) => line.startsWith('run'))).toBe(false)
  })

  it('--force decides otherwise', () => {
    const run = simulate(aPlan(LADDER, {force: true}), {look: () => 'unknown'})
    expect(told(run)).toContain('run recreate')
    expect(told(run).at(-1)).toBe('finish unknown unknown')
  })

  it('does not escalate when resolved cannot be seen after a mitigation, and says so to people', () => {
    const run = simulate(aPlan(LADDER), {look: (after) => (after === null ? 'false' : 'unknown')})
    expect(told(run)).not.toContain('run recreate')
    expect(told(run).slice(-2)).toEqual(['notify tell', 'finish unknown unknown'])
  })

  it('still diagnoses when it was lost from sight after a mitigation', () => {
    const look = (after: string | null) => (after === null ? 'false' : 'unknown')
    expect(told(simulate(aPlan([...LADDER, aDiagnosis('after')]), {look}))).toContain('run after')
  })

  it('holds before it is believed', () => {
    const resolved = {...RESOLVED, holdSeconds: 5}
    const run = simulate(aPlan(LADDER, {runbook: {resolved}}), {look: (_, index) => (index < 2 ? 'true' : 'false')})
    expect(told(run)).toContain('run restart')
  })
})

describe('modes', () => {
  it('--diagnose runs the read-only part whatever resolved says, and answers what it says', () => {
    const verdicts = {true: 'ok', false: 'bad', unknown: 'unknown'}
    for (const state of ['true', 'false', 'unknown'] as const) {
      const run = simulate(aPlan([...LADDER, aTask('call')], {mode: 'diagnose'}), {look: () => state})
      expect(told(run)).toEqual([
        'run status',
        'skip restart: only the diagnosis was asked for',
        'skip recreate: only the diagnosis was asked for',
        'skip tell: nothing was done',
        'skip call: only the diagnosis was asked for',
        `finish diagnosed ${verdicts[state]}`,
      ])
    }
  })

  it('a runbook without mitigations takes no lock', () => {
    const run = simulate(aPlan([aDiagnosis('a'), aNotice('tell')], {runbook: {resolved: null}}), {})
    expect(told(run)).toEqual(['run a', 'notify tell', 'finish diagnosed ok'])
  })
})

describe('gates', () => {
  it('ends the run when nobody can approve, and takes no lock for it', () => {
    const run = simulate(aPlan(LADDER, {consent: {yes: false}}), {})
    expect(told(run)).toEqual([
      'run status',
      'gate restart refuse',
      'skip restart: `restart` needs --yes or --approve',
      'skip recreate: `restart` needs --yes or --approve',
      'skip tell: nothing was done',
      'finish refused refused',
    ])
  })

  it('a later gate that nobody can open ends the run refused, and people are told', () => {
    const items = [aMitigation('restart'), aMitigation('recreate', {confirm: 'always'}), aNotice('tell')]
    const run = simulate(aPlan(items), {})
    expect(told(run).slice(-3)).toEqual([
      'skip recreate: `recreate` needs --approve',
      'notify tell',
      'finish refused refused',
    ])
  })

  it('skip goes to the next mitigation after one look, quit ends the run', () => {
    const consent = {attended: true, yes: false}
    const skipping = simulate(aPlan(LADDER, {consent}), {gate: (id) => (id === 'restart' ? 'skip' : 'yes')})
    expect(told(skipping)).toContain('skip restart: the operator said so at its gate')
    expect(told(skipping)).toContain('run recreate')
    const quitting = simulate(aPlan(LADDER, {consent}), {gate: () => 'quit'})
    expect(told(quitting).at(-1)).toBe('finish refused refused')
    expect(told(quitting)).not.toContain('run restart')
  })

  it('sees that a person solved it while the gate was open', () => {
    const run = simulate(aPlan(LADDER, {consent: {attended: true, yes: false}}), {
      gate: () => 'skip',
      look: (after) => (after === null ? 'false' : 'true'),
    })
    expect(told(run)).toContain('skip recreate: resolved already')
    expect(told(run).at(-1)).toBe('finish resolved ok')
  })
})

describe('verify', () => {
  const items = [aMitigation('scale'), aDiagnosis('between'), aVerify('three', 'scale'), aMitigation('recreate')]

  it('is polled after its mitigation and before resolved is looked at', () => {
    const run = simulate(aPlan(items), {look: (after) => (after === 'scale' ? 'true' : 'false')})
    expect(told(run).slice(2, 6)).toEqual(['run scale', 'run between', 'verify three', 'endVerify three'])
    expect(told(run).at(-1)).toBe('finish resolved ok')
  })

  it('fails its mitigation when it never comes true', () => {
    const stopping = [aMitigation('scale', {onFailure: 'stop'}), aVerify('three', 'scale'), aMitigation('recreate')]
    const run = simulate(aPlan(stopping), {verify: () => 'false'})
    expect(told(run)).toContain('skip recreate: `scale` failed and says on_failure=stop')
    expect(told(run).filter((line) => line === 'verify three')).toHaveLength(11)
  })

  it('is not asked of a mitigation that failed or did not run', () => {
    expect(told(simulate(aPlan(items), {run: () => 'failed'}))).toContain('skip three: `scale` failed')
    expect(told(simulate(aPlan(items), {look: () => 'true'}))).toContain('skip three: `scale` did not run')
  })
})

describe('retries', () => {
  it('repeats a failed command with growing pauses, never a failed verify', () => {
    const items = [aMitigation('restart', {retries: 2, backoffSeconds: 3}), aVerify('v', 'restart')]
    const {actions} = simulate(aPlan(items), {
      run: (_, attempt) => (attempt < 3 ? 'failed' : 'ok'),
      verify: () => 'false',
    })
    const runs = actions.filter((action) => action.kind === 'run')
    expect(runs.map(({attempt, final, waitSeconds}) => [attempt, final, waitSeconds])).toEqual([
      [1, false, 0],
      [2, false, 3],
      [3, true, 6],
    ])
  })
})

describe('time', () => {
  it('the run ends when its time is over, with one last look', () => {
    const run = simulate(aPlan(LADDER, {runbook: {timeoutSeconds: 30}}), {
      seconds: (action) => (action.kind === 'run' && action.block.id === 'restart' ? 20 : 0),
    })
    expect(told(run)).toContain('skip recreate: the time of the run is over')
    expect(told(run).at(-1)).toBe('finish unresolved bad')
    expect(run.events.some((event) => event.kind === 'look' && event.after === 'restart')).toBe(true)
  })

  it('stands still while a gate waits', () => {
    const run = simulate(aPlan(LADDER, {consent: {attended: true, yes: false}, runbook: {timeoutSeconds: 60}}), {
      seconds: (action) => (action.kind === 'gate' ? 1000 : 0),
      look: (after) => (after === 'recreate' ? 'true' : 'false'),
    })
    expect(told(run).at(-1)).toBe('finish resolved ok')
  })

  it('bounds a block by what is left', () => {
    const {actions} = simulate(aPlan([aDiagnosis('slow'), aMitigation('restart')], {runbook: {timeoutSeconds: 30}}), {
      seconds: (action) => (action.kind === 'run' && action.block.id === 'slow' ? 10 : 0),
    })
    const restart = actions.find((action) => action.kind === 'run' && action.block.id === 'restart')
    expect(restart).toMatchObject({timeoutSeconds: 10})
  })
})

describe('notices and tasks', () => {
  it('the started notice comes first, the others last, each only when it is due', () => {
    const items = [
      aNotice('hello', {when: 'started'}),
      aDiagnosis('a'),
      aMitigation('restart'),
      aNotice('good', {when: 'resolved'}),
      aNotice('bad', {when: 'unresolved'}),
      aTask('call'),
    ]
    const run = simulate(aPlan(items, {consent: {attended: true}}), {
      look: (after) => (after === null ? 'false' : 'true'),
    })
    expect(told(run)).toEqual([
      'lease',
      'notify hello',
      'run a',
      'gate restart open',
      'run restart',
      'notify good',
      'skip bad: when=unresolved, and the run ended resolved',
      'task call',
      'finish resolved ok',
    ])
  })

  it('whom the operator does not want told how it ended is asked about once, however many were told of the start', () => {
    const items = [aNotice('hello', {when: 'started'}), aMitigation('restart'), aNotice('again', {when: 'started'})]
    const run = simulate(aPlan(items, {step: true, consent: {attended: true}}), {
      look: () => 'false',
      step: (id) => (id.endsWith('@ended') ? 'skip' : 'run'),
    })
    const asked = run.events.flatMap((event) => (event.kind === 'step.asked' ? [event.id] : []))
    expect(asked).toEqual(['hello', 'again', 'restart', 'hello@ended'])
  })

  it('an undelivered notice shows in the verdict, but never hides a worse one', () => {
    const resolved = simulate(aPlan(LADDER), {delivered: false, look: (after) => (after === null ? 'false' : 'true')})
    expect(told(resolved).at(-1)).toBe('finish resolved undelivered')
    expect(told(simulate(aPlan(LADDER), {delivered: false})).at(-1)).toBe('finish unresolved bad')
  })

  it('a task is not asked without a terminal, and blocks nothing', () => {
    const run = simulate(aPlan([aTask('call'), aMitigation('restart')]), {
      look: (after) => (after === null ? 'false' : 'true'),
    })
    expect(told(run)).toContain('skip call: not asked: no terminal')
    expect(told(run).at(-1)).toBe('finish resolved ok')
  })
})

describe('evidence', () => {
  it('is kept after the gate and before what removes containers', () => {
    const items = [aMitigation('recreate', {body: 'faci down && faci up'})]
    expect(told(simulate(aPlan(items), {})).slice(0, 4)).toEqual([
      'lease',
      'gate recreate open',
      'keepEvidence recreate',
      'run recreate',
    ])
  })
})

describe('interruption', () => {
  it('ends everything, each with the reason', () => {
    const run = simulate(aPlan(LADDER), {interruptAt: 2})
    expect(told(run).slice(-4)).toEqual([
      'skip restart: the operator quit',
      'skip recreate: the operator quit',
      'notify tell',
      'finish interrupted interrupted',
    ])
  })
})
