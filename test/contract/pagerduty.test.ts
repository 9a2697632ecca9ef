import fc from 'fast-check'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {eventOf} from '../../src/adapters/channels/pagerduty/event.js'
import {pagerDutyNotifier} from '../../src/adapters/channels/pagerduty/pagerduty-notifier.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {IncidentStep, Notice, NoticeIncident} from '../../src/domain/notices/notice.js'
import type {Notifier} from '../../src/ports/notifier.js'
import {ENGLISH} from '../../src/render/words/words.js'
import {flushOutbox} from '../../src/usecases/notices/flush-outbox.js'
import {sendNotice} from '../../src/usecases/notices/send-notice.js'
import {aNotice} from '../support/builders/notice.js'
import {fakeClock} from '../support/fakes/clock.js'
import {fakeOutbox} from '../support/fakes/outbox.js'
import {type PagerDutyServer, pagerDutyServer, type PagerDutyTrouble} from '../support/servers/pagerduty.js'
import {inWords} from '../support/worded-reason.js'

let server: PagerDutyServer
beforeEach(async () => {
  server = await pagerDutyServer()
})
afterEach(() => server.close())

const OPTIONS = {words: ENGLISH.notice, adopts: false, clientUrl: null} as const
const pager = (over: {routingKey?: string; adopts?: boolean} = {}): Notifier =>
  pagerDutyNotifier({
    ...OPTIONS,
    ...{routingKey: server.routingKey, apiUrl: server.apiUrl, timeoutSeconds: 2, ...over},
  })

const INCIDENT = {
  ...{id: '01ARZ3NDEKTSV4RRFFQ69G5FAV', handle: 'INC-7', subject: 'API down'},
  ...{priority: 'P0', reopenings: 0, step: 'opened'},
} as const satisfies NoticeIncident

let count = 0
function told(step: IncidentStep, over: Partial<NoticeIncident> = {}): Notice {
  count += 1
  const id = `01ARZ3NDEKTSV4RRFFQ6${String(count).padStart(6, '0')}`
  const state = step === 'resolved' ? 'resolved' : 'update'
  return aNotice({id, channel: 'pagerduty', state, incident: {...INCIDENT, step, ...over}})
}

function world(notifier = pager()) {
  const outbox = fakeOutbox()
  const clock = fakeClock('2026-11-23T06:00:00.000Z')
  return {outbox, clock, deps: {outbox, clock, notifiers: [notifier], masker: masker([])}}
}

describe('PagerDuty', () => {
  it('has one page from the opening of an incident to its end, and says that events are queued', async () => {
    const {deps} = world()
    for (const step of ['opened', 'updated', 'acknowledged', 'mitigated', 'due', 'resolved'] as const)
      expect(inWords(await sendNotice(deps, told(step)))).toMatchObject({
        status: 'delivered',
        reason: 'queued by PagerDuty',
      })
    expect(server.pages).toMatchObject([{state: 'resolved', triggers: 4, severity: 'critical'}])
    expect(server.pages[0]?.key).toMatch(/^faci-[0-9a-f]{64}$/)
    expect(server.dropped).toEqual([])
  })

  it.each([
    ['INC-7 API down', 'INC-7 API down'],
    ['API down', 'INC-7 API down'],
    ['INC-70 is another', 'INC-7 INC-70 is another'],
    ['INC-7', 'INC-7'],
  ])('names the incident of %j once in the summary', (title, summary) => {
    const event = eventOf({...told('opened'), title}, {...OPTIONS, routingKey: server.routingKey})
    expect(event.payload?.summary).toBe(summary)
  })

  it('has a page of its own for an incident that was opened again', async () => {
    const {deps} = world()
    await sendNotice(deps, told('opened'))
    await sendNotice(deps, told('resolved'))
    await sendNotice(deps, told('reopened', {reopenings: 1}))
    await sendNotice(deps, told('resolved', {reopenings: 1}))
    expect(server.pages.map(({state}) => state)).toEqual(['resolved', 'resolved'])
    expect(new Set(server.pages.map(({key}) => key)).size).toBe(2)
  })

  it('ends the page of what came back before it was resolved: nobody else would', async () => {
    const {deps, clock} = world()
    await sendNotice(deps, told('opened'))
    await sendNotice(deps, told('acknowledged'))
    await sendNotice(deps, told('mitigated'))
    server.trouble({kind: 'status', status: 202}, {kind: 'status', status: 503})
    expect(await sendNotice(deps, told('reopened', {reopenings: 1}))).toMatchObject({status: 'pending'})
    clock.advance(600)
    await sendNotice(deps, told('updated', {reopenings: 1}))
    expect(server.pages.map(({state}) => state)).toEqual(['resolved', 'triggered'])
    await sendNotice(deps, told('resolved', {reopenings: 1}))
    expect(server.pages.map(({state}) => state)).toEqual(['resolved', 'resolved'])
    expect(server.dropped).toEqual([])
  })

  it('does not page again for a note on an incident that has ended, and says so', async () => {
    const {deps} = world()
    await sendNotice(deps, told('opened'))
    await sendNotice(deps, told('resolved'))
    expect(inWords(await sendNotice(deps, told('updated')))).toMatchObject({
      status: 'delivered',
      reason: 'not sent to PagerDuty, where the page has ended: it would page again',
    })
    expect(server.pages).toMatchObject([{state: 'resolved', triggers: 1}])
  })

  it('never has an acknowledgement before its trigger', async () => {
    const {deps, clock} = world()
    server.trouble({kind: 'status', status: 500}, {kind: 'reset'}, {kind: 'status', status: 503})
    await sendNotice(deps, told('opened'))
    expect(await sendNotice(deps, told('acknowledged'))).toMatchObject({
      status: 'pending',
      reason: {why: 'afterEarlier'},
    })
    await sendNotice(deps, told('resolved'))
    clock.advance(3600)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(server.pages).toMatchObject([{state: 'resolved', triggers: 1}])
    expect(server.dropped).toEqual([])
    const actions = server.requests.slice(-3).map((event) => event['event_action'])
    expect(actions).toEqual(['trigger', 'acknowledge', 'resolve'])
  })

  it.each<[string, PagerDutyTrouble, string]>([
    ['the connection was reset', {kind: 'reset'}, "PagerDuty can't be reached (ECONNRESET)"],
    ['nothing was answered', {kind: 'silence'}, 'PagerDuty did not answer in time'],
    ['a proxy gave up', {kind: 'status', status: 502}, 'PagerDuty answered HTTP 502'],
  ])('has one page, although after it was taken %s', async (_name, then, reason) => {
    const {deps, clock} = world()
    server.trouble({kind: 'taken', then})
    const first = inWords(await sendNotice(deps, told('opened')))
    expect(first.status).toBe('pending')
    if (then.kind !== 'reset') expect(first.reason).toBe(reason)
    clock.advance(60)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(server.pages).toMatchObject([{state: 'triggered', triggers: 2}])
  })

  it('has one page, although faci was killed between the answer and its record', async () => {
    const {deps, outbox} = world()
    const notice = told('opened')
    await outbox.put(notice)
    await outbox.begin(notice.id, '2026-11-23T06:00:00.000Z', 0)
    await pager().send(notice, null)
    expect((await flushOutbox(deps)).verdict).toBe('ok')
    expect(server.pages).toMatchObject([{state: 'triggered', triggers: 2}])
  })

  it.each([
    ['seconds', {'retry-after': '90'}, 90],
    ['nothing', {}, 120],
    ['junk', {'retry-after': 'soon'}, 120],
    ['a past date', {'retry-after': 'Mon, 01 Jan 2001 00:00:00 GMT'}, 120],
  ] as const)('is left alone when it limits, and says how long by %s', async (_name, headers, seconds) => {
    server.trouble({kind: 'status', status: 429, headers})
    expect(inWords(await pager().send(told('opened'), null))).toEqual({
      ...{kind: 'failed', reason: 'PagerDuty asks to slow down', retryAfterSeconds: seconds},
      mayHaveArrived: false,
    })
  })

  it('is left alone until a date that it names', async () => {
    const at = new Date(Date.now() + 600_000).toUTCString()
    server.trouble({kind: 'status', status: 429, headers: {'retry-after': at}})
    const sent = await pager().send(told('opened'), null)
    const seconds = sent.kind === 'failed' ? (sent.retryAfterSeconds ?? 0) : 0
    expect(seconds).toBeGreaterThan(590)
    expect(seconds).toBeLessThanOrEqual(601)
  })

  it('refuses a wrong routing key for good, which is not shown', async () => {
    const sent = inWords(await pager({routingKey: 'wrong-key-1'}).send(told('opened'), null))
    expect(sent).toEqual({
      kind: 'rejected',
      reason: "PagerDuty refused it ('routing_key' is invalid: ***): check the routing key",
    })
  })

  it('shows no more of a refusal than a line, however long it is', async () => {
    const errors = ['x'.repeat(70_000)]
    server.trouble({kind: 'status', status: 400, body: JSON.stringify({errors})})
    expect(inWords(await pager().send(told('opened'), null)).reason).toBe('PagerDuty refused it (HTTP 400)')
    server.trouble({kind: 'status', status: 400, body: JSON.stringify({errors: [`a\u001b[31m${'y'.repeat(5000)}`]})})
    const {reason} = inWords(await pager().send(told('opened'), null))
    expect(reason?.length).toBeLessThan(400)
    expect(reason).not.toContain('\u001b')
  })

  it.each([200, 204, 301, 302])('is not said to have queued what HTTP %d answers', async (status) => {
    server.trouble({
      kind: 'status',
      status,
      headers: {location: 'http://127.0.0.1:9/'},
      ...(status === 204 ? {body: ''} : {}),
    })
    expect(await pager().send(told('opened'), null)).toMatchObject({kind: 'failed'})
  })

  it('does not drop an end by another routing key without a word', async () => {
    const {deps, outbox} = world()
    await sendNotice(deps, told('opened'))
    const changed = {...deps, notifiers: [pager({routingKey: 'another'})]}
    expect(inWords(await sendNotice(changed, told('resolved')))).toMatchObject({
      status: 'rejected',
      reason:
        'the routing key has changed since the page was sent, and PagerDuty would drop this without a word: do it in PagerDuty',
    })
    expect(server.requests).toHaveLength(1)
    expect(JSON.stringify(outbox.entries())).not.toContain(server.routingKey)
  })

  it('says of an end without a page that it is dropped', async () => {
    const sent = inWords(await sendNotice(world().deps, told('resolved')))
    expect(sent).toMatchObject({status: 'delivered'})
    expect(sent.reason).toContain('no page of it was sent from here')
    expect(server.dropped).toEqual(['resolve'])
  })

  it('adds to the page that Alertmanager has sent, where they share the routing key', async () => {
    const pages = 'a'.repeat(64)
    await sendNotice(world(pager({adopts: true})).deps, told('opened', {pages}))
    await sendNotice(world().deps, told('opened', {pages}))
    expect(server.pages.map(({key}) => key === pages)).toEqual([true, false])
  })

  it("adds nothing to Alertmanager's page but what is to page, because it may have ended, and says so", async () => {
    const {deps} = world(pager({adopts: true}))
    const pages = 'b'.repeat(64)
    await sendNotice(deps, told('opened', {pages}))
    const said = []
    for (const step of ['updated', 'due', 'mitigated', 'acknowledged', 'escalated', 'resolved'] as const)
      said.push(inWords(await sendNotice(deps, told(step, {pages}))).reason)
    const notAdded =
      "not sent to PagerDuty: the page is Alertmanager's and ends with its alert, after which this would page again"
    const queued = 'queued by PagerDuty'
    expect(said).toEqual([notAdded, notAdded, notAdded, queued, queued, queued])
    expect(server.pages).toMatchObject([{key: pages, state: 'resolved', triggers: 2}])
  })

  it('says where more of an incident is to be read, and of what is none only where its address needs no name', () => {
    const urlOf = (clientUrl: string, notice: Notice): string | undefined =>
      eventOf(notice, {...OPTIONS, clientUrl, routingKey: 'k'}).client_url
    const each = 'https://wiki.example.com/i/{incident}?q={incident}'
    expect(urlOf(each, told('opened', {handle: 'INC-7&x'}))).toBe('https://wiki.example.com/i/INC-7%26x?q=INC-7%26x')
    expect(urlOf(each, aNotice())).toBeUndefined()
    expect(urlOf('https://wiki.example.com/', aNotice())).toBe('https://wiki.example.com/')
    expect(urlOf(each, told('acknowledged'))).toBeUndefined()
  })

  it('has a page for a run of a runbook, and one for each notice that stands alone', async () => {
    const {deps} = world()
    const plain = {channel: 'pagerduty', incident: null} as const
    await sendNotice(deps, aNotice({...plain, id: '01ARZ3NDEKTSV4RRFFQ69G5FB1', state: 'started'}))
    await sendNotice(deps, aNotice({...plain, id: '01ARZ3NDEKTSV4RRFFQ69G5FB2', state: 'resolved'}))
    const alone = {...plain, thread: null, state: 'info', severity: 'info'} as const
    for (const id of ['01ARZ3NDEKTSV4RRFFQ69G5FB3', '01ARZ3NDEKTSV4RRFFQ69G5FB4'])
      await sendNotice(deps, aNotice({...alone, id}))
    expect(server.pages.map(({state, severity}) => [state, severity])).toEqual([
      ['resolved', 'critical'],
      ['triggered', 'info'],
      ['triggered', 'info'],
    ])
  })
})

const anIncident = fc.record({
  ...{id: fc.string(), handle: fc.string({maxLength: 3000}), subject: fc.string()},
  priority: fc.constantFrom('P0', 'P1', 'P2'),
  reopenings: fc.nat(),
  step: fc.constantFrom<IncidentStep>(
    ...(['opened', 'acknowledged', 'updated', 'mitigated', 'resolved', 'reopened', 'due'] as const),
  ),
})
const long = fc.oneof(
  fc.string({unit: 'binary'}),
  fc.nat({max: 100_000}).map((length) => '\u0001é'.repeat(length)),
)
const anyNotice = fc.record({
  ...{
    title: fc.string({minLength: 1, maxLength: 3000}),
    body: long,
    service: fc.string({minLength: 1, maxLength: 600}),
  },
  facts: fc.array(fc.record({name: fc.string(), value: long}), {maxLength: 50}),
  incident: fc.option(anIncident),
  severity: fc.constantFrom('critical', 'warning', 'info'),
})

describe('an event for PagerDuty', () => {
  it('is one that PagerDuty takes, whatever the notice says', async () => {
    await fc.assert(
      fc.asyncProperty(anyNotice, async (fields) => {
        const notice = aNotice({...fields, title: `x${fields.title}`, service: `s${fields.service}`})
        const sent = inWords(await pager().send(notice, null))
        expect(sent).toMatchObject({kind: 'delivered'})
      }),
      {numRuns: 60},
    )
  })

  it('knows only four words of severity, and says who sends it at its top', () => {
    const severities = (['P0', 'P1', 'P2'] as const).map((priority) => {
      const event = eventOf(told('opened', {priority}), {...OPTIONS, routingKey: 'k'})
      expect(event.client).toBe('faci')
      return event.payload?.severity
    })
    expect(severities).toEqual(['critical', 'error', 'warning'])
  })

  it('says that it was shortened', () => {
    const event = eventOf(aNotice({body: 'y'.repeat(100_000)}), {...OPTIONS, routingKey: 'k'})
    expect(event.payload?.custom_details).toMatchObject({shortened: '(shortened)', notice: aNotice().id})
  })
})
