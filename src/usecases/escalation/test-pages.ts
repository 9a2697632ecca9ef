import {FaciError} from '../../domain/errors.js'
import {peopleOf} from '../../domain/escalation/escalation-due.js'
import type {PageTestReport, TestedPerson} from '../../domain/escalation/page-test-report.js'
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
      own.push({person: person.name, channel: channel.notifier.channel, delivery})
    }
    return own
  })
  return (await Promise.all(sent)).flat()
}

/** What a pager has opened is closed again; other channels have nothing to close. */
async function close(deps: TestPagesDeps, place: TestedPlace, test: PageTest, sent: readonly Sent[]): Promise<void> {
  for (const channel of deps.channels.filter(({notifier}) => notifier.channel === 'pagerduty')) {
    const first = sent.find((one) => one.channel === 'pagerduty' && one.delivery.kind === 'delivered')
    const root = first?.delivery.kind === 'delivered' ? first.delivery.message : null
    await safely(() => channel.notifier.send(noticeOf(deps, place, channel, test, null), root))
  }
}

async function waited({tests, clock}: TestPagesDeps, test: PageTest, {waitSeconds, signal}: TestPagesInput) {
  const deadline = clock.monotonicSeconds() + waitSeconds
  for (;;) {
    const acks = await tests.acknowledgements(test.id)
    const isComplete = test.people.every((name) => acks.some(({person}) => person === name))
    if (isComplete || clock.monotonicSeconds() >= deadline) return acks
    await clock.sleep(POLL_SECONDS, signal)
  }
}

function channelOf({channel, delivery}: Sent): TestedPerson['channels'][number] {
  const reason = delivery.kind === 'delivered' ? (delivery.note ?? null) : delivery.reason
  return {channel, status: delivery.kind, reason}
}

function tested(test: PageTest, sent: readonly Sent[], acks: readonly TestAcknowledgement[]): readonly TestedPerson[] {
  return test.people.map((person) => {
    const acknowledgedAt = acks.find((ack) => ack.person === person)?.at ?? null
    const own = sent.filter((one) => one.person === person)
    return {
      ...{person, channels: own.map(channelOf), acknowledgedAt},
      acknowledgedAfterSeconds:
        acknowledgedAt === null ? null : Math.max(0, (Date.parse(acknowledgedAt) - Date.parse(test.at)) / 1000),
    }
  })
}

/** Sends a marked test page to everybody in the chain on every channel, and waits for acknowledgements. Opens no incident. Somebody who did not is `bad`. */
export async function testPages(deps: TestPagesDeps, input: TestPagesInput): Promise<Result<PageTestReport>> {
  const {rota, waitSeconds} = input
  const now = deps.clock.now()
  const nothing = {at: now.toISOString(), id: null, acknowledgedBy: null, waitSeconds, people: []}
  if (rota === null) return {verdict: 'unknown', data: {...nothing, lacks: 'rota'}}
  const isAny = deps.channels.some(({notifier}) => notifier.channel !== TERMINAL)
  if (!isAny) return {verdict: 'unknown', data: {...nothing, lacks: 'channel'}}
  const people = chain(rota, now.getTime())
  const test = await deps.tests.begin(people.map(({name}) => name))
  const sent = await send(deps, input, test, people)
  try {
    const done = tested(test, sent, await waited(deps, test, input))
    const isGood = done.every(({acknowledgedAt}) => acknowledgedAt !== null)
    return {verdict: isGood ? 'ok' : 'bad', data: {...nothing, id: test.id, lacks: null, people: done}}
  } finally {
    await close(deps, input, test, sent)
  }
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
  return {verdict: 'ok', data: {at, id: test.id, lacks: null, acknowledgedBy: name, waitSeconds: 0, people}}
}
