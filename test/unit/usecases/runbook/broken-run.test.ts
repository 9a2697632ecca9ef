import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import type {Journal} from '../../../../src/ports/journal.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {runInput, type Scene, scene, type SceneOptions} from '../../../support/runbook-deps.js'
import {summaryOf} from '../../../support/told.js'

const RUNBOOK = `---
title: API down
resolved: {within: 2s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Look
\`\`\`sh {diagnose id=look}
faci logs
\`\`\`
## Restart
\`\`\`sh {mitigate id=restart}
faci restart
\`\`\`
\`\`\`sh {rollback id=undo of=restart}
faci start
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate}
faci down && faci up
\`\`\`
\`\`\`md {notify id=started to=slack when=started}
{{summary}}
\`\`\`
\`\`\`md {notify id=ended to=slack}
{{outcome}}: {{summary}}
\`\`\`
`

function make(over: Partial<SceneOptions> = {}): Scene {
  return scene({
    runbook: RUNBOOK,
    onScript: (at, {script}) => {
      if (script.includes('up')) at.health = 200
      return {stdout: 'done'}
    },
    ...over,
  })
}

const run = (at: Scene, deps = at.deps, over: Parameters<typeof runInput>[0] = {}) =>
  runRunbook(deps, runInput({rollback: 'always', ...over}))

/** Whose journal takes so many lines and then no more. */
function filledAfter(journal: Journal<RunEvent>, lines: number): Journal<RunEvent> {
  let left = lines
  return {
    ...journal,
    open: async (id, file) => {
      const writer = await journal.open(id, file)
      return {
        ...writer,
        append: (event, durable) => {
          left -= 1
          const full = new FaciError('unreachable', "Can't use the store at .faci: ENOSPC")
          return left < 0 ? Promise.reject(full) : writer.append(event, durable)
        },
      }
    },
  }
}

const scriptsOf = (at: Scene): readonly string[] => at.shell.commands.map(({script}) => script.trim())

describe('whatever breaks', () => {
  it('a notifier that throws stops no mitigation', async () => {
    const at = make()
    const notify = () => Promise.reject(new RangeError('Invalid time value'))
    const {verdict, data} = await run(at, {...at.deps, notify})
    expect([verdict, data.outcome]).toEqual(['undelivered', 'resolved'])
    expect(data.items.find(({id}) => id === 'ended')).toMatchObject({outcome: 'lost'})
  })

  it('a block that cannot be started is one that was not started: the next is tried, and nothing of it is undone', async () => {
    const at = make()
    const shell: Scene['shell'] = {
      ...at.shell,
      run: (command, ...rest) =>
        command.script.includes('restart')
          ? Promise.reject(new FaciError('unreachable', 'not started: the disk is full (ENOSPC)'))
          : at.shell.run(command, ...rest),
    }
    const {verdict, data} = await run(at, {...at.deps, shell})
    expect([verdict, data.resolvedBy]).toEqual(['ok', 'recreate'])
    expect(data.items.find(({id}) => id === 'restart')).toMatchObject({
      outcome: 'notStarted',
      reason: {text: 'not started: the disk is full (ENOSPC)'},
    })
    expect(summaryOf(data)).toMatch(/^restart could not be started; recreate resolved it/)
    expect(scriptsOf(at)).toEqual(['faci logs', 'faci down && faci up'])
  })

  it('when no block can be started, it ends, tells people and gives the lock back', async () => {
    const at = make()
    const shell: Scene['shell'] = {...at.shell, run: () => Promise.reject(new Error('spawn E2BIG'))}
    const {verdict, data} = await run(at, {...at.deps, shell})
    expect([verdict, data.outcome, summaryOf(data)]).toEqual([
      'bad',
      'unresolved',
      'restart could not be started; recreate could not be started; nothing was changed.',
    ])
    expect(at.notices.map(({state}) => state)).toEqual(['started', 'unresolved'])
    expect(at.journal.eventsOf(data.runId).at(-1)).toMatchObject({kind: 'run.finished', verdict: 'bad'})
    expect(await at.leases.inspect('x')).toEqual({kind: 'free'})
  })

  it('a journal that takes no more lines, at any of them: what was begun is undone, people are told, the lock is given back', async () => {
    const whole = make({onScript: () => ({})})
    const {data} = await run(whole)
    const lines = whole.journal.eventsOf(data.runId).length
    for (let after = 3; after < lines; after += 1) {
      const at = make({onScript: () => ({})})
      const {verdict} = await run(at, {...at.deps, journal: filledAfter(at.journal, after)})
      expect([after, verdict]).toEqual([after, 'unknown'])
      const scripts = scriptsOf(at)
      if (scripts.includes('faci restart')) expect(scripts.at(-1)).toBe('faci start')
      expect(at.notices.at(-1)?.state).toBe('unresolved')
      expect(await at.leases.inspect('x')).toEqual({kind: 'free'})
      const written = at.journal.eventsOf((await at.journal.list(1))[0] ?? '')
      const begun = written.flatMap((event) => (event.kind === 'block.started' ? [event.id] : []))
      expect(scripts.filter((script) => script.includes('restart') || script.includes('down')).length).toBe(
        begun.filter((id) => id === 'restart' || id === 'recreate').length,
      )
    }
  })

  it('a port that breaks in a way that nobody foresaw ends what it was for, not the run', async () => {
    const at = make()
    const engine = {...at.deps.engine, containers: () => Promise.reject(new TypeError('x is undefined'))}
    const http = {send: () => Promise.reject(new TypeError('y is undefined'))}
    expect(await run(at, {...at.deps, engine})).toMatchObject({verdict: 'ok', data: {resolvedBy: 'recreate'}})
    let asked = 0
    const failing = {
      send: (...wanted: Parameters<typeof at.deps.http.send>) =>
        asked++ === 0 ? at.deps.http.send(...wanted) : http.send(),
    }
    at.health = 503
    const {verdict, data} = await run(at, {...at.deps, http: failing, prober: {...at.deps.prober, ...failing}})
    expect([verdict, data.outcome]).toEqual(['unknown', 'unknown'])
    expect(summaryOf(data)).toContain('whether it helped cannot be verified')
    expect(at.notices.at(-1)?.state).toBe('unknown')
  })

  it('TERM in the middle of a block: people are told that it was interrupted', async () => {
    const controller = new AbortController()
    const at = make({
      onScript: (_, {script}) => {
        if (script.includes('restart')) controller.abort(new FaciError('interrupted', 'Interrupted'))
        return {}
      },
    })
    const {verdict} = await run(at, at.deps, {interrupts: {signal: controller.signal, onCtrlC: () => undefined}})
    expect(verdict).toBe('interrupted')
    expect(at.notices.map(({body}) => body.split(':')[0])).toEqual(['ana is on it.', 'interrupted'])
    expect(scriptsOf(at).at(-1)).toBe('faci start')
  })

  it('Ctrl-C at the checklist of a run that is resolved changes nothing of how it ended', async () => {
    const at = make({runbook: `${RUNBOOK}- [ ] Call somebody\n`, answers: []})
    const {verdict, data} = await run(at)
    expect([verdict, data.outcome, data.resolvedBy]).toEqual(['ok', 'resolved', 'recreate'])
    expect(at.notices.at(-1)?.body).toMatch(/^resolved: .*recreate resolved it/)
  })
})
