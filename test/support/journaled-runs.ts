import type {RunEvent} from '../../src/domain/journal/events.js'
import type {JournaledEvent} from '../../src/domain/journal/journal-actions.js'
import type {ChangeEvent} from '../../src/domain/change/change-event.js'
import type {Journal} from '../../src/ports/journal.js'
import type {ShowRunDeps} from '../../src/usecases/runbook/show-run.js'
import {runRunbook} from '../../src/usecases/runbook/run-runbook.js'
import {EVENTS} from '../../src/render/words/en/events.js'
import {runInput, scene, type Scene} from './runbook-deps.js'

/** Reads, asks, changes, waits, tells. */
export const HEALING = `---
title: API down
services: [api]
inputs:
  service: {default: api}
  token: {secret: true, from: env:API_TOKEN}
resolved: {within: 5s, hold: 0s, every: 1s, all: [{health: api}]}
---
# API down
## Look
\`\`\`sh {diagnose id=logs}
faci logs
\`\`\`
## Restart
\`\`\`sh {mitigate id=restart}
faci restart "$service"
\`\`\`
## Recreate
\`\`\`sh {mitigate id=recreate}
faci down && faci up
\`\`\`
\`\`\`md {notify to=slack}
{{summary}}
\`\`\`
- [ ] Call the stakeholders
`

type Kinds = RunEvent | ChangeEvent

/** Both kinds of event are in the same folder: whoever reads it reads either. */
export function anyEvents(journal: Journal<RunEvent>): Journal<JournaledEvent> {
  return journal as unknown as Journal<JournaledEvent>
}

const RESTART: ChangeEvent = {
  kind: 'change.planned',
  plan: {
    ...{change: {kind: 'restart', services: ['api']}, command: ['docker', 'compose', 'restart', 'api'], project: 'x'},
    ...{
      files: [],
      endpoint: 'unix:///x',
      environment: 'development',
      production: false,
      services: [],
      images: [],
      differences: [],
    },
  },
}

export const RESTARTED: readonly ChangeEvent[] = [
  RESTART,
  {kind: 'change.ended', verdict: 'ok', reason: null, services: []},
]

/** The same, with these files kept before it. */
export function restartedKeeping(files: readonly string[]): readonly ChangeEvent[] {
  const [planned, ...rest] = RESTARTED
  return planned === undefined ? [] : [planned, {kind: 'evidence.kept', files, problems: []}, ...rest]
}

/** Writes a journal as a process would; `file` for an action that joined. */
export async function journaled(
  journal: Journal<RunEvent>,
  id: string,
  events: readonly Kinds[],
  file?: string,
): Promise<void> {
  const writer = await (journal as unknown as Journal<Kinds>).open(id, file)
  for (const event of events) await writer.append(event)
  await writer.close()
}

export function startedEvent(runId: string, over: Partial<Extract<RunEvent, {kind: 'run.started'}>> = {}): RunEvent {
  return {
    kind: 'run.started',
    elapsedSeconds: 0,
    runId,
    ...{runbook: 'api-down', title: 'API down', hash: 'sha256:1', service: 'shop', environment: 'development'},
    ...{project: 'x', operator: 'ana', mode: 'full', force: false, inputs: {}, secretInputs: [], directory: '/srv'},
    selection: {only: [], skip: [], from: null},
    ...over,
  }
}

export interface FinishedRun {
  readonly at: Scene
  readonly runId: string
  readonly deps: ShowRunDeps
}

/** A run that `restart` resolves, with an action that joined it. */
export async function resolvedRun(): Promise<FinishedRun> {
  const at = scene({
    runbook: HEALING,
    values: {API_TOKEN: 'hunter2-hunter2'},
    onScript: (now, {script}) => {
      if (script.includes('restart')) now.health = 200
      return {stdout: 'done'}
    },
  })
  const {data} = await runRunbook(at.deps, runInput())
  await journaled(at.journal, data.runId, RESTARTED, 'action-1')
  await journaled(at.journal, data.runId, [RESTART], 'action-2')
  return {at, runId: data.runId, deps: showDeps(at)}
}

export function showDeps({journal, leases, deps: {library}}: Scene): ShowRunDeps {
  return {journal, leases, library, words: EVENTS, actionJournal: anyEvents(journal)}
}
