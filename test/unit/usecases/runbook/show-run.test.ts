import {describe, expect, it} from 'vitest'
import type {RunEvent} from '../../../../src/domain/journal/events.js'
import {transcriptIn} from '../../../../src/render/markdown/transcript.js'
import {runRecordText} from '../../../../src/render/runbook/run-record.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import {ENGLISH, wordsFor} from '../../../../src/render/words/words.js'
import {runRunbook} from '../../../../src/usecases/runbook/run-runbook.js'
import {showRun} from '../../../../src/usecases/runbook/show-run.js'
import {foreignIn} from '../../../support/english-words.js'
import {fakeJournal} from '../../../support/fakes/journal.js'
import {anyEvents, HEALING, journaled, resolvedRun, showDeps, startedEvent} from '../../../support/journaled-runs.js'
import {runInput, scene} from '../../../support/runbook-deps.js'

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const VALUES = {API_TOKEN: 'hunter2-hunter2'}

async function died(events: readonly RunEvent[], source: string | null = HEALING) {
  const at = scene({runbook: HEALING, values: VALUES})
  await journaled(at.journal, ID, [startedEvent(ID), ...events])
  if (source !== null) await (await at.journal.open(ID)).keep('runbook.md', source)
  at.journal.abandon(ID)
  return {at, deps: showDeps(at)}
}

describe('a run shown from its journal', () => {
  it('is the report that the run itself gave', async () => {
    const at = scene({
      runbook: HEALING,
      values: VALUES,
      onScript: (now, {script}) => {
        if (script.includes('restart')) now.health = 200
        return {stdout: 'done'}
      },
    })
    const {data: own} = await runRunbook(at.deps, runInput())
    const {verdict, data, warnings} = await showRun(showDeps(at), {run: own.runId})
    const {record, ...report} = data
    expect(report).toEqual(own)
    expect({verdict, warnings}).toEqual({verdict: 'ok', warnings: []})
    expect(record).toMatchObject({status: 'finished', verdict: 'ok', by: 'ana@laptop', secretInputs: ['token']})
  })

  it('is the same picture with a timeline and those who joined', async () => {
    const {deps, runId} = await resolvedRun()
    const text = runRecordText(await showRun(deps, {run: runId}), PLAIN)
    expect(text).toMatch(/^✔ API down resolved by restart after /)
    for (const part of [
      'Started 2026-01-01 00:00:00 UTC by ana@laptop in development, project x',
      'faci restart api  ana@laptop  ✔ done',
      'faci restart api  ana@laptop  no end recorded',
      'ana started api-down',
      'lock taken',
      'gate of restart: yes (--yes)',
      'restart ok after ',
      'after restart: resolved holds',
      'recreate skipped: resolved by `restart`',
      'to slack: delivered',
      'ended resolved: restart resolved it after',
    ])
      expect(text).toContain(part)
  })

  it('is a whole document for the ticket, without secrets', async () => {
    const {deps, runId} = await resolvedRun()
    const text = transcriptIn(ENGLISH)(await showRun(deps, {run: runId}), PLAIN)
    for (const part of [
      '# API down\n',
      '| Outcome | resolved (ok) |',
      '| Started | 2026-01-01 00:00:00 UTC |',
      '| By | ana@laptop |',
      '| Project | x, in /srv |',
      '| Secret inputs | token=(secret) |',
      'Gate, 2026-01-01 00:00:00 UTC: gate of restart: yes (--yes), by ana@laptop',
      '```sh\nfaci restart "$service"\n```',
      '```text\ndone\n```',
      '## Commands that joined the run\n\n- 2026-01-01 00:00:00 UTC `faci restart api` by ana@laptop: ok',
      '## Timeline\n\n| when | since the start | what |',
      '- true: health api',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('hunter2')
  })

  it('is wholly in the language of those who read notices, but for what others wrote', async () => {
    const {deps, runId} = await resolvedRun()
    const words = wordsFor('pt-BR')
    const text = transcriptIn(words)(await showRun({...deps, words: words.events}, {run: runId}), PLAIN)
    for (const part of [
      '| Resultado | resolvido (ok) |',
      '| Entradas secretas | token=(secreto) |',
      'Aprovação, 2026-01-01 00:00:00 UTC: aprovação de restart: aprovado (--yes), por ana@laptop',
      '## Linha do tempo\n\n| quando | desde o início | o quê |',
      '- atendida: health api (saudável)',
    ])
      expect(text).toContain(part)
    const own = text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/API down|api-down|Call the stakeholders/g, '')
    expect(foreignIn(own)).toEqual([])
  })

  it('says of a run that died that no end was recorded', async () => {
    const {deps} = await died([{kind: 'block.started', id: 'restart', attempt: 1, elapsedSeconds: 3}])
    const shown = await showRun(deps, {run: ID})
    expect(shown.data).toMatchObject({outcome: 'interrupted', durationSeconds: 3, record: {status: 'interrupted'}})
    expect(shown.data.record).toMatchObject({endedAt: null, verdict: null})
    expect(runRecordText(shown, PLAIN)).toMatch(/^■ API down was interrupted after 3\.00 s\n.*no end was recorded/)
    expect(transcriptIn(ENGLISH)(shown, PLAIN)).toContain('| Ended | no end recorded |')
  })

  it('works while the run goes on', async () => {
    const {at, deps} = await died([{kind: 'lease.taken', takenFrom: null, elapsedSeconds: 1}])
    await at.leases.take('x', {reason: 'runbook api-down', runId: ID})
    const shown = await showRun(deps, {run: 'last'})
    expect(shown.data).toMatchObject({outcome: 'unknown', record: {status: 'running'}})
    expect(runRecordText(shown, PLAIN)).toMatch(/^\? API down is still running after 1\.00 s/)
    expect(transcriptIn(ENGLISH)(shown, PLAIN)).toContain('| Ended | still running |')
  })

  it.each([
    ['---\nwhat: 1\n---\n# Broken', /cannot be read any more \(line 2: .*what/],
    [null, /is gone/],
  ])('shows the events when the copy of the runbook does not help: %j', async (source, said) => {
    const grounds = {why: 'typedReason', text: 'up'} as const
    const takenFrom = {why: 'takenOver', from: 'bo@desk', purpose: 'runbook down', grounds} as const
    const {deps} = await died([{kind: 'lease.taken', takenFrom, elapsedSeconds: 1}], source)
    const shown = await showRun(deps, {run: ID})
    expect(shown.warnings).toEqual([expect.stringMatching(said)])
    expect(shown.data).toMatchObject({title: 'API down', items: []})
    expect(runRecordText(shown, PLAIN)).toContain('lock taken: over from bo@desk (runbook down): up')
  })

  it('shows a run whole whose runbook would only be refused today', async () => {
    const source =
      '---\ninputs: {http_proxy: {fromAlert: true}}\n---\n# Old\n## A\n```sh {diagnose id=a}\necho "b=$(id)" >> "$FACI_OUTPUT"\n```\n'
    const {deps} = await died([{kind: 'lease.taken', takenFrom: null, elapsedSeconds: 1}], source)
    const shown = await showRun(deps, {run: ID})
    expect(shown.warnings ?? []).toEqual([])
    expect(shown.data).toMatchObject({items: [{id: 'a'}]})
  })

  it('says when the journal is torn', async () => {
    const journal = fakeJournal<RunEvent>()
    await journaled(journal, ID, [startedEvent(ID)])
    const torn = {...journal, read: async (id: string) => ({...(await journal.read(id)), torn: 2})}
    const {deps} = await died([])
    const shown = await showRun({...deps, journal: torn, actionJournal: anyEvents(torn)}, {run: ID})
    expect(shown.warnings?.[0]).toBe('2 lines of its journal cannot be read: what is shown is incomplete')
    expect(transcriptIn(ENGLISH)(shown, PLAIN)).toContain('| Incomplete | 2 lines of the journal cannot be read |')
  })
})
