import {describe, expect, it} from 'vitest'
import {
  type Announcement,
  announcements,
  type CalledPerson,
  callsOncall,
  audience,
  type Listener,
  type Routes,
  routed,
} from '../../../../src/domain/incidents/announcement.js'
import type {IncidentEvent} from '../../../../src/domain/incidents/incident-event.js'
import {shownIncident} from '../../../../src/domain/incidents/incident.js'
import type {IncidentStep} from '../../../../src/domain/notices/notice.js'
import {span} from '../../../../src/domain/time/span.js'
import {wordsFor} from '../../../../src/render/words/words.js'
import {anOpening, aRecord, minute} from '../../../support/builders/incident-record.js'

const spoken = {time: (at: string) => at.slice(11, 16), duration: span}
const listener = (channel: string, readers: Listener['readers'], locale = 'en'): Listener => ({
  ...{channel, readers, words: wordsFor(locale).incidents, spoken},
})
const SLACK = listener('slack', 'responders')
const PEOPLE = listener('email:people', 'stakeholders')

function told(step: IncidentStep, channel: string): IncidentEvent {
  const notices = [{noticeId: '01', channel, status: 'delivered'}] as const
  return {kind: 'incident.announced', happenedAt: minute(1), step, notices}
}

const ACKNOWLEDGED = {kind: 'incident.acknowledged', happenedAt: minute(2), owner: 'ana'} as const
const RESOLVED = {kind: 'incident.resolved', happenedAt: minute(42), as: 'fixed', text: ''} as const
const REOPENED = {kind: 'incident.reopened', happenedAt: minute(50), why: 'relapse', text: ''} as const

function said(
  listeners: readonly Listener[],
  step: IncidentStep,
  events: readonly IncidentEvent[] = [],
  text = '',
  oncall: CalledPerson | null = null,
): readonly Announcement[] {
  const {facts, entries} = aRecord(anOpening({impact: 'nobody can log in'}), ...events)
  const incident = shownIncident(facts, {P0: 1800, P1: 7200, P2: 86_400})
  return announcements(listeners, {step, text, facts, entries, incident, oncall, service: 'shop'})
}

it('calls who is on call when it begins and when it is back, unless it can wait, and not those who use the service', () => {
  const ana = {name: 'Ana', slack: 'U012AB3CD'}
  const [slack, people] = said([SLACK, PEOPLE], 'opened', [], '', ana)
  expect(slack?.facts[0]).toEqual({name: 'On call', value: 'Ana', slackMember: 'U012AB3CD'})
  expect(people?.facts).toEqual([])
  expect(said([SLACK], 'opened', [], '', {name: 'Bia', slack: null})[0]?.facts[0]).toEqual({
    name: 'On call',
    value: 'Bia',
  })
  expect([callsOncall('opened', 'P0'), callsOncall('reopened', 'P1')]).toEqual([true, true])
  expect([callsOncall('opened', 'P2'), callsOncall('acknowledged', 'P0')]).toEqual([false, false])
})

const channels = (all: readonly Announcement[]): readonly string[] => all.map(({channel}) => channel)

describe('the channels of a step', () => {
  const routes: Routes = {
    P0: {opened: ['pagerduty', 'slack', 'slack'], other: ['slack']},
    P1: {opened: ['mail']},
    P2: {other: []},
  }

  it.each([
    {what: 'its own', severity: 'P0', step: 'opened', to: ['pagerduty', 'slack']},
    {what: 'those of any other', severity: 'P0', step: 'resolved', to: ['slack']},
    {what: 'the default one', severity: 'P1', step: 'resolved', to: ['terminal']},
    {what: 'none where that is said', severity: 'P2', step: 'opened', to: []},
  ] as const)('$what', ({severity, step, to}) => {
    expect(routed(routes, severity, step, 'terminal')).toEqual(to)
  })

  it('of the end are all that were ever told: a page is closed though the incident became milder', () => {
    const milder = {kind: 'incident.changed', happenedAt: minute(5), changes: {severity: 'P1'}} as const
    const telling = aRecord(anOpening(), told('opened', 'pagerduty'), milder, RESOLVED)
    expect(audience(routes, {...telling, step: 'resolved'}, 'slack')).toEqual(['slack', 'pagerduty'])
    expect(audience(routes, {...telling, step: 'updated'}, 'slack')).toEqual(['slack'])
  })

  it('of what comes back, milder than it was, is whoever was told that it is over', () => {
    const routes: Routes = {P0: {other: ['slack', 'email:people']}, P1: {other: ['slack']}}
    const {facts, entries} = aRecord(
      ...[anOpening({severity: 'P0'}), told('opened', 'email:people')],
      {kind: 'incident.changed', happenedAt: minute(2), changes: {severity: 'P1'}},
      ...[told('resolved', 'email:people')],
    )
    for (const step of ['reopened', 'resolved'] as const)
      expect(audience(routes, {facts, entries, step}, 'slack')).toEqual(['slack', 'email:people'])
    expect(audience(routes, {facts, entries, step: 'updated'}, 'slack')).toEqual(['slack'])
  })
})

describe('responders', () => {
  it('are told of every step, by its short name, with what is known', () => {
    const [notice] = said([SLACK], 'acknowledged', [ACKNOWLEDGED])
    expect(notice).toMatchObject({
      title: 'INC-7 API down',
      body: 'ana is on it.',
      state: 'update',
      severity: 'critical',
    })
    expect(notice?.facts).toEqual([
      {name: 'Severity', value: 'P0'},
      {name: 'State', value: 'acknowledged'},
      {name: 'Impact', value: 'nobody can log in'},
      {name: 'Services', value: 'api'},
      {name: 'Alerts', value: 'APIDown'},
      {name: 'Owner', value: 'ana'},
      {name: 'Since', value: '06:00'},
      {name: 'Next update', value: '06:30'},
    ])
  })

  it('read what a person said instead of what faci would say', () => {
    expect(said([SLACK], 'updated', [], 'the database is being restored')[0]?.body).toBe(
      'the database is being restored',
    )
  })

  it('keep one subject and their count of reopenings, whatever the title is', () => {
    const changes = {title: 'API and search down'}
    const events = [{kind: 'incident.changed', happenedAt: minute(3), changes}, RESOLVED, REOPENED] as const
    expect(said([SLACK], 'reopened', events)[0]?.incident).toEqual({
      ...{id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', handle: 'INC-7', subject: 'API down', priority: 'P0', reopenings: 1},
      step: 'reopened',
    })
  })
})

describe('stakeholders', () => {
  it('are told when it begins, not of what comes between, and at the end', () => {
    const before = told('opened', PEOPLE.channel)
    const rest = ['acknowledged', 'updated', 'mitigated', 'due'] as const
    expect(channels(said([SLACK, PEOPLE], 'opened'))).toEqual(['slack', PEOPLE.channel])
    for (const step of rest) expect(channels(said([SLACK, PEOPLE], step, [before]))).toEqual(['slack'])
    expect(channels(said([SLACK, PEOPLE], 'resolved', [before, RESOLVED]))).toEqual(['slack', PEOPLE.channel])
  })

  it.each([
    {
      ...{locale: 'en', title: 'The problem with shop is back'},
      body: /^The problem that we said was over is back\.\n\n[^]*It first began at/,
    },
    {
      ...{locale: 'pt-BR', title: 'O problema em shop voltou'},
      body: /^O problema que tínhamos dado por resolvido voltou\.\n\n[^]*Começou pela primeira vez em/,
    },
  ])(
    'are told in $locale that it is back after they were told its end, and of that end again',
    ({locale, title, body}) => {
      const people = listener('email:people', 'stakeholders', locale)
      const [before, end, back] = (['opened', 'resolved', 'reopened'] as const).map((step) =>
        told(step, people.channel),
      )
      if (before === undefined || end === undefined || back === undefined) throw new Error('nothing was told')
      const again = [before, RESOLVED, end, REOPENED]
      expect(said([people], 'reopened', again)).toMatchObject([
        {
          title,
          body: expect.stringMatching(body) as string,
          state: 'started',
          incident: {subject: expect.not.stringContaining(title) as string},
        },
      ])
      expect(said([people], 'updated', [...again, back])).toEqual([])
      expect(channels(said([people], 'resolved', [...again, back, RESOLVED]))).toEqual([people.channel])
      expect(said([people], 'resolved', [...again, back, RESOLVED, end])).toEqual([])
    },
  )

  it('hear nothing of a return where nobody told them of an end', () => {
    const before = told('opened', PEOPLE.channel)
    expect(said([PEOPLE], 'reopened', [before, told('mitigated', 'slack'), REOPENED])).toEqual([])
  })

  it('are told of an update when it first concerns them, as when it became graver', () => {
    const worse = {kind: 'incident.changed', happenedAt: minute(9), changes: {severity: 'P0'}} as const
    const others = told('opened', 'slack')
    expect(channels(said([PEOPLE], 'updated', [others, worse]))).toEqual([PEOPLE.channel])
    expect(channels(said([PEOPLE], 'updated', [others, worse, told('updated', PEOPLE.channel)]))).toEqual([])
  })

  it('hear nothing of the end of what nobody told them of', () => {
    expect(said([PEOPLE], 'resolved', [told('opened', 'slack'), RESOLVED])).toEqual([])
  })

  it.each([
    {locale: 'en', title: 'Problem with shop', body: 'This is part of another problem, which we are working on.'},
    {
      ...{locale: 'pt-BR', title: 'Problema em shop'},
      body: 'Isto faz parte de outro problema, no qual estamos trabalhando.',
    },
  ])('are not told in $locale that all is well when it becomes a part of another problem', ({locale, title, body}) => {
    const people = listener('email:people', 'stakeholders', locale)
    const merged = {kind: 'incident.merged', happenedAt: minute(9), into: 'INC-1'} as const
    const all = said([people], 'resolved', [told('opened', people.channel), merged])
    expect(all).toMatchObject([{title, body, state: 'update', facts: []}])
  })

  it.each(['en', 'pt-BR'])('read no name of an alert, a service of ours, a person or an incident in %s', (locale) => {
    const people = listener('email:people', 'stakeholders', locale)
    const before = told('opened', people.channel)
    const all = [
      ...said([people], 'opened', [ACKNOWLEDGED], 'redis OOM-killed on host db-1'),
      ...said([people], 'resolved', [before, ACKNOWLEDGED, RESOLVED], 'pod evicted'),
      ...said([people], 'reopened', [before, RESOLVED, told('resolved', people.channel), REOPENED], 'p95 of /checkout'),
    ]
    expect(all).toHaveLength(3)
    for (const {title, body, facts, incident} of all) {
      expect([title, body, incident.subject].join('\n')).not.toMatch(/APIDown|API|INC-|ana\b|redis|pod|p95|P0|db-1/)
      expect(facts).toEqual([])
      expect(title).toContain('shop')
    }
    expect(all[0]?.body).toContain('nobody can log in')
    expect(all[1]?.body).toMatch(/42/)
  })
})
