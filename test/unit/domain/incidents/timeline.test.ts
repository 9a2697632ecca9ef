import {describe, expect, it} from 'vitest'
import type {IncidentEvent} from '../../../../src/domain/incidents/incident-event.js'
import {
  type SeenRun,
  spanOf,
  type TimelineEntry,
  timelineOf,
  wasEnteredLater,
} from '../../../../src/domain/incidents/timeline.js'
import type {IncidentTime} from '../../../../src/domain/incidents/incident.js'
import {TERMINAL} from '../../../../src/domain/notices/channels.js'
import {span} from '../../../../src/domain/time/span.js'
import {ENGLISH, wordsFor} from '../../../../src/render/words/words.js'
import {anOpening, aRecord, INCIDENT, minute} from '../../../support/builders/incident-record.js'

const spoken = {time: (at: string) => at.slice(11, 16), duration: span}
const NOW = new Date(minute(60))
const note = (at: number, text: string, enteredAt = at) =>
  ({kind: 'incident.noted', happenedAt: minute(at), text, at: minute(enteredAt)}) as const
const RESOLVED = {kind: 'incident.resolved', happenedAt: minute(30), as: 'fixed', text: ''} as const

type Started = Extract<SeenRun['events'][number], {readonly kind: 'run.started'}>

function run(at: number, over: Partial<Started> = {}): SeenRun {
  const started = {kind: 'run.started', at: minute(at), by: 'bia@vm', mode: 'full', runbook: 'api-down', ...over}
  return {runId: `run-${String(at)}`, events: [started as Started]}
}

function lines(events: readonly IncidentEvent[], runs: readonly SeenRun[] = []): readonly TimelineEntry[] {
  return timelineOf(aRecord(anOpening(), ...events), runs, ENGLISH.incidents, spoken)
}

const texts = (all: readonly TimelineEntry[]): readonly string[] => all.map(({text}) => text)

describe('a timeline', () => {
  it('is in the order in which things happened, whenever they were typed, and marks what was entered later', () => {
    const all = lines([note(20, 'third'), note(5, 'second', 25)], [run(10)])
    expect(texts(all)).toEqual([
      ...['Opened INC-7 as P0: API down', 'second', 'faci runbook api-down: no end recorded', 'third'],
    ])
    expect(all.map(wasEnteredLater)).toEqual([false, true, false, false])
    expect(all[1]).toMatchObject({at: minute(5), enteredAt: minute(25), by: 'ana@vm', kind: 'incident.noted'})
    expect(all[2]).toMatchObject({kind: 'run', runId: 'run-10', by: 'bia@vm'})
  })

  it('tells an acknowledgement that changed nothing as such, until it came back', () => {
    const ack = (at: number, owner: string) => ({kind: 'incident.acknowledged', happenedAt: minute(at), owner}) as const
    const back = {kind: 'incident.reopened', happenedAt: minute(31), why: 'asked', text: ''} as const
    const said = texts(lines([ack(1, 'ana'), ack(2, 'bia'), RESOLVED, back, ack(32, 'bia')])).slice(1)
    expect(said).toHaveLength(5)
    expect([said[0], said[1], said[4]]).toEqual([
      'Acknowledged: ana is on it',
      'The acknowledgement of bia came later: it changed nothing',
      'Acknowledged: bia is on it',
    ])
  })

  it('is in the order of times that were corrected', () => {
    const ack = {kind: 'incident.acknowledged', happenedAt: minute(10), owner: 'ana'} as const
    const late = {...ack, happenedAt: minute(11), owner: 'bia'}
    const mitigated = {kind: 'incident.mitigated', happenedAt: minute(12), text: ''} as const
    const corrected = (time: IncidentTime, to: number, at: number) =>
      ({kind: 'incident.timeCorrected', happenedAt: minute(at), time, to: minute(to), at: minute(at)}) as const
    const all = lines([
      ...[ack, late, note(4, 'saw it'), mitigated, RESOLVED, {...mitigated, happenedAt: minute(31)}],
      ...[corrected('acknowledgedAt', 3, 40), corrected('mitigatedAt', 35, 41), corrected('resolvedAt', 36, 42)],
    ])
    expect(all.map(({at, kind}) => `${at.slice(14, 16)} ${kind.replace('incident.', '')}`)).toEqual([
      ...['00 opened', '03 acknowledged', '04 noted', '11 acknowledged', '31 mitigated', '35 mitigated', '36 resolved'],
      ...['40 timeCorrected', '41 timeCorrected', '42 timeCorrected'],
    ])
    expect(all[1]).toMatchObject({at: minute(3), enteredAt: minute(40)})
  })

  it('has an end that was taken back where it was, and the one after it where that was corrected to', () => {
    const back = {kind: 'incident.reopened', happenedAt: minute(31), why: 'asked', text: ''} as const
    const corrected = (to: number) =>
      ({kind: 'incident.timeCorrected', happenedAt: minute(50), time: 'resolvedAt', to: minute(to)}) as const
    const again = {...RESOLVED, happenedAt: minute(45)}
    const all = lines([RESOLVED, corrected(29), back, corrected(1), again, corrected(40)])
    const ends = all.filter(({kind}) => kind === 'incident.resolved')
    expect(ends.map(({at}) => at)).toEqual([minute(29), minute(40)])
  })

  it('keeps the order of what was entered at one instant', () => {
    expect(texts(lines([note(5, 'one'), note(5, 'two'), note(5, 'three')])).slice(1)).toEqual(['one', 'two', 'three'])
  })

  it('says by what a run resolved it, and in Portuguese how it ended', () => {
    const ended = {
      kind: 'run.finished',
      at: minute(11),
      by: 'bia@vm',
      elapsedSeconds: 60,
      outcome: 'resolved',
      verdict: 'ok',
    } as const
    const more = (resolvedBy: string | null): SeenRun => {
      const {runId, events} = run(10)
      return {runId, events: [...events, {...ended, reason: [], deeds: [], resolvedBy}]}
    }
    const inPortuguese = timelineOf(aRecord(anOpening()), [more(null)], wordsFor('pt-BR').incidents, spoken)
    expect(texts(lines([], [more('restart')])).at(-1)).toBe('faci runbook api-down: resolved by `restart`')
    expect(inPortuguese.at(-1)?.text).toBe('faci runbook api-down: feito')
  })

  it('names the figures that it has, and those without data', () => {
    const figures = [
      {name: 'traffic', value: 1.25, unit: 'perSecond'},
      {name: 'latency p95', value: null, unit: 'seconds'},
      {name: 'errors', value: null, unit: 'ratio'},
    ] as const
    expect(texts(lines([{kind: 'incident.figures', happenedAt: minute(1), figures}])).at(-1)).toBe(
      'Seen then: traffic 1.3/s · no data for latency p95, errors',
    )
  })

  it('leaves out runs of another incident, and such as only looked', () => {
    const runs = [run(10, {incident: 'other'}), run(11, {mode: 'diagnose'}), run(12, {incident: INCIDENT}), run(13)]
    expect(lines([], runs).flatMap(({runId}) => runId ?? [])).toEqual(['run-12', 'run-13'])
  })

  it('does not tell that a terminal was told, nor what a later version wrote', () => {
    const notices = [{noticeId: '01', channel: TERMINAL, status: 'delivered'}] as const
    const odd = ['incident.foreseen', 'toString'].map(
      (kind) => ({kind, happenedAt: minute(2)}) as unknown as IncidentEvent,
    )
    expect(lines([{kind: 'incident.announced', happenedAt: minute(1), step: 'opened', notices}, ...odd])).toHaveLength(
      1,
    )
  })

  it('is entered later after a minute', () => {
    expect(wasEnteredLater({at: minute(0), enteredAt: minute(1)})).toBe(false)
    expect(wasEnteredLater({at: minute(0), enteredAt: minute(1.1)})).toBe(true)
    expect(wasEnteredLater({at: minute(5), enteredAt: minute(0)})).toBe(false)
  })
})

describe('what belongs to an incident', () => {
  it('began with it, or when it was noticed, and goes on until now', () => {
    expect(spanOf(aRecord(anOpening({startedAt: minute(-9), detectedAt: minute(-4)})), NOW)).toEqual({
      ...{start: Date.parse(minute(-9)), end: NOW.getTime()},
    })
  })

  it('goes on until it is over, and until somebody said so', () => {
    const record = aRecord(anOpening(), {...RESOLVED, at: minute(45)})
    expect(spanOf(record, NOW).end).toBe(Date.parse(minute(45)))
  })
})
