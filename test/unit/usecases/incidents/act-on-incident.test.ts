import {describe, expect, it} from 'vitest'
import {actOnIncident} from '../../../../src/usecases/incidents/act-on-incident.js'
import {mergeIncidents} from '../../../../src/usecases/incidents/merge-incidents.js'
import {showIncident} from '../../../../src/usecases/incidents/show-incident.js'
import {DOWN} from '../../../support/fakes/notifier.js'
import {AGAIN, type IncidentScene, incidentScene} from '../../../support/incident-scene.js'

const ACK = {act: 'acknowledge', owner: 'ana', at: null} as const
const MITIGATE = {act: 'mitigate', text: '', at: null} as const
const RESOLVE = {act: 'resolve', as: 'fixed', text: '', at: null} as const
const UPDATE = {act: 'update', text: '', changes: {}, times: {}} as const
const API = {name: 'APIDown', severity: 'critical', priority: null, firingSince: '2026-11-28T05:55:00.000Z'}
const QUEUE = {...API, name: 'QueueStuck', severity: 'warning'}

const steps = ({slack}: IncidentScene): readonly (string | undefined)[] =>
  slack.posts.map(({notice}) => notice.incident?.step)

describe('opening an incident', () => {
  it('takes severity and times from its alert, and tells people', async () => {
    const scene = incidentScene()
    const {verdict, data} = await scene.open({alerts: [API], services: ['api'], title: '  API down '})
    expect([verdict, data.done]).toEqual(['ok', 'opened'])
    expect(data.incident).toMatchObject({
      ...{handle: 'INC-1', title: 'API down', severity: 'P0', state: 'open', detectedAt: API.firingSince},
      ...{startedAt: null, nextUpdateDueAt: '2026-11-28T06:30:00.000Z'},
    })
    expect(steps(scene)).toEqual(['opened'])
    expect(data.timeline.map(({kind}) => kind)).toEqual(['incident.opened', 'incident.announced'])
  })

  it('for an alert that has one finds it, and tells nobody again', async () => {
    const scene = incidentScene()
    await scene.open({alerts: [API]})
    const {data} = await scene.open({alerts: [API, QUEUE], title: 'also this'})
    expect([data.done, data.incident.handle, data.incident.title]).toEqual(['known', 'INC-1', 'API down'])
    expect(steps(scene)).toEqual(['opened'])
  })

  it.each([
    {what: 'while it is watched', end: MITIGATE, after: 6000, done: 'relapsed'},
    {what: 'within the watch', end: RESOLVE, after: 600, done: 'relapsed'},
    {what: 'after the watch', end: RESOLVE, after: 601, done: 'opened'},
    {what: 'after a false alarm', end: {...RESOLVE, as: 'false-alarm'}, after: 60, done: 'opened'},
  ] as const)('what comes back $what: $done', async ({end, after, done}) => {
    const scene = incidentScene()
    await scene.open({alerts: [API]})
    await scene.act(end)
    scene.clock.advance(after)
    const {data} = await scene.open({alerts: [API]})
    expect([data.done, data.incident.handle]).toEqual([done, done === 'opened' ? 'INC-2' : 'INC-1'])
    if (done === 'relapsed') expect(data.incident).toMatchObject({state: 'reopened', reopenings: 1, resolvedAt: null})
    expect(scene.slack.posts.at(-1)?.notice.incident?.reopenings).toBe(done === 'relapsed' ? 1 : 0)
  })

  it.each([
    {what: 'came back', end: RESOLVE, step: 'reopened', done: 'relapsed'},
    {what: 'is open', end: null, step: 'updated', done: 'known'},
  ] as const)('that $what and is graver now has what is graver, and tells people', async ({end, step, done}) => {
    const scene = incidentScene()
    await scene.open({alerts: [QUEUE], services: ['api'], title: 'slow', severity: 'P2'})
    if (end !== null) await scene.act(end)
    const told = {severity: 'P0', services: ['api', 'db'], impact: 'nobody can pay', text: 'we are on it'} as const
    const {data, warnings} = await scene.open({alerts: [QUEUE], title: 'everything is down', ...told})
    expect([data.done, warnings]).toEqual([done, ['it was P2, and is P0 now']])
    expect(data.incident).toMatchObject({handle: 'INC-1', severity: 'P0', services: ['api', 'db'], impact: told.impact})
    expect(scene.slack.posts.at(-1)?.notice).toMatchObject({
      severity: 'critical',
      body: 'we are on it',
      incident: {step},
    })
  })

  it('that is open already keeps what somebody says of it, and grows no less grave', async () => {
    const scene = incidentScene()
    await scene.open({alerts: [API]})
    const {data} = await scene.open({alerts: [API], severity: 'P2', text: 'seen in the shop too'})
    expect([data.incident.severity, steps(scene)]).toEqual(['P0', ['opened']])
    expect(data.timeline.at(-1)).toMatchObject({kind: 'incident.noted', text: 'seen in the shop too'})
  })

  it('anew is a new one, whatever it looks like', async () => {
    const scene = incidentScene()
    await scene.open({alerts: [API]})
    expect((await scene.open({alerts: [API], isNew: true})).data.incident.handle).toBe('INC-2')
  })

  it.each([
    {what: 'no title', over: {title: ' '}, message: /needs a title/},
    {
      what: 'a title as long as a log line',
      over: {title: 'x'.repeat(201)},
      message: /at most 200 characters, this one 201/,
    },
    {
      what: 'a start in the future',
      over: {startedAt: '2026-11-28T06:02:00.000Z'},
      message: /--started-at is in the future/,
    },
    {
      what: 'a start after its detection',
      over: {startedAt: '2026-11-28T05:50:00.000Z', detectedAt: '2026-11-28T05:40:00.000Z'},
      message: /cannot have been detected before it started/,
    },
  ])('is refused for $what', async ({over, message}) => {
    const scene = incidentScene()
    await expect(scene.open(over)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message) as string,
    })
    expect((await scene.deps.incidents.list(20)).total).toBe(0)
  })
})

describe('an act without a name', () => {
  it('is on the only one that is open', async () => {
    const scene = incidentScene()
    await scene.open({title: 'old'})
    await scene.act(RESOLVE)
    await scene.open({title: 'API down', isNew: true})
    expect((await scene.act(ACK)).data.incident).toMatchObject({handle: 'INC-2', owner: 'ana', state: 'acknowledged'})
  })

  it('asks which one where several are open, and changes none', async () => {
    const scene = incidentScene()
    await scene.open({title: 'API down'})
    await scene.open({title: 'Search is slow', isNew: true})
    await scene.open({title: 'Checkout', severity: 'P0', isNew: true})
    await expect(scene.act(ACK)).rejects.toMatchObject({
      code: 'usage',
      message:
        '3 incidents are open: say which one\nINC-3  P0  Checkout\nINC-2  P1  Search is slow\nINC-1  P1  API down',
      suggestions: ['faci again INC-3', 'faci again INC-2', 'faci again INC-1'],
    })
    expect((await scene.deps.incidents.list(0)).incidents.map(({state}) => state)).toEqual(['open', 'open', 'open'])
  })

  it('names five of many, and says how many more there are', async () => {
    const scene = incidentScene()
    for (let index = 0; index < 7; index += 1) await scene.open({title: `t${String(index)}`, isNew: true})
    await expect(scene.act(ACK)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^7 incidents are open: say which one\nINC-7 [^]*INC-3  P1  t2\nand 2 more$/,
      ) as string,
      suggestions: [...[7, 6, 5, 4, 3].map((number) => `faci again INC-${String(number)}`), 'faci incident list'],
    })
  })

  it('says what to type where none is', async () => {
    await expect(incidentScene().act(ACK)).rejects.toMatchObject({
      ...{code: 'notFound', suggestions: ['faci incident list', "faci incident open --title 'API down'"]},
    })
  })

  it('and of a name that nobody gave', async () => {
    const scene = incidentScene()
    await scene.open()
    await expect(scene.act(ACK, 'INC-7')).rejects.toMatchObject({code: 'notFound', message: 'No incident INC-7'})
  })
})

describe('an act on an incident', () => {
  it('that was done before changes nothing, tells nobody, and shows who has it', async () => {
    const scene = incidentScene()
    await scene.open()
    await scene.act(ACK)
    const {data} = await scene.act({...ACK, owner: 'bia'})
    expect([data.done, data.incident.owner, steps(scene)]).toEqual(['already', 'ana', ['opened', 'acknowledged']])
  })

  it('tells of each step of its life', async () => {
    const scene = incidentScene()
    await scene.open()
    for (const act of [ACK, {...UPDATE, text: 'restoring'}, MITIGATE, RESOLVE] as const) await scene.act(act)
    await scene.act({act: 'reopen', text: '', at: null}, 'last')
    expect(steps(scene)).toEqual(['opened', 'acknowledged', 'updated', 'mitigated', 'resolved', 'reopened'])
    expect(new Set(scene.slack.posts.map(({notice}) => notice.thread)).size).toBe(1)
  })

  it('corrects a time silently: nobody is told again', async () => {
    const scene = incidentScene()
    await scene.open()
    scene.clock.advance(600)
    await scene.act(RESOLVE)
    const {data} = await scene.act({...RESOLVE, at: '2026-11-28T06:05:00.000Z'}, 'last')
    expect([data.done, data.incident.resolvedAt]).toEqual(['corrected', '2026-11-28T06:05:00.000Z'])
    expect(steps(scene)).toEqual(['opened', 'resolved'])
  })

  it.each([
    {what: 'a severity', changes: {severity: 'P0'}, told: ['opened', 'updated']},
    {what: 'a title', changes: {title: 'API and search'}, told: ['opened']},
  ] as const)('that mends $what tells $told', async ({changes, told}) => {
    const scene = incidentScene()
    await scene.open()
    await scene.act({...UPDATE, changes})
    expect(steps(scene)).toEqual(told)
  })

  it('in the wrong order of time is refused in words, and nothing is written', async () => {
    const scene = incidentScene()
    await scene.open()
    await expect(scene.act({...ACK, at: '2026-11-28T05:00:00.000Z'})).rejects.toMatchObject({
      code: 'usage',
      message:
        'INC-1: acknowledged 2026-11-28T05:00:00.000Z would be before detected 2026-11-28T06:00:00.000Z\nGive a later time, or correct the other one first, and type this again:',
      suggestions: ['faci incident update INC-1 --detected-at 2026-11-28T05:00:00.000Z'],
    })
    await expect(scene.act({act: 'reopen', text: '', at: null})).rejects.toMatchObject({code: 'refused'})
    await expect(scene.act({...ACK, at: '2026-11-28T07:00:00.000Z'})).rejects.toMatchObject({
      ...{code: 'usage', message: '2026-11-28T07:00:00.000Z is in the future'},
    })
    expect(
      (await showIncident(scene.deps, {name: null, updates: scene.place.updates, again: AGAIN})).data.incident.state,
    ).toBe('open')
  })

  it('that nobody could be told of is done all the same, and says that a notice waits', async () => {
    const scene = incidentScene()
    scene.slack.failNext(DOWN)
    const {verdict, data} = await scene.open()
    expect([verdict, data.done]).toEqual(['undelivered', 'opened'])
    expect(data.notices).toMatchObject([{channel: 'slack', status: 'pending'}])
    expect(data.timeline.at(-1)?.text).toBe('Notice (opened): slack not delivered yet')
  })

  it('quietly tells nobody', async () => {
    const scene = incidentScene()
    const quiet = {...scene.deps, telephone: null}
    const {id} = await scene.deps.incidents.open({
      ...{kind: 'incident.opened', title: 'API down', severity: 'P0', services: [], alerts: [], impact: null},
      ...{startedAt: null, detectedAt: '2026-11-28T06:00:00.000Z', happenedAt: '2026-11-28T06:00:00.000Z', runId: null},
    })

    const {verdict, data} = await actOnIncident(quiet, {...scene.place, name: id, act: ACK})
    expect([verdict, data.notices, steps(scene)]).toEqual(['ok', [], []])
    expect(data.timeline.map(({kind}) => kind)).toEqual(['incident.opened', 'incident.acknowledged'])
  })
})

describe('a graver incident', () => {
  const ROUTES = {P0: {other: ['slack', 'email:stakeholders']}}

  it('is told to stakeholders when it first concerns them, and once', async () => {
    const scene = incidentScene(ROUTES)
    await scene.open({severity: 'P1'})
    expect(scene.stakeholders.posts).toEqual([])
    await scene.act({...UPDATE, changes: {severity: 'P0'}})
    await scene.act({...UPDATE, text: 'restoring'})
    await scene.act(MITIGATE)
    expect(scene.stakeholders.posts.map(({notice}) => notice.title)).toEqual(['Problem with shop'])
    expect(scene.stakeholders.posts[0]?.notice).toMatchObject({operator: '', host: '', besides: ['slack']})
    expect(scene.slack.posts.at(-1)?.notice).toMatchObject({operator: 'ana'})
  })

  it('that became milder is over for everyone who was told of it', async () => {
    const scene = incidentScene(ROUTES)
    await scene.open({severity: 'P0'})
    await scene.act({...UPDATE, changes: {severity: 'P2'}})
    await scene.act(RESOLVE)
    expect(scene.stakeholders.posts.map(({notice}) => notice.title)).toEqual([
      ...['Problem with shop', 'shop works normally again'],
    ])
  })
})

describe('merging two incidents', () => {
  async function two(): Promise<IncidentScene> {
    const scene = incidentScene()
    await scene.open({alerts: [API], services: ['api']})
    await scene.open({alerts: [QUEUE], services: ['worker'], title: 'Queue stuck'})
    return scene
  }

  it.each([
    {from: 'INC-2', into: 'INC-1', told: ['resolved']},
    {from: 'INC-1', into: 'INC-2', told: ['updated', 'resolved']},
  ])('$from becomes a part of $into, which takes over its services and alerts', async ({from, into, told}) => {
    const scene = await two()
    const {data} = await mergeIncidents(scene.deps, {...scene.place, from, into})
    expect([data.done, data.incident.handle, data.incident.state]).toEqual(['merged', into, 'open'])
    expect([[...data.incident.alerts].sort(), [...data.incident.services].sort()]).toEqual([
      ['APIDown', 'QueueStuck'],
      ['api', 'worker'],
    ])
    const part = await showIncident(scene.deps, {name: from, updates: scene.place.updates, again: AGAIN})
    expect(part.data.incident).toMatchObject({state: 'resolved', resolution: 'duplicate', mergedInto: into})
    expect(steps(scene)).toEqual(['opened', 'opened', ...told])
  })

  it('makes it as grave as the graver of both, and tells those who are told of that', async () => {
    const scene = incidentScene()
    await scene.open({severity: 'P0', alerts: [], services: ['api']})
    await scene.open({severity: 'P2', alerts: [], services: ['api'], isNew: true})
    const {data} = await mergeIncidents(scene.deps, {...scene.place, from: 'INC-1', into: 'INC-2'})
    expect([data.incident.handle, data.incident.severity]).toEqual(['INC-2', 'P0'])
    expect(steps(scene)).toEqual(['opened', 'opened', 'updated', 'resolved'])
  })

  it('leaves one open when two people merge them the other way round at once', async () => {
    const scene = await two()
    const merge = (from: string, into: string) => mergeIncidents(scene.deps, {...scene.place, from, into})
    const outcomes = await Promise.allSettled([merge('INC-1', 'INC-2'), merge('INC-2', 'INC-1')])
    expect(outcomes.map(({status}) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const open = (await scene.deps.incidents.list(0)).incidents.filter(({state}) => state !== 'resolved')
    expect(open).toHaveLength(1)
  })

  it('says nothing of services and alerts where the other brings none', async () => {
    const scene = incidentScene()
    await scene.open({severity: 'P1', alerts: [], services: ['api']})
    await scene.open({severity: 'P2', alerts: [], services: ['api'], isNew: true})
    const {data} = await mergeIncidents(scene.deps, {...scene.place, from: 'INC-2', into: 'INC-1'})
    expect(data.incident.severity).toBe('P1')
    expect(data.timeline.map(({kind}) => kind)).not.toContain('incident.changed')
  })

  it('ends no sooner than what is known of either, by a clock that is behind', async () => {
    const scene = await two()
    scene.clock.advance(3600)
    const {data} = await scene.act(ACK, 'INC-2')
    const known = data.incident.acknowledgedAt
    scene.clock.advance(-7200)
    await mergeIncidents(scene.deps, {...scene.place, from: 'INC-2', into: 'INC-1'})
    const part = await showIncident(scene.deps, {name: 'INC-2', updates: scene.place.updates, again: AGAIN})
    expect([known, part.data.incident.resolvedAt]).toEqual([expect.any(String), known])
  })

  it('what fires again of the one that ended belongs to the other', async () => {
    const scene = await two()
    await mergeIncidents(scene.deps, {...scene.place, from: 'INC-2', into: 'INC-1'})
    const {data} = await scene.open({alerts: [QUEUE]})
    expect([data.done, data.incident.handle]).toEqual(['known', 'INC-1'])
  })

  it('twice changes nothing; with itself, or with one that is over, it is refused', async () => {
    const scene = await two()
    const merge = (from: string, into: string) => mergeIncidents(scene.deps, {...scene.place, from, into})
    await expect(merge('INC-1', '1')).rejects.toMatchObject({code: 'usage'})
    await merge('INC-2', 'INC-1')
    expect((await merge('INC-2', 'INC-1')).data.done).toBe('mergedBefore')
    await expect(merge('INC-1', 'INC-2')).rejects.toMatchObject({
      ...{code: 'refused', message: 'INC-2 is resolved: only open incidents are merged'},
    })
  })
})
