// A signal at the moments between: before the lock, while the journal is opened, during a verify, after everything is decided.
import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import type {Journal} from '../../../../src/ports/journal.js'
import {resumeRun} from '../../../../src/usecases/runbook/resume-run.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {runInput, type Scene, scene} from '../../../support/runbook-deps.js'
import {summaryOf} from '../../../support/told.js'

const DEPLOY = `---
title: API down
resolved: {within: 2s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Deploy
\`\`\`sh {mitigate id=deploy}
deploy
\`\`\`
`
const UNDO = `\`\`\`sh {rollback id=undeploy of=deploy}
undeploy
\`\`\`
`
const shown = {showChange: () => Promise.resolve(), showFound: () => undefined}
const scriptsOf = (at: Scene): readonly string[] => at.shell.commands.map(({script}) => script.trim())

/** Whose process is gone after so many events. */
function diesAfter(journal: Journal<RunEvent>, events: number, died: () => void): Journal<RunEvent> {
  let left = events
  return {
    ...journal,
    open: async (id, file) => {
      const writer = await journal.open(id, file)
      const append: typeof writer.append = (...event) => {
        if (left > 0) {
          left -= 1
          return writer.append(...event)
        }
        died()
        return new Promise(() => undefined)
      }
      return {...writer, append}
    },
  }
}

describe('a signal', () => {
  it('before a run that goes on has its lock: nothing is undone, nothing is written, nobody is told', async () => {
    const at = scene({runbook: DEPLOY + UNDO, answers: []})
    await new Promise<void>((died) => {
      const journal = diesAfter(at.journal, 6, died)
      void runRunbook({...at.deps, journal}, runInput({rollback: 'always'}))
    })
    const [runId = ''] = await at.journal.list(1)
    at.leases.abandon('x', 'gone')
    at.journal.abandon(runId)
    await at.deps.leases.take('x', {reason: 'faci up', runId: 'OTHER', takeover: 'gone'})
    at.leases.abandon('x', 'no sign of life for 61 s')
    const [before, ran, told] = [at.journal.eventsOf(runId).length, scriptsOf(at), at.notices.length]
    const terminal = new AbortController()
    const choose = () => {
      terminal.abort()
      return Promise.reject(new FaciError('interrupted', 'closed'))
    }
    const interrupts = {signal: terminal.signal, onCtrlC: () => undefined}
    const deps = {...at.deps, ...shown, prompt: {...at.deps.prompt, choose}}
    const {verdict} = await resumeRun(deps, {...runInput({rollback: 'always', interrupts}), runId})
    expect(verdict).toBe('interrupted')
    expect([at.journal.eventsOf(runId).length, scriptsOf(at), at.notices.length]).toEqual([before, ran, told])
  })

  it.each([0, 1, 2, 3])('while the journal is opened, after %i turns: there is one writer', async (turns) => {
    const at = scene({runbook: DEPLOY})
    const controller = new AbortController()
    let opened = 0
    const journal: Journal<RunEvent> = {
      ...at.journal,
      open: async (id, file) => {
        opened += 1
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
        controller.abort()
        return at.journal.open(id, file)
      },
    }
    const interrupts = {signal: controller.signal, onCtrlC: () => undefined}
    const {verdict, data} = await runRunbook({...at.deps, journal}, runInput({rollback: 'never', interrupts}))
    expect([verdict, opened]).toEqual(['interrupted', 1])
    const kinds = at.journal.eventsOf(data.runId).map(({kind}) => kind)
    expect(kinds[0]).toBe('run.started')
    expect(kinds.indexOf('lease.taken')).toBeLessThan(kinds.indexOf('run.interrupted'))
  })

  it('during the verify of a mitigation that worked: it did not fail, and nobody knows whether it helped', async () => {
    const controller = new AbortController()
    const check = '```sh {verify id=check within=20s every=1s}\ncheck\n```\n'
    const at = scene({
      runbook: `${DEPLOY}${check}\`\`\`md {notify id=ended to=slack}\n{{summary}}\n\`\`\`\n`,
      onScript: (_, {script}) => {
        if (!script.startsWith('check')) return {}
        controller.abort()
        return {exitCode: 1}
      },
    })
    const interrupts = {signal: controller.signal, onCtrlC: () => undefined}
    const {data} = await runRunbook(at.deps, runInput({interrupts}))
    const told = 'deploy was carried out, and whether it helped is not known; interrupted.'
    expect([summaryOf(data), at.notices.at(-1)?.body]).toEqual([told, told])
  })

  it('once it is said that what was done stays: the menu offers no rollback', async () => {
    let ctrlC = (): void => undefined
    const at = scene({
      runbook: `${DEPLOY}${UNDO}\`\`\`md {notify id=ended to=slack}\n{{summary}}\n\`\`\`\n- [ ] Told by phone\n`,
      answers: ['y', 'k', 'y', 'c', 'y'],
    })
    const {prompt} = at.deps
    const choose: typeof prompt.choose = (question, ...rest) => {
      if (question.includes('Told by phone') && !at.prompt.questions.some((asked) => asked.includes('Interrupted')))
        ctrlC()
      return prompt.choose(question, ...rest)
    }
    const onCtrlC = (handler: () => void): void => {
      ctrlC = handler
    }
    const interrupts = {signal: new AbortController().signal, onCtrlC}
    const deps = {...at.deps, prompt: {...prompt, choose}}
    const {data} = await runRunbook(deps, runInput({yes: false, rollback: 'ask', interrupts}))
    const menu = at.prompt.questions.find((question) => question.includes('Interrupted')) ?? ''
    expect(menu).not.toMatch(/roll/i)
    expect(summaryOf(data)).toBe('deploy did not help.')
  })
})
