import {describe, expect, it} from 'vitest'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {planRunbook} from '../../../../src/usecases/runbook/plan-runbook.js'
import {wordsFor} from '../../../../src/render/words/words.js'
import {aModel} from '../../../support/builders/compose-model.js'
import {runInput, scene, type SceneOptions} from '../../../support/runbook-deps.js'
import {reasonOf, reasonsOf, summaryOf} from '../../../support/told.js'
import {gateText} from '../../../../src/render/words/en/plan.js'

const RUNBOOK = `---
title: API down
severity: critical
services: [api]
inputs:
  service: {default: api, oneOf: [api, redis]}
  token: {secret: true, from: env:API_TOKEN}
resolved: {within: 5s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Look
\`\`\`sh {diagnose id=logs capture=log}
faci logs "$service"
\`\`\`
## Restart
\`\`\`sh {mitigate id=restart}
faci restart "$service"
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate confirm=always}
faci down && faci up
\`\`\`
## Tell
\`\`\`md {notify to=slack when=started}
{{summary}}
\`\`\`
\`\`\`md {notify to=slack}
The API is {{outcome}} after {{duration}}. {{summary}} {{service}}
\`\`\`
- [ ] Call the stakeholders
`
const VALUES = {API_TOKEN: 'hunter2-hunter2'}

function make(over: Partial<SceneOptions> = {}) {
  return scene({runbook: RUNBOOK, values: VALUES, ...over})
}

const heals = (text: string): Pick<SceneOptions, 'onScript'> => ({
  onScript: (at, {script}) => {
    if (script.includes(text)) at.health = 200
    return {stdout: `ran ${script.split('\n')[0] ?? ''}`}
  },
})

describe('a stopped API', () => {
  it('is diagnosed, restarted, proven healthy, told and journaled', async () => {
    const at = make(heals('restart'))
    const {verdict, data} = await runRunbook(at.deps, runInput())
    expect(verdict).toBe('ok')
    expect(data).toMatchObject({outcome: 'resolved', resolvedBy: 'restart', accept: null})
    expect(data.items.map(({id, outcome}) => `${id} ${outcome}`)).toEqual([
      'logs ok',
      'restart ok',
      'recreate skipped',
      'tell sent',
      'tell-2 sent',
      'tell-3 skipped',
    ])
    expect(at.notices.map(({state, body}) => `${state}: ${body}`)).toEqual([
      'started: ana is on it.',
      'resolved: The API is resolved after 2.0 s. restart resolved it after 2.0 s. api',
    ])
    expect(new Set(at.notices.map(({thread}) => thread))).toEqual(new Set([data.runId]))
    expect(at.leases.calls).toEqual(['take', 'recheck', 'release'])
    const kinds = at.journal.eventsOf(data.runId).map(({kind}) => kind)
    expect(kinds.slice(0, 3)).toEqual(['run.started', 'look', 'lease.taken'])
    expect(kinds.at(-1)).toBe('run.finished')
    expect(at.journal.keptIn(data.runId).get('runbook.md')).toBe(RUNBOOK)
    expect(at.journal.durable).toEqual(expect.arrayContaining(['block.started', 'block.finished', 'gate.answered']))
  })

  it('people who read Portuguese are told in it, with numbers as they write them', async () => {
    const runbook = RUNBOOK.replace('{{summary}} {{service}}', '{{summary}} ({{log}})')
    const at = make({
      runbook,
      onScript: (scene, {script}) => {
        if (script.includes('restart')) scene.health = 200
        return {stdout: '0.9973214053'}
      },
    })
    const input = runInput()
    await runRunbook(at.deps, {...input, place: {...input.place, words: wordsFor('pt-BR').run}})
    expect(at.notices.map(({body}) => body)).toEqual([
      'ana está cuidando disso.',
      'The API is resolvido after 2,0 s. restart resolveu após 2,0 s. (0,9973)',
    ])
    expect(at.notices[0]?.facts.map(({name}) => name)).toEqual(['Runbook', 'Execução'])
  })

  it('blocks get inputs, captures and their place in the run as variables, a diagnosis only the right to look', async () => {
    const at = make(heals('restart'))
    await runRunbook(at.deps, runInput({inputs: {service: 'redis'}}))
    const [logs, restart] = at.shell.commands.map(({environment}) => environment)
    expect(logs).toMatchObject({service: 'redis', token: 'hunter2-hunter2', FACI_READ_ONLY: '1'})
    expect(restart).toMatchObject({log: 'ran faci logs "$service"', FACI_READ_ONLY: '', FACI_CONFIG: '/srv/faci.yml'})
    expect(at.shell.commands.map(({mayJoin}) => mayJoin)).toEqual([false, true])
    expect(at.shell.commands[0]?.script).toContain('"$service"')
  })

  it('a secret input is in no event', async () => {
    const at = make(heals('restart'))
    const {data} = await runRunbook(at.deps, runInput())
    expect(JSON.stringify(at.journal.eventsOf(data.runId))).not.toContain('hunter2')
    expect(JSON.stringify(data)).not.toContain('hunter2')
    expect(at.deps.masker.mask('hunter2-hunter2')).toBe('***')
  })

  it('what removes containers is approved by its hash, after its evidence is kept', async () => {
    const at = make(heals('down'))
    const refused = await runRunbook(at.deps, runInput())
    expect(refused.verdict).toBe('refused')
    const {runId} = refused.data
    expect(refused.data.accept).toMatch(
      new RegExp(`^faci runbook resume ${runId} --yes --approve recreate@[0-9a-f]{32}$`),
    )
    // It was told before anything was waited for, with the command that begins approved.
    const told = at.progress.lines.findIndex((line) => line.includes('stops at the gate `recreate`'))
    expect(at.progress.lines[told + 1]).toMatch(/run: faci runbook api-down --yes --approve recreate@[0-9a-f]{32}$/)
    expect(told).toBeLessThan(at.progress.lines.findIndex((line) => line.includes('restart')))
    const approve = [/recreate@\w+/.exec(refused.data.accept ?? '')?.[0] ?? '']
    const {verdict, data} = await runRunbook(at.deps, runInput({approve}))
    expect(verdict).toBe('ok')
    expect(summaryOf(data)).toBe('restart did not help; recreate resolved it after 8.0 s.')
    expect(data.evidence).toHaveLength(2)
    expect(at.journal.keptIn(data.runId).get('recreate-x-api-1.log')).toBe('last words\n')
    const kinds = at.journal.eventsOf(data.runId).map(({kind}) => kind)
    expect(kinds.indexOf('evidence.kept')).toBeLessThan(kinds.lastIndexOf('block.started'))
  })

  it('an approval of something else is refused before anything runs', async () => {
    const at = make()
    await expect(runRunbook(at.deps, runInput({approve: [`recreate@${'0'.repeat(32)}`]}))).rejects.toMatchObject({
      code: 'refused',
    })
    await expect(runRunbook(at.deps, runInput({approve: ['recrate@000000000000']}))).rejects.toMatchObject({
      code: 'usage',
      suggestions: ['did you mean `recreate`?'],
    })
    expect(at.shell.commands).toEqual([])
  })

  it('nothing helps: bad, and people are told', async () => {
    const at = make({answers: ['y', 'recreate', 'n']})
    const {verdict, data} = await runRunbook(at.deps, runInput({yes: false}))
    expect(verdict).toBe('bad')
    expect(summaryOf(data)).toBe('restart did not help; recreate did not help.')
    expect(at.notices.at(-1)?.state).toBe('unresolved')
    expect(data.items.at(-1)).toMatchObject({outcome: 'notDone'})
  })
})

describe('a block that failed', () => {
  it.each([
    ['starting\n✖ no container of api\n  → faci status\n', 'exit 2: ✖ no container of api'],
    ['  → faci status\n', 'exit 2: → faci status'],
    ['\n', 'exit 2'],
  ])('is told by its last line that says what is wrong, not by what to type next: %j', async (stderr, reason) => {
    const failing = {exitCode: 2, stderr, ending: 'exited'} as const
    const at = make({answers: ['y', 'recreate', 'n'], onScript: () => failing})
    const {data} = await runRunbook(at.deps, runInput({yes: false}))
    expect(reasonOf(data.items.find(({outcome}) => outcome === 'failed'))).toBe(reason)
  })
})

describe('before anything runs', () => {
  it('everything missing is told together', async () => {
    const at = make({values: {}})
    const run = runRunbook(at.deps, runInput({inputs: {service: 'cache', servce: 'x'}}))
    await expect(run).rejects.toMatchObject({code: 'usage'})
    await expect(run).rejects.toThrow(/`servce`[\s\S]*`service` is `cache`[\s\S]*`token` is missing/)
  })

  it('a broken runbook is refused with file, line and column', async () => {
    const at = make({runbook: '## A\n```sh {diagnos}\ntrue\n```\n'})
    await expect(runRunbook(at.deps, runInput())).rejects.toThrow(
      'runbooks/api-down.md:2:8: there is no role `diagnos`',
    )
  })

  it('a script that bash does not understand is refused', async () => {
    const at = make({runbook: '## A\n```sh {diagnose}\nls (syntax error\n```\n'})
    await expect(runRunbook(at.deps, runInput())).rejects.toMatchObject({code: 'runbookInvalid'})
    expect(at.shell.commands).toEqual([])
  })

  it('an unknown health entry is refused with a suggestion', async () => {
    const at = make({runbook: RUNBOOK.replace('health: api', 'health: apy')})
    await expect(runRunbook(at.deps, runInput())).rejects.toMatchObject({suggestions: ['did you mean `api`?']})
  })

  it('a second run is told who holds the lock, and leaves no trace', async () => {
    const at = make()
    await at.deps.leases.take('x', {reason: 'runbook high-latency', runId: null})
    await expect(runRunbook(at.deps, runInput())).rejects.toMatchObject({code: 'locked'})
    expect(await at.journal.list(9)).toEqual([])
    expect(at.shell.commands).toEqual([])
  })

  it('production without a terminal wants its name, and says the accepted command', async () => {
    const at = make()
    const {verdict, data} = await runRunbook(at.deps, runInput({environment: 'production'}))
    expect(verdict).toBe('refused')
    expect(data.accept).toMatch(
      new RegExp(`^faci runbook resume ${data.runId} --yes --approve recreate@[0-9a-f]{32} --confirm production$`),
    )
    expect(at.leases.calls).toEqual([])
    expect(at.notices).toEqual([])
  })
})

describe('gates on a terminal', () => {
  it('show environment, inputs and the exact text, secrets by name only', async () => {
    const at = make({answers: ['q']})
    const {verdict} = await runRunbook(at.deps, runInput({yes: false}))
    expect(verdict).toBe('refused')
    expect(at.prompt.questions[0]).toContain('environment development · service=api token=(secret)')
    expect(at.prompt.questions[0]).toContain('│ faci restart "$service"')
    expect(at.shell.commands).toHaveLength(1)
  })

  it('carry the prose, the impact, the unmet conditions as last seen and the next rung', async () => {
    const prose = 'Most often the API hangs.'
    const runbook = RUNBOOK.replace('## Restart\n', `## Restart\n${prose}\n`)
    const at = make({runbook, answers: ['y', 'recreate', 'n']})
    await runRunbook(at.deps, runInput({yes: false}))
    const [first = '', second = ''] = at.prompt.questions
    expect(first).toContain(prose)
    expect(first).toMatch(/changes +api \(as the runbook says\)\n +no command that is known to remove containers/)
    expect(first).toMatch(/last seen +✖ health api: \S/)
    expect(first).toMatch(/no help\? +`recreate` comes next/)
    expect(second).toMatch(/removes containers: their logs and state are kept/)
    expect(second).toMatch(/no help\? +nothing: this is the last mitigation/)
    expect(second).not.toContain(prose)
  })

  it('hide a secret that would be broken over two lines', async () => {
    const runbook = RUNBOOK.replace('faci restart "$service"', `: ${'x'.repeat(66)} hunter2-hunter2 ${'y'.repeat(20)}`)
    const at = make({runbook, answers: ['q']})
    await runRunbook(at.deps, runInput({yes: false}))
    expect(at.prompt.questions[0]).toContain('↪')
    expect(at.prompt.questions[0]).not.toContain('hunter2')
  })

  it('confirm=always takes only the typed id of the block', async () => {
    const at = make({answers: ['y', 'y', 'recreate', 'n'], ...heals('down')})
    const {verdict} = await runRunbook(at.deps, runInput({yes: false}))
    expect(verdict).toBe('ok')
    expect(at.prompt.questions[1]).toMatch(/Type recreate to run it, or skip, or quit: $/)
    expect(at.prompt.questions[2]).toMatch(/^That was not recreate\. Type recreate to run it/)
  })

  it('in production every gate takes only the typed name of the environment, with --yes too', async () => {
    const at = make({answers: ['restart', 'production', 'production', 'n'], ...heals('down')})
    const {verdict} = await runRunbook(at.deps, runInput({environment: 'production'}))
    expect(verdict).toBe('ok')
    expect(at.prompt.questions).toHaveLength(4)
  })

  it.each([
    ['development', ['y', 'YES', 'recreate '], 1],
    ['production', ['y', 'Production'], 0],
  ])('a word in %s that is twice another one is a refusal', async (environment, answers, ran) => {
    const at = make({answers})
    const {verdict, data} = await runRunbook(at.deps, runInput({yes: false, environment}))
    expect([verdict, data.outcome]).toEqual(['refused', 'refused'])
    expect(reasonsOf(data)).toMatch(/was not typed at the gate of/)
    expect(at.shell.commands.filter(({script}) => /restart|down/.test(script))).toHaveLength(ran)
  })

  it('Ctrl-C at a gate is an interruption: nothing more runs, the lock is given back', async () => {
    const at = make({answers: []})
    const {verdict, data} = await runRunbook(at.deps, runInput({yes: false}))
    expect(verdict).toBe('interrupted')
    expect(at.shell.commands).toHaveLength(1)
    expect(at.leases.calls).toContain('release')
    expect(data.outcome).toBe('interrupted')
  })
})

describe('bad days', () => {
  it('an interruption in the middle of a block ends the run', async () => {
    const controller = new AbortController()
    const at = make({
      onScript: (_, {script}) => {
        if (script.includes('restart')) controller.abort()
        return {}
      },
    })
    const {verdict, data} = await runRunbook(
      at.deps,
      runInput({interrupts: {signal: controller.signal, onCtrlC: () => undefined}}),
    )
    expect(verdict).toBe('interrupted')
    expect(data.items[1]).toMatchObject({id: 'restart', outcome: 'aborted'})
    expect(at.journal.eventsOf(data.runId).at(-1)).toMatchObject({kind: 'run.finished', verdict: 'interrupted'})
    expect(at.leases.calls.at(-1)).toBe('release')
  })

  it('a lock that was lost stops the next mitigation', async () => {
    const at = make({
      onScript: (scene, {script}) => {
        if (script.includes('logs')) scene.leases.table.held.clear()
        return {}
      },
    })
    const {verdict, data} = await runRunbook(at.deps, runInput())
    expect(verdict).toBe('refused')
    expect(reasonsOf(data)).toBe('The lock on x is no longer ours')
    expect(data.accept).toBeNull()
    expect(at.shell.commands).toHaveLength(1)
  })

  it('an undelivered notice is exit 9, never a failed mitigation', async () => {
    const at = make({...heals('restart'), delivery: 'pending'})
    expect((await runRunbook(at.deps, runInput())).verdict).toBe('undelivered')
  })

  it('what a script writes to $FACI_OUTPUT never changes an input that was consented to', async () => {
    const at = make({
      onScript: (scene, {script}) => {
        if (script.includes('restart')) scene.health = 200
        return {outputs: {service: 'redis', found: 'yes'}}
      },
    })
    const {data} = await runRunbook(at.deps, runInput())
    expect(at.shell.commands.map(({environment: {service}}) => service)).toEqual(['api', 'api'])
    expect(at.shell.commands[1]?.environment['found']).toBeUndefined()
    expect(data.items[0]).toMatchObject({
      outcome: 'failed',
      reason: {why: 'captureIsInput', name: 'service'},
    })
  })

  it('what got well by itself while its mitigation was skipped was resolved by nothing', async () => {
    const at = make({...heals('logs'), answers: ['s', 'y']})
    const {verdict, data} = await runRunbook(at.deps, runInput({yes: false}))
    expect(verdict).toBe('ok')
    expect(data).toMatchObject({outcome: 'resolved', resolvedBy: null})
    expect(reasonOf(data.items.find(({id}) => id === 'recreate'))).toBe('resolved already')
  })

  it('a retry that would wait past the end of the run is not made', async () => {
    const runbook = RUNBOOK.replace('title:', 'timeout: 30s\ntitle:').replace(
      'id=restart',
      'id=restart retries=3 backoff=20s',
    )
    const at = make({runbook, onScript: (_, {script}) => ({exitCode: script.includes('restart') ? 1 : 0})})
    const {data} = await runRunbook(at.deps, runInput())
    expect(at.shell.commands.filter(({script}) => script.includes('restart'))).toHaveLength(2)
    expect(reasonOf(data.items.find(({id}) => id === 'restart'))).toBe(
      'it failed, and no time is left for another attempt',
    )
    expect(summaryOf(data)).toContain('restart failed')
    expect(at.clock.monotonicSeconds()).toBeLessThan(31)
  })

  it('a condition that cannot be seen stops before any change, says which, and still diagnoses', async () => {
    const runbook = RUNBOOK.replace('{health: api}', "{health: api}, {promql: 'sum(up)', expect: '>= 1'}")
    const at = make({runbook})
    at.health = 200
    const {verdict, data} = await runRunbook(at.deps, runInput())
    expect(verdict).toBe('unknown')
    expect(reasonsOf(data)).toContain('promql sum(up) (faci.yml has no `prometheus` section)')
    expect(at.shell.commands.map(({script}) => script)).toEqual(['faci logs "$service"'])
    expect(at.notices).toEqual([])
  })

  it('already resolved: diagnosed, exit 0, no lock, no notice', async () => {
    const at = make()
    at.health = 200
    const {verdict, data} = await runRunbook(at.deps, runInput())
    expect([verdict, data.outcome]).toEqual(['ok', 'alreadyResolved'])
    expect(at.shell.commands).toHaveLength(1)
    expect(at.leases.calls).toEqual([])
    expect(at.notices).toEqual([])
  })

  it('inside a block that may only look, only --diagnose runs', async () => {
    const at = make()
    await expect(runRunbook(at.deps, runInput({readOnly: true}))).rejects.toMatchObject({code: 'refused'})
    expect((await runRunbook(at.deps, runInput({readOnly: true, diagnose: true}))).data.outcome).toBe('diagnosed')
  })

  it('a long output is kept whole beside the journal', async () => {
    const at = make({onScript: () => ({stdout: 'line\n'.repeat(5000)})})
    const {data} = await runRunbook(at.deps, runInput({diagnose: true}))
    expect(data.items[0]?.output.length).toBeLessThan(4200)
    expect(at.journal.keptIn(data.runId).get('logs-1.out')?.length).toBe(24_999)
  })
})

describe('--dry-run', () => {
  it('tells environment, inputs, the exact text and the hashes, and runs nothing', async () => {
    const at = make()
    const compose = {
      ...{tool: () => Promise.reject(new Error('unused')), plan: () => Promise.reject(new Error('unused'))},
      ...{apply: () => Promise.reject(new Error('unused')), hashes: () => Promise.reject(new Error('unused'))},
      definitions: () => Promise.reject(new Error('unused')),
      sources: () => Promise.reject(new Error('unused')),
      foretell: () => Promise.reject(new Error('unused')),
      model: () => Promise.resolve(aModel(['apis'])),
    }
    const {verdict, data, warnings} = await planRunbook({...at.deps, compose}, runInput())
    expect(verdict).toBe('ok')
    expect(data).toMatchObject({environment: 'development', inputs: {service: 'api'}, secretInputs: ['token']})
    expect(data.items.map(({id, gate, hash}) => [id, gate && gateText(gate), hash === null])).toEqual([
      ['logs', null, true],
      ['restart', 'opened by --yes', false],
      ['recreate', 'refused: `recreate` needs --approve', false],
      ['tell', null, true],
      ['tell-2', null, true],
      ['tell-3', null, true],
    ])
    expect(warnings).toEqual(['runbooks/api-down.md: the Compose file has no service `api`: did you mean `apis`?'])
    expect(at.shell.commands).toEqual([])
    expect(at.leases.calls).toEqual([])
    expect(await at.journal.list(9)).toEqual([])
  })

  it('a hash changes with the inputs and with any text of the runbook', async () => {
    const hashes = async (runbook: string, service: string): Promise<readonly (string | null)[]> => {
      const at = make({runbook})
      const compose = {model: () => Promise.resolve({services: ['api'], profiled: []})}
      const {data} = await planRunbook({...at.deps, compose: compose as never}, runInput({inputs: {service}}))
      return data.items.map(({hash}) => hash)
    }
    const base = await hashes(RUNBOOK, 'api')
    expect(await hashes(RUNBOOK, 'api')).toEqual(base)
    expect((await hashes(RUNBOOK, 'redis'))[1]).not.toBe(base[1])
    const changed = await hashes(RUNBOOK.replace('down &&', 'down -v &&'), 'api')
    expect([changed[1] === base[1], changed[2] === base[2]]).toEqual([false, false])
  })
})

describe('the silences of a run', () => {
  it('are kept from when it may change something until it may no longer, and what became of them is told', async () => {
    const at = make(heals('restart'))
    const calls: string[] = []
    const runSilences = {
      keep: (runId: string) => {
        calls.push(`keep ${runId}`)
        return () => {
          calls.push(`end, lease ${at.leases.calls.includes('release') ? 'given back' : 'held'}`)
          return Promise.resolve({ended: 2, problem: 'Alertmanager is away'})
        }
      },
    }
    const {verdict, data} = await runRunbook({...at.deps, runSilences}, runInput())
    expect(verdict).toBe('ok')
    expect(calls).toEqual([`keep ${data.runId}`, 'end, lease held'])
    expect(at.progress.lines).toContain('say 2 silences of this run have ended')
    expect(at.progress.lines.join()).toContain('ends by itself within 5 minutes: Alertmanager is away')
  })

  it('are nobody’s business in a run that only looks', async () => {
    const at = make()
    const runSilences = {keep: () => () => Promise.reject(new Error('there is nothing to end'))}
    await runRunbook({...at.deps, runSilences}, runInput({diagnose: true}))
    expect(at.leases.calls).toEqual([])
  })
})
