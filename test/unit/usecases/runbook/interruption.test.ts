import {describe, expect, it} from 'vitest'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {runInput, type Scene, scene} from '../../../support/runbook-deps.js'
import {summaryOf} from '../../../support/told.js'

const RUNBOOK = `---
title: API down
resolved: {within: 2s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Deploy
\`\`\`sh {mitigate id=deploy}
deploy
\`\`\`
\`\`\`sh {rollback id=undeploy of=deploy}
undeploy
\`\`\`
## Scale
\`\`\`sh {mitigate id=scale}
scale
\`\`\`
`

interface Played {
  readonly at: Scene
  readonly ran: readonly string[]
  readonly verdict: string
  readonly kinds: readonly string[]
}

/** Presses Ctrl-C, or sends TERM, while `deploy` runs. */
async function play(
  answers: readonly string[] | null,
  how: 'ctrl-c' | 'term',
  rollback: 'ask' | 'always',
): Promise<Played> {
  const controller = new AbortController()
  let ctrlC: () => void = () => controller.abort()
  const at = scene({
    runbook: RUNBOOK,
    answers,
    onScript: (made, {script}) => {
      if (script.startsWith('undeploy')) made.health = 200
      if (!script.startsWith('deploy')) return {}
      if (how === 'term') controller.abort()
      else ctrlC()
      return {}
    },
  })
  const onCtrlC = (handler: () => void): void => {
    ctrlC = handler
  }
  const input = runInput({rollback, interrupts: {signal: controller.signal, onCtrlC}})
  const {verdict, data} = await runRunbook(at.deps, input)
  const ran = at.shell.commands.map(({script}) => script.trim())
  return {at, ran, verdict, kinds: at.journal.eventsOf(data.runId).map(({kind}) => kind)}
}

describe('Ctrl-C at a terminal', () => {
  it('asks; roll back undoes what was started and proves it', async () => {
    const {at, ran, verdict, kinds} = await play(['r'], 'ctrl-c', 'ask')
    expect(ran).toEqual(['deploy', 'undeploy'])
    expect(verdict).toBe('rolledBack')
    expect(kinds).toContain('run.aborted')
    expect(at.prompt.questions[0]).toMatch(/Interrupted.*undeploy.*In 10 s: roll back/s)
    expect(at.leases.calls.at(-1)).toBe('release')
  })

  it('continue goes on as if nothing had happened', async () => {
    const {ran, kinds} = await play(['c', 'k'], 'ctrl-c', 'ask')
    expect(ran).toEqual(['deploy', 'scale'])
    expect(kinds).not.toContain('run.aborted')
    expect(kinds).not.toContain('run.interrupted')
  })

  it('quit ends it at once, journaled, without undoing anything, whatever was said beforehand', async () => {
    const {ran, verdict, kinds} = await play(['q'], 'ctrl-c', 'always')
    expect(ran).toEqual(['deploy'])
    expect(verdict).toBe('interrupted')
    expect(kinds.slice(-1)).toEqual(['run.finished'])
    expect(kinds).toContain('run.interrupted')
  })

  it('a second Ctrl-C, at the menu, quits', async () => {
    const {ran, verdict} = await play([], 'ctrl-c', 'ask')
    expect(ran).toEqual(['deploy'])
    expect(verdict).toBe('interrupted')
  })

  it('at a gate asks what it means, and asks the gate again', async () => {
    const at = scene({runbook: RUNBOOK, answers: ['ctrl-c', 'c', 'y', 's', 'k']})
    const {prompt} = at.deps
    const choose: typeof prompt.choose = async (...words) => {
      const answer = await prompt.choose(...words)
      if (answer !== 'ctrl-c') return answer
      const {FaciError} = await import('../../../../src/domain/errors.js')
      throw new FaciError('interrupted', 'Ctrl-C')
    }
    const deps = {...at.deps, prompt: {...prompt, choose}}
    const {data} = await runRunbook(deps, runInput({yes: false, rollback: 'ask'}))
    expect(at.shell.commands.map(({script}) => script.trim())).toEqual(['deploy'])
    expect(at.prompt.questions.filter((question) => question.includes('Run it?'))).toHaveLength(3)
    expect(data.outcome).toBe('unresolved')
  })
})

describe('TERM', () => {
  it('ends the run, and undoes only what was said to be undone', async () => {
    expect(await play(null, 'term', 'always')).toMatchObject({ran: ['deploy', 'undeploy'], verdict: 'interrupted'})
    expect(await play([], 'term', 'ask')).toMatchObject({ran: ['deploy'], verdict: 'interrupted'})
  })
})

describe('--rollback', () => {
  it('must be said where nobody can be asked, before anything runs', async () => {
    const at = scene({runbook: RUNBOOK})
    await expect(runRunbook(at.deps, runInput())).rejects.toMatchObject({
      code: 'refused',
      suggestions: [expect.stringContaining('--rollback always'), expect.stringContaining('--rollback never')],
    })
    expect(at.shell.commands).toEqual([])
    expect(await at.journal.list(1)).toEqual([])
  })

  it('always: 7 when what was done is undone and it is healthy, with the right to change things', async () => {
    const at = scene({
      runbook: RUNBOOK,
      onScript: (made, {script}) => {
        if (script.startsWith('undeploy')) made.health = 200
        return {}
      },
    })
    const {verdict, data} = await runRunbook(at.deps, runInput({rollback: 'always'}))
    expect([verdict, data.outcome]).toEqual(['rolledBack', 'rolledBack'])
    expect(summaryOf(data)).toBe('deploy did not help; scale did not help; deploy was undone.')
    expect(at.shell.commands.at(-1)?.environment).toMatchObject({FACI_READ_ONLY: ''})
    expect(at.shell.commands.at(-1)?.mayJoin).toBe(true)
    expect(at.leases.calls.filter((call) => call === 'recheck')).toHaveLength(3)
  })

  it('a lock that was lost cannot undo anything: 8', async () => {
    const at = scene({
      runbook: RUNBOOK,
      onScript: (made, {script}) => {
        if (script.startsWith('scale')) made.leases.table.held.clear()
        return {}
      },
    })
    const {verdict, data} = await runRunbook(at.deps, runInput({rollback: 'always'}))
    expect(verdict).toBe('rollbackFailed')
    expect(data.items.find(({id}) => id === 'undeploy')).toMatchObject({outcome: 'failed'})
  })
})

describe('what is shown before it is agreed to', () => {
  const long = `undeploy ${'x'.repeat(300)} the-end`
  const body = `echo first\n${long}`
  const runbook = RUNBOOK.replace('undeploy\n', `${body}\n`).replace('## Deploy\n', '## Deploy\nDeploys again.\n')

  async function asked(answers: readonly string[], step: boolean): Promise<readonly string[]> {
    const at = scene({runbook, answers, onScript: () => ({})})
    await runRunbook(at.deps, runInput({yes: false, rollback: 'ask', step}))
    return at.prompt.questions
  }

  it('a rollback that is asked about shows all of what it would run', async () => {
    const questions = await asked(['y', 'y', 'k'], false)
    const question = questions.at(-1) ?? ''
    expect(question).toMatch(
      /It is not resolved\..*undeploy · rollback.*2 lines, 1 of them longer.*│ echo first.*Undo it\?$/s,
    )
    expect(question.replaceAll(/\n {4}↪ /g, '')).toContain(`│ ${long}`)
  })

  it('--step shows each block once, with the prose of its step: a mitigation at its gate, a rollback where it is asked about', async () => {
    const questions = await asked(['y', 'y', 'r'], true)
    const ids = questions.map((question) => /(\S+) · (\S+) ·/.exec(question)?.[1])
    expect(ids).toEqual(['deploy', 'scale', 'undeploy'])
    expect(questions[0]).toContain('Deploys again.')
  })
})
