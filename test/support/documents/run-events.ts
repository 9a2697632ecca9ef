import {FaciError} from '../../../src/domain/errors.js'
import type {RunEvent} from '../../../src/domain/journal/events.js'
import type {Notice, NoticeDelivery} from '../../../src/domain/notices/notice.js'
import type {RunEventDocument} from '../../../src/render/json/documents.js'
import {runEventLine} from '../../../src/render/json/envelope.js'
import {resumeRun} from '../../../src/usecases/runbook/resume-run.js'
import {runRunbook} from '../../../src/usecases/runbook/run-runbook.js'
import {runInput, type Scene, scene, type SceneOptions} from '../runbook-deps.js'
import {NOW} from './stack.js'

const RUNBOOK = `---
inputs: {service: {default: api}, token: {secret: true, from: 'env:API_TOKEN'}}
resolved: {within: 1s, hold: 0s, every: 1s, all: [{health: api}]}
---
## Look
\`\`\`sh {diagnose id=look retries=1 capture=seen}
look
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate}
faci down && faci up
\`\`\`
\`\`\`sh {verify id=check within=1s every=1s}
check
\`\`\`
\`\`\`sh {rollback id=undo of=recreate}
undo
\`\`\`
\`\`\`md {notify to=slack}
{{summary}}
\`\`\`
- [ ] Call the stakeholders
`

type Over = Partial<Omit<SceneOptions, 'runbook'>>
type InputOver = Parameters<typeof runInput>[0]

function made(over: Over): Scene {
  return scene({runbook: RUNBOOK, values: {API_TOKEN: 'hunter2-hunter2'}, ...over})
}

async function eventsOf(at: Scene, over: InputOver): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = []
  await runRunbook(at.deps, runInput({rollback: 'ask', ...over, onEvent: (_, event) => events.push(event)}))
  return events
}

/** A run that fails, is asked about at every turn, and is rolled back. */
function rolledBack(): Promise<readonly RunEvent[]> {
  const answers = ['r', 'y', 'r', 'r', 'r', 'r', 'n']
  const failing = made({answers, onScript: (_, {script}) => (script.startsWith('look') ? {exitCode: 1} : {})})
  const notify = ({id, channel, title}: Notice): Promise<NoticeDelivery> =>
    Promise.resolve({id, channel, title, status: 'pending', reason: {why: 'unreachable', service: 'Slack', code: null}})
  return eventsOf({...failing, deps: {...failing.deps, notify}}, {yes: false, step: true})
}

/** Ctrl-C, then "roll back". */
async function aborted(): Promise<readonly RunEvent[]> {
  let ctrlC: () => void = () => undefined
  const onCtrlC = (handler: () => void): void => {
    ctrlC = handler
  }
  const at = made({
    answers: ['r', 'n'],
    onScript: (_, {script}) => {
      if (script.includes('down')) ctrlC()
      return {}
    },
  })
  return eventsOf(at, {interrupts: {signal: new AbortController().signal, onCtrlC}})
}

/** TERM, then it goes on, with the lock of a holder that is gone. */
async function resumed(): Promise<readonly RunEvent[]> {
  const controller = new AbortController()
  const at = made({
    onScript: (scene_, {script}) => {
      if (script.includes('down')) controller.abort()
      if (script.startsWith('check')) scene_.health = 200
      return {}
    },
  })
  const never = {
    rollback: 'never',
    incident: '01K00000000000000000000001',
    selection: {only: [], skip: [], from: 'look'},
  } as const
  const before = await eventsOf(at, {...never, interrupts: {signal: controller.signal, onCtrlC: () => undefined}})
  await at.deps.leases.take('x', {reason: 'a run that died', runId: null})
  at.leases.abandon('x', 'its process no longer runs')
  const events: RunEvent[] = []
  const input = runInput({rollback: 'never', takeover: 'it is gone', onEvent: (_, event) => events.push(event)})
  await resumeRun(
    {...at.deps, showFound: () => undefined, showChange: () => Promise.resolve()},
    {...input, runId: null},
  )
  return [...before, ...events]
}

/** A part of the runbook, where no evidence can be had. */
function partly(): Promise<readonly RunEvent[]> {
  const at = made({})
  const containers = (): Promise<never> => Promise.reject(new FaciError('unreachable', 'Docker cannot be reached'))
  const blind: Scene = {...at, deps: {...at.deps, engine: {...at.deps.engine, containers}}}
  return eventsOf(blind, {
    rollback: 'never',
    incident: '01K00000000000000000000001',
    selection: {only: ['recreate'], skip: ['check'], from: null},
  })
}

export async function runEventDocuments(): Promise<readonly RunEventDocument[]> {
  const runs = await Promise.all([rolledBack(), aborted(), resumed(), partly()])
  return runs.flat().map((event) => runEventLine('01K00000000000000000000000', event, NOW))
}
