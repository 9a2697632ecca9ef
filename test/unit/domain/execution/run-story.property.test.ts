import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {exitCodeOfVerdict} from '../../../../src/cli/process/exit-codes.js'
import type {BlockOutcome, RunEvent} from '../../../../src/domain/journal/events.js'
import type {RunOutcome} from '../../../../src/domain/journal/run-outcome.js'
import {reconstructRun} from '../../../../src/domain/execution/reconstruct-run.js'
import {glimpseRun} from '../../../../src/domain/execution/run-list.js'
import {reduceRun} from '../../../../src/domain/execution/run-state.js'
import {deedsOf} from '../../../../src/domain/execution/deeds.js'
import {RUN} from '../../../../src/render/words/en/run.js'
import {wordsFor} from '../../../../src/render/words/words.js'
import type {ConditionState} from '../../../../src/domain/condition-state.js'
import {foreignIn} from '../../../support/english-words.js'
import {play, type Scenario, scenario} from '../../../support/random-run.js'
import {startedEvent} from '../../../support/journaled-runs.js'

const RUNS = 300
const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

type Finished = Extract<RunEvent, {kind: 'run.finished'}>

/** The values, and then the last of them again and again. */
function of<T>(...values: readonly [T, ...T[]]): fc.Stream<T> {
  function* endless(): Generator<T> {
    yield* values
    // As long as somebody asks.
    for (;;) yield values.at(-1) ?? values[0]
  }
  return fc.stream(endless())
}

/** Everything that a run tells of itself afterwards. */
function told(made: Parameters<typeof play>[0], force: boolean) {
  const {plan, run} = play(made, force)
  const started = startedEvent(ID, {force, mode: plan.mode}) as Extract<RunEvent, {kind: 'run.started'}>
  const events = [started, ...run.events].map((event) => ({at: '2026-11-28T03:00:00.000Z', by: 'ana@vm', ...event}))
  const finished = run.events.at(-1) as Finished & RunEvent
  const deeds = deedsOf(plan, reduceRun(run.events), run.conclusion)
  const summary = RUN.summary(deeds, run.conclusion.reason)
  const listed = glimpseRun(ID, {first: events[0] ?? null, last: events})
  const transcript = reconstructRun(
    {
      started,
      status: 'finished',
      events: events.map((event) => (event === events.at(-1) ? {...event, deeds} : event)),
    },
    plan.runbook,
  )
  return {plan, run, finished, summary, listed, transcript, state: reduceRun(run.events)}
}

function check(holds: (story: ReturnType<typeof told>) => void): void {
  fc.assert(
    fc.property(scenario, fc.boolean(), (made, force) => {
      holds(told(made, force))
    }),
    {numRuns: RUNS},
  )
}

const EXITS: Readonly<Record<RunOutcome, readonly number[]>> = {
  resolved: [0, 4, 9],
  alreadyResolved: [0, 4, 9],
  rolledBack: [7],
  rollbackFailed: [8],
  unresolved: [3, 4],
  unknown: [4],
  refused: [5],
  interrupted: [130],
  diagnosed: [0, 3, 4, 9],
}

/** The blocks that did something, by the journal; of one that was cut off it is not known. */
function ranIn(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    const isEnd = event.kind === 'block.finished' || event.kind === 'block.retried'
    return isEnd && event.outcome !== 'notStarted' ? [event.id] : []
  })
}

describe('whatever happens in a run', () => {
  it('the list, the transcript and the exit code tell the same of it', () => {
    check(({run: {conclusion}, finished, listed, transcript}) => {
      const {outcome, verdict, resolvedBy, reason} = conclusion
      expect(finished).toMatchObject({outcome, verdict})
      expect(listed).toMatchObject({outcome, verdict, resolvedBy, finished: true})
      expect(transcript).toMatchObject({outcome, resolvedBy, reason})
      expect(listed?.durationSeconds).toBe(transcript.durationSeconds)
      expect(EXITS[outcome]).toContain(exitCodeOfVerdict(verdict))
    })
  })

  it('its outcome is what was seen last, told from the events alone', () => {
    check(({plan, run: {conclusion, events}}) => {
      const {outcome} = conclusion
      const last = events.findLast((event) => event.kind === 'look')
      const isSeen = last?.state === 'true'
      if (outcome === 'resolved' || outcome === 'alreadyResolved') expect(last?.state).toBe('true')
      if (outcome === 'unresolved') expect(isSeen).toBe(false)
      const mitigations = plan.flow.flatMap((node) => (node.kind === 'look' ? [node.of.id] : []))
      if (outcome === 'alreadyResolved') expect(ranIn(events).filter((id) => mitigations.includes(id))).toEqual([])
    })
  })

  it('a verify that a resumed run skips again opens nothing that was decided', () => {
    const seconds = [
      13, 40, 26, 7, 9, 7, 36, 23, 31, 16, 1, 33, 26, 1, 28, 9, 9, 22, 33, 3, 29, 39, 36, 18, 26, 5, 38,
    ] as const
    const made: Scenario = {
      ...{kinds: ['mitigate', 'verify', 'destroy', 'notify', 'task', 'notify', 'destroy'], hold: 1, resumes: 2},
      ...{
        looks: of<ConditionState>('unknown', 'false', 'unknown', 'false', 'true', 'true', 'true', 'false'),
        gates: of('yes'),
      },
      ...{runs: of<BlockOutcome>('unknown'), steps: of('run'), seconds: of(...seconds)},
      ...{attended: true, yes: false, diagnose: false, rollback: 'ask', undo: true, step: false, delivered: false},
      ...{abortAt: 21, interruptAt: 25, journalLostAt: 28, interruptedEarly: false},
    }
    const {run} = told(made, true)
    expect(run.conclusion).toMatchObject({outcome: 'resolved', resolvedBy: 'b2'})
    expect(run.events.findLast((event) => event.kind === 'look')).toMatchObject({after: 'b2', state: 'true'})
  })

  it('a mitigation that a resumed run skips because another one resolved it is not looked at', () => {
    const looks = of<ConditionState>('unknown', 'false', 'false', 'unknown', 'false', 'true', 'true', 'false')
    const made: Scenario = {
      ...{kinds: ['notify', 'mitigate', 'mitigate', 'destroy', 'mitigate', 'rollback', 'verify', 'task'], looks},
      ...{runs: of<BlockOutcome>('unknown', 'notStarted', 'ok'), gates: of('yes'), steps: of('skip', 'rest')},
      ...{
        seconds: of(25, 31, 3, 14, 5, 33, 13, 12, 32, 37, 0, 13, 37, 26, 23, 5, 1, 31, 18, 22, 35, 2, 27, 8, 9, 37, 39),
      },
      ...{attended: false, yes: true, hold: 1, resumes: 2, diagnose: false, rollback: 'ask', undo: true, step: true},
      ...{abortAt: 6, interruptAt: 28, journalLostAt: 0, delivered: true, interruptedEarly: false},
    }
    const {run} = told(made, false)
    expect(run.conclusion).toMatchObject({outcome: 'resolved', resolvedBy: 'b2'})
    expect(run.events.findLast((event) => event.kind === 'look')).toMatchObject({after: 'b2', state: 'true'})
  })

  it('what resolved it ran, and was looked at last', () => {
    check(({run: {conclusion, events}}) => {
      const {outcome, resolvedBy} = conclusion
      if (resolvedBy === null) return
      expect(outcome).toBe('resolved')
      expect(ranIn(events)).toContain(resolvedBy)
      const last = events.findLast((event) => event.kind === 'look')
      // A run that is taken up again looks first, and finds that the last mitigation helped.
      const isResumed = events.some(({kind}) => kind === 'run.resumed')
      expect(isResumed && last?.after === null ? resolvedBy : last?.after).toBe(resolvedBy)
    })
  })

  it('what people were told last of how it ended is how it ended', () => {
    check(({run: {actions, conclusion, events}}) => {
      const since = events.findLastIndex(({kind}) => kind === 'run.resumed')
      const sent = events.findLastIndex((event) => event.kind === 'notice.sent' && event.closing)
      if (sent <= since) return
      const last = actions.findLast((action) => action.kind === 'notify' && action.conclusion !== null)
      const notice = last?.kind === 'notify' ? last.conclusion : null
      expect(notice?.outcome).toBe(conclusion.outcome)
      expect(notice?.resolvedBy).toBe(conclusion.resolvedBy)
    })
  })

  it('who quits before the second closing notice changes nothing of what the first one told, and sends it not', () => {
    const made: Scenario = {
      ...{kinds: ['mitigate', 'notify', 'notify'], looks: of<ConditionState>('true'), runs: of<BlockOutcome>('ok')},
      ...{steps: of('run', 'run', 'quit'), gates: of('yes'), seconds: of(1), attended: false, yes: true, hold: 1},
      ...{resumes: 0, diagnose: false, rollback: 'ask', undo: true, step: true, abortAt: -1, interruptAt: -1},
      ...{journalLostAt: -1, delivered: true, interruptedEarly: false},
    }
    const {run} = told(made, true)
    expect(run.conclusion).toMatchObject({outcome: 'resolved', resolvedBy: 'b0'})
    expect(run.events.filter(({kind}) => kind === 'notice.sent')).toHaveLength(1)
    expect(run.events.findLast(({kind}) => kind === 'block.skipped')).toMatchObject({reason: {why: 'operatorSaidSo'}})
  })

  it('whoever was told that somebody is on it is told how it ended', () => {
    check(({plan, run: {events}}) => {
      const told = events.filter((event) => event.kind === 'notice.sent')
      if (told.length > 0 && !plan.step) expect(told.at(-1)).toMatchObject({closing: true})
    })
  })

  it('a mitigation "did not help" only when that was seen, and "resolved it" only when it ran', () => {
    check(({plan, summary, state, run: {events}}) => {
      for (const [, id = ''] of summary.matchAll(/(b\d+) did not help/g)) {
        const looks = events.filter((event) => event.kind === 'look' && event.after === id)
        expect(looks.at(-1)).toMatchObject({state: 'false'})
      }
      for (const [, id = ''] of summary.matchAll(/(b\d+) resolved it/g)) {
        expect(state.items.get(id)?.attempts).toBeGreaterThan(0)
        expect(events.findLast((event) => event.kind === 'look')).toMatchObject({state: 'true'})
      }
      const ran = events.some(
        (event) =>
          event.kind === 'block.finished' &&
          plan.flow.some((node) => node.kind === 'look' && node.of.id === event.id) &&
          event.outcome !== 'notStarted',
      )
      if (ran) expect(summary).not.toContain('nothing was changed')
    })
  })

  it('a notice in Portuguese has no English reason and no raw float', () => {
    const words = wordsFor('pt-BR').run
    check(({plan, state, run: {conclusion}}) => {
      const summary = words.summary(deedsOf(plan, state, conclusion), conclusion.reason)
      expect({summary, foreign: foreignIn(summary)}).toEqual({summary, foreign: []})
      expect(foreignIn(`${words.outcome(conclusion.outcome)} ${words.started('ana')}`)).toEqual([])
    })
  })

  it('the time of a resolved run ends where it was seen to be resolved, however long its checklist waited', () => {
    check(({transcript, run: {events}}) => {
      if (transcript.outcome !== 'resolved') return
      const last = events.findLast((event) => event.kind === 'look')
      expect(transcript.durationSeconds).toBe(last?.elapsedSeconds)
    })
  })
})
