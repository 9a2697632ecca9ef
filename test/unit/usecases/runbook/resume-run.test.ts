import {describe, expect, it} from 'vitest'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import type {Journal} from '../../../../src/ports/journal.js'
import {type FoundRun, planResume, resumeRun, type RunbookChange} from '../../../../src/usecases/runbook/resume-run.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {runInput, type Scene, scene, type SceneOptions} from '../../../support/runbook-deps.js'

const RUNBOOK = `---
title: API down
inputs:
  service: {default: api}
resolved: {within: 2s, hold: 1s, every: 1s, all: [{health: api}]}
---
## Look
\`\`\`sh {diagnose id=look capture=seen}
faci logs
\`\`\`
## Restart
\`\`\`sh {mitigate id=restart}
faci restart
\`\`\`
\`\`\`sh {rollback id=undo of=restart}
faci start
\`\`\`
## Scale
\`\`\`sh {mitigate id=scale}
faci scale "$service=3"
\`\`\`
\`\`\`md {notify to=slack}
{{outcome}} {{seen}}
\`\`\`
`

/** As the process would leave it that dies before its next line is written: nothing happens any more. */
function dyingAfter(journal: Journal<RunEvent>, lines: number, died: () => void): Journal<RunEvent> {
  let left = lines
  return {
    ...journal,
    open: async (id, file) => {
      const writer = await journal.open(id, file)
      return {
        ...writer,
        append: (event, durable) => {
          if (left === 0) {
            died()
            return new Promise(() => undefined)
          }
          left -= 1
          return writer.append(event, durable)
        },
      }
    },
  }
}

function make(over: Partial<SceneOptions> = {}): Scene {
  return scene({
    runbook: RUNBOOK,
    onScript: (at, {script}) => {
      if (script.includes('scale')) at.health = 200
      return {stdout: `ran ${script.trim()}`}
    },
    ...over,
  })
}

const seen: RunbookChange[] = []
const found: FoundRun[] = []
const showFound = (run: FoundRun): void => {
  found.push(run)
}
const showChange = (change: RunbookChange): Promise<void> => {
  seen.push(change)
  return Promise.resolve()
}

function resume(at: Scene, over: Parameters<typeof runInput>[0] & {runId?: string | null} = {}) {
  const {runId = null, ...rest} = over
  return resumeRun({...at.deps, showChange, showFound}, {...runInput({rollback: 'never', ...rest}), runId})
}

async function killedAfter(at: Scene, lines: number): Promise<void> {
  await new Promise<void>((died) => {
    const deps = {...at.deps, journal: dyingAfter(at.journal, lines, died)}
    void runRunbook(deps, runInput({rollback: 'never', inputs: {service: 'worker'}}))
  })
  at.leases.abandon('x', 'its process no longer runs')
  for (const id of await at.journal.list(1)) at.journal.abandon(id)
}

async function linesOfACompleteRun(): Promise<number> {
  const at = make()
  const {data} = await runRunbook(at.deps, runInput({rollback: 'never'}))
  return at.journal.eventsOf(data.runId).length
}

describe('a run that was killed', () => {
  it('at any line of its journal goes on to its end, and what has a result is not done again', async () => {
    const lines = await linesOfACompleteRun()
    for (let after = 1; after < lines; after += 1) {
      const at = make()
      await killedAfter(at, after)
      const [id = ''] = await at.journal.list(1)
      const before = at.journal.eventsOf(id)
      const done = before.flatMap((event) => (event.kind === 'block.finished' ? [event.id] : []))
      const scripts = at.shell.commands.length
      const {verdict, data} = await resume(at)
      expect([after, verdict, data.runId]).toEqual([after, 'ok', id])
      const again = at.shell.commands.slice(scripts).map(({script}) => script.trim())
      const bodies: Readonly<Record<string, string>> = {look: 'faci logs', restart: 'faci restart', scale: 'faci scale'}
      for (const block of done) expect(again.some((script) => script.startsWith(bodies[block] ?? '-'))).toBe(false)
      const events = at.journal.eventsOf(id)
      expect(events.filter(({kind}) => kind === 'run.started')).toHaveLength(1)
      expect(events.filter(({kind}) => kind === 'run.resumed')).toHaveLength(1)
      expect(events.at(-1)).toMatchObject({kind: 'run.finished', verdict: 'ok'})
      expect(at.notices.at(-1)?.body).toBe('resolved ran faci logs')
    }
  })

  it('has its inputs, captures and working directory', async () => {
    const at = make()
    await killedAfter(at, 6)
    await resume(at)
    const last = at.shell.commands.at(-1)
    expect(last).toMatchObject({directory: '/srv', environment: {service: 'worker', seen: 'ran faci logs'}})
  })

  it('is looked at first: a mitigation without a known end that has helped is not run again', async () => {
    const at = make()
    await killedAfter(at, 7)
    at.health = 200
    const scripts = at.shell.commands.length
    const {data} = await resume(at)
    expect(data).toMatchObject({outcome: 'resolved', resolvedBy: 'restart'})
    expect(at.shell.commands).toHaveLength(scripts)
  })

  it('asks about a mitigation whose end is not known', async () => {
    const at = make({answers: ['y', 'y']})
    await killedAfter(at, 7)
    const unknown = at.journal.eventsOf((await at.journal.list(1))[0] ?? '').at(-1)
    expect(unknown).toMatchObject({kind: 'block.started', id: 'restart'})
    const {verdict} = await resume(at, {yes: false})
    expect(verdict).toBe('ok')
    expect(at.prompt.questions.join('\n')).toMatch(/restart.*how that ended is not known/s)
  })

  it('shows in a dry run what is done, what is not known, and what is left', async () => {
    const at = make()
    await killedAfter(at, 7)
    const compose = {model: () => Promise.resolve({services: [], profiled: []})}
    const deps = {...at.deps, compose: compose as never, showChange, showFound}
    const {data} = await planResume(deps, {...runInput(), runId: null})
    expect(data.items.map(({id, past}) => [id, past])).toEqual([
      ['look', 'ok'],
      ['restart', 'cutOff'],
      ['undo', null],
      ['scale', null],
      ['scale-2', null],
    ])
  })
})

describe('which run', () => {
  it('without a name is the newest that can go on', async () => {
    const at = make()
    await killedAfter(at, 5)
    const [killed] = await at.journal.list(1)
    at.health = 200
    const {data} = await runRunbook(at.deps, runInput({rollback: 'never', force: true, takeover: 'it is gone'}))
    at.health = 'unreachable'
    expect((await resume(at)).data.runId).toBe(killed)
    expect(found.at(-1)).toMatchObject({runId: killed, runbook: 'api-down', by: 'ana@laptop', outcome: null})
    expect(found.at(-1)?.later).toMatchObject([{runId: data.runId, outcome: 'resolved'}])
  })

  it('that is alive is refused, whether it has the lock or waits at its checklist', async () => {
    const at = make()
    await killedAfter(at, 5)
    const [id = ''] = await at.journal.list(1)
    const before = at.journal.eventsOf(id).length
    const writer = await at.journal.open(id)
    await expect(resume(at, {runId: id})).rejects.toThrow(/still running/)
    await writer.close()
    const lease = await at.leases.take('x', {reason: 'runbook api-down', runId: id, takeover: 'it is gone'})
    await expect(resume(at)).rejects.toThrow(/still running/)
    await lease.release()
    expect(at.journal.eventsOf(id)).toHaveLength(before)
  })

  it('that has gone on between being read and having the lock is refused, untouched', async () => {
    const at = make()
    await killedAfter(at, 5)
    const [id = ''] = await at.journal.list(1)
    const leases = {
      ...at.leases,
      take: async (...wanted: Parameters<typeof at.leases.take>) => {
        const other = await at.journal.open(id)
        await other.append({kind: 'run.resumed', operator: 'ben', host: 'vm', hash: '', elapsedSeconds: 9})
        await other.close()
        return at.leases.take(...wanted)
      },
    }
    const scripts = at.shell.commands.length
    await expect(resume({...at, deps: {...at.deps, leases}})).rejects.toMatchObject({code: 'refused'})
    expect(at.journal.eventsOf(id).at(-1)).toMatchObject({kind: 'run.resumed', operator: 'ben'})
    expect(at.shell.commands).toHaveLength(scripts)
    expect(await at.leases.inspect('x')).toEqual({kind: 'free'})
  })

  it('whose journal has a hole does nothing again on --yes alone', async () => {
    const at = make()
    await killedAfter(at, 7)
    const [id = ''] = await at.journal.list(1)
    at.journal.lose(id, 6)
    const scripts = at.shell.commands.length
    const {verdict, data, warnings} = await resume(at, {yes: true})
    expect([verdict, data.accept]).toEqual(['refused', expect.stringContaining('--approve restart@')])
    expect(warnings).toEqual([expect.stringContaining('1 event of its journal is gone')])
    expect(at.shell.commands).toHaveLength(scripts)
  })

  it('that is over has nothing left to do', async () => {
    const at = make()
    const {data} = await runRunbook(at.deps, runInput({rollback: 'never'}))
    await expect(resume(at, {runId: data.runId})).rejects.toMatchObject({code: 'usage'})
    await expect(resume(at)).rejects.toMatchObject({code: 'notFound'})
  })

  it('for another project is refused', async () => {
    const at = make()
    await killedAfter(at, 5)
    const input = runInput({rollback: 'never'})
    const place = {...input.place, project: 'other'}
    await expect(resumeRun({...at.deps, showChange, showFound}, {...input, place, runId: null})).rejects.toThrow(
      /other/,
    )
  })

  it('that was refused at a gate goes on when it is approved', async () => {
    const at = make()
    const refused = await runRunbook(at.deps, runInput({rollback: 'never', yes: false}))
    expect(refused.verdict).toBe('refused')
    const {verdict, data} = await resume(at, {runId: refused.data.runId})
    expect([verdict, data.runId]).toEqual(['ok', refused.data.runId])
    expect(at.notices.map(({state}) => state)).toEqual(['resolved'])
  })
})

describe('a runbook that has changed since', () => {
  const CHANGED = RUNBOOK.replace('faci scale "$service=3"', 'faci scale "$service=5"')

  function changed(at: Scene, answers: readonly string[] | null): Scene {
    const other = make({runbook: CHANGED, answers})
    return {...at, deps: {...at.deps, library: other.deps.library, prompt: other.deps.prompt}}
  }

  it('is shown, and refused without consent; the hash that would be accepted is said', async () => {
    const at = make()
    await killedAfter(at, 5)
    seen.length = 0
    const error: unknown = await resume(changed(at, null)).catch((reason: unknown) => reason)
    expect(error).toMatchObject({code: 'refused'})
    expect(seen).toEqual([{name: 'api-down', before: RUNBOOK, after: CHANGED}])
    const {suggestions} = error as {suggestions: readonly string[]}
    const approval = /--approve (runbook@[0-9a-f]{32})/.exec(suggestions[0] ?? '')?.[1] ?? ''
    const {verdict} = await resume(changed(at, null), {approve: [approval]})
    expect(verdict).toBe('ok')
    expect(at.shell.commands.at(-1)?.script).toContain('=5')
  })

  it('goes on when the operator agrees, and stops when not', async () => {
    const at = make()
    await killedAfter(at, 5)
    await expect(resume(changed(at, ['n']))).rejects.toMatchObject({code: 'refused'})
    expect((await resume(changed(at, ['y']))).verdict).toBe('ok')
  })
})
