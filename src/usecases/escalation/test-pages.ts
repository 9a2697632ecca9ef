import {FaciError} from '../../domain/errors.js'
import {peopleOf} from '../../domain/escalation/escalation-due.js'
import type {PageTestReport, PageTestStep, TestedPerson, TestPage} from '../../domain/escalation/page-test-report.js'
import {TERMINAL} from '../../domain/notices/channels.js'
import type {Notice} from '../../domain/notices/notice.js'
import type {OncallWords} from '../../domain/oncall/oncall-words.js'
import type {Person, Rota} from '../../domain/oncall/rota.js'
import type {Result} from '../../domain/result.js'
import type {Clock} from '../../ports/clock.js'
import type {Ids} from '../../ports/ids.js'
import type {Delivery, Notifier} from '../../ports/notifier.js'
import type {PageTest, PageTests, TestAcknowledgement} from '../../ports/page-tests.js'
import {safely} from '../notices/call-notifier.js'
import {namedPerson} from '../oncall/named-person.js'

/** A channel that pages, in the language of those who read it. */
export interface TestedChannel {
  readonly notifier: Notifier
  readonly words: OncallWords
}

export interface TestPagesDeps {
  readonly tests: PageTests
  readonly channels: readonly TestedChannel[]
  readonly clock: Clock
  readonly ids: Ids
  /** Tells whoever waits of each step as it happens. */
  readonly tell: (step: PageTestStep) => void
}

interface TestedPlace {
  readonly service: string
  readonly environment: string
  readonly operator: {readonly name: string; readonly host: string}
  /** Null: faci.yml has none. */
  readonly rota: Rota | null
}

export interface TestPagesInput extends TestedPlace {
  readonly waitSeconds: number
  readonly signal: AbortSignal
}

const POLL_SECONDS = 1

/** Everybody whom a step of the escalation means now, in its order; without steps everybody. */
function chain(rota: Rota, at: number): readonly Person[] {
  const names = rota.escalation.flatMap(({notify}) => peopleOf(rota, notify, at))
  const all = names.length === 0 ? rota.people.map(({name}) => name) : names
  return [...new Set(all)].flatMap((name) => rota.people.find((one) => one.name === name) ?? [])
}

/** On one thread, so that a pager makes one page of all, which the last notice ends. */
function noticeOf(
  {ids, clock}: TestPagesDeps,
  {service, environment, operator}: TestedPlace,
  {notifier, words}: TestedChannel,
  test: PageTest,
  person: Person | null,
): Notice {
  const {title, body, over} = words.test
  return {
    ...{id: ids.next(), channel: notifier.channel, thread: test.id, incident: null, severity: 'info', facts: []},
    ...{state: person === null ? 'resolved' : 'info', title: title(service), service, environment},
    body: person === null ? over : body(test.id),
    ...{operator: operator.name, host: operator.host, createdAt: clock.now().toISOString()},
    paged: person === null ? [] : [person],
  }
}

interface Sent {
  readonly person: string
  readonly channel: string
  readonly delivery: Delivery
}

/** Straight to the channel: a test that waits in the outbox would page somebody hours later. */
async function send(
  deps: TestPagesDeps,
  place: TestedPlace,
  test: PageTest,
  people: readonly Person[],
): Promise<readonly Sent[]> {
  const sent = deps.channels.map(async (channel): Promise<readonly Sent[]> => {
    const own: Sent[] = []
    for (const person of people) {
      const notice = noticeOf(deps, place, channel, test, person)
      const delivery = await safely(() => channel.notifier.send(notice, null))
      const one = {person: person.name, channel: channel.notifier.channel, delivery}
      deps.tell({kind: 'sent', person: one.person, page: pageOf(one)})
      own.push(one)
    }
    return own
  })
  return (await Promise.all(sent)).flat()
}

function hasReached({delivery}: Sent): boolean {
  if (delivery.kind === 'delivered' || delivery.partly !== undefined) return true
  return delivery.kind === 'failed' && delivery.mayHaveArrived
}

/** What may be open at a pager is closed again; other channels have nothing to close. */
async function close(
  deps: TestPagesDeps,
  place: TestedPlace,
  test: PageTest,
  sent: readonly Sent[],
): Promise<readonly TestPage[]> {
  const closings: TestPage[] = []
  for (const channel of deps.channels.filter(({notifier}) => notifier.perIncident === true)) {
    const own = sent.filter((one) => one.channel === channel.notifier.channel)
    const first = own.find(({delivery}) => delivery.kind === 'delivered')
    const root = first?.delivery.kind === 'delivered' ? first.delivery.message : null
    const mayBeOpen = own.some(
      ({delivery: one}) => one.kind === 'delivered' || (one.kind === 'failed' && one.mayHaveArrived),
    )
    if (!mayBeOpen) continue
    const delivery = await safely(() => channel.notifier.send(noticeOf(deps, place, channel, test, null), root))
    const page = pageOf({channel: channel.notifier.channel, delivery})
    deps.tell({kind: 'closed', page})
    closings.push(page)
  }
  return closings
}

function secondsAfter(test: PageTest, at: string): number {
  return Math.max(0, (Date.parse(at) - Date.parse(test.at)) / 1000)
}

async function waited(deps: TestPagesDeps, test: PageTest, {waitSeconds, signal}: TestPagesInput) {
  const {tests, clock} = deps
  const deadline = clock.monotonicSeconds() + waitSeconds
  const until = new Date(clock.now().getTime() + waitSeconds * 1000).toISOString()
  const waiting = new Set(test.people)
  deps.tell({kind: 'waiting', id: test.id, until})
  for (;;) {
    const acks = await tests.acknowledgements(test.id)
    for (const {person, at} of acks)
      if (waiting.delete(person))
        deps.tell({kind: 'acknowledged', person, afterSeconds: secondsAfter(test, at), left: [...waiting]})
    if (waiting.size === 0 || clock.monotonicSeconds() >= deadline) return acks
    await clock.sleep(POLL_SECONDS, signal)
  }
}

function pageOf({channel, delivery}: Pick<Sent, 'channel' | 'delivery'>): TestPage {
  const reason = delivery.kind === 'delivered' ? (delivery.note ?? null) : delivery.reason
  return {channel, status: delivery.kind, reason}
}

function tested(test: PageTest, sent: readonly Sent[], acks: readonly TestAcknowledgement[]): readonly TestedPerson[] {
  return test.people.map((person) => {
    const acknowledgedAt = acks.find((ack) => ack.person === person)?.at ?? null
    const own = sent.filter((one) => one.person === person)
    return {
      ...{person, channels: own.map(pageOf), acknowledgedAt},
      acknowledgedAfterSeconds: acknowledgedAt === null ? null : secondsAfter(test, acknowledgedAt),
    }
  })
}

/** What still pages for a test has to be closed by a person, who must be told. */
function verdictOf({people, closings}: PageTestReport): 'ok' | 'bad' | 'unknown' {
  if (people.some(({acknowledgedAt}) => acknowledgedAt === null)) return 'bad'
  return closings.every(({status}) => status === 'delivered') ? 'ok' : 'unknown'
}

/** Sends a marked test page to everybody in the chain on every channel, and waits for acknowledgements. Opens no incident. Somebody who did not is `bad`; an alert that may still be open is `unknown`. */
export async function testPages(deps: TestPagesDeps, input: TestPagesInput): Promise<Result<PageTestReport>> {
  const {rota, waitSeconds} = input
  const now = deps.clock.now()
  const nothing = {at: now.toISOString(), id: null, acknowledgedBy: null, waitSeconds, people: [], closings: []}
  if (rota === null) return {verdict: 'unknown', data: {...nothing, lacks: 'rota'}}
  const isAny = deps.channels.some(({notifier}) => notifier.channel !== TERMINAL)
  if (!isAny) return {verdict: 'unknown', data: {...nothing, lacks: 'channel'}}
  const people = chain(rota, now.getTime())
  const test = await deps.tests.begin(people.map(({name}) => name))
  deps.tell({kind: 'begun', id: test.id, people: test.people})
  const sent = await send(deps, input, test, people)
  const closing = (): Promise<readonly TestPage[]> => close(deps, input, test, sent)
  // Nobody acknowledges what nobody has got.
  const isReached = sent.some(hasReached)
  let acks: readonly TestAcknowledgement[]
  try {
    acks = isReached ? await waited(deps, test, input) : []
  } catch (error) {
    await closing()
    throw error
  }
  const data = {
    ...nothing,
    ...(isReached ? {} : {waitSeconds: 0}),
    id: test.id,
    lacks: null,
    people: tested(test, sent, acks),
    closings: await closing(),
  }
  return {verdict: verdictOf(data), data}
}

export interface AcknowledgeTestInput extends TestedPlace {
  /** As typed, or a part of one. */
  readonly id: string
  /** As typed; null: the operator. */
  readonly person: string | null
}

/** Enters that somebody got their test page. Errors: `notFound`. */
export async function acknowledgeTest(
  {tests, clock}: Pick<TestPagesDeps, 'tests' | 'clock'>,
  {rota, id, person, operator}: AcknowledgeTestInput,
): Promise<Result<PageTestReport>> {
  const test = await tests.find(id)
  if (test === null) throw new FaciError('notFound', `No test ${id}`, {suggestions: ['faci oncall test']})
  const name = namedPerson({people: rota?.people ?? []}, person ?? operator.name)
  await tests.acknowledge(test.id, name)
  const people = tested(test, [], await tests.acknowledgements(test.id))
  const at = clock.now().toISOString()
  return {
    verdict: 'ok',
    data: {at, id: test.id, lacks: null, acknowledgedBy: name, waitSeconds: 0, people, closings: []},
  }
}
