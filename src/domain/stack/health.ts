import {shellCommand} from '../text/shell-command.js'
import type {StateVerdict} from '../verdict.js'
import {expectsStatus, type HealthExpectation, type HttpReply, lackOf} from './expected-answer.js'
import type {ProbeReason} from './reason.js'
import {statedHealth} from './stated-health.js'

/** `unknown`: it answers, and says that it does not know; or it could not be asked. `unreachable`: it was asked, and nobody answered. */
export type ProbeOutcome = 'healthy' | 'degraded' | 'failing' | 'unknown' | 'unreachable'

/** How an entry of faci.yml's `health:` is asked. */
export type HealthProbe =
  | {readonly kind: 'http'; readonly expect: HealthExpectation}
  | {readonly kind: 'tcp'; readonly host: string; readonly port: number}
  | {readonly kind: 'exec'; readonly command: readonly string[]}

const SHELL = ['/bin/sh', '-c'] as const
/** Characters. */
const LONGEST_COMMAND = 100

/** As Compose takes a health check: a text is for the shell. */
export function probeCommand(written: string | readonly string[]): readonly string[] {
  return typeof written === 'string' ? [...SHELL, written] : written
}

/** On one line, and no longer than people read. */
export function probeCommandText(command: readonly string[]): string {
  const [shell, option, script, ...others] = command
  const isText = shell === SHELL[0] && option === SHELL[1] && script !== undefined && others.length === 0
  const line = (isText ? script : shellCommand(command)).trim().replaceAll(/\s+/g, ' ')
  return line.length > LONGEST_COMMAND ? `${line.slice(0, LONGEST_COMMAND)}…` : line
}

/** An entry of faci.yml's `health:`. */
export interface HealthEndpoint {
  readonly name: string
  /** What is asked, for people too: the URL, `tcp://HOST:PORT`, or `exec:` and the command. */
  readonly url: string
  readonly timeoutSeconds: number
  /** By default a GET of the URL, of which nothing particular is expected. */
  readonly probe?: HealthProbe
}

/** One request to a health endpoint. */
export interface Probe {
  readonly outcome: ProbeOutcome
  /** null when there was no answer. */
  readonly status: number | null
  readonly latencySeconds: number | null
  /** Why it is not healthy. */
  readonly reason: ProbeReason | null
}

export interface EndpointHealth {
  readonly name: string
  readonly url: string
  readonly verdict: StateVerdict
  readonly probes: readonly Probe[]
  /** The median of an even number of answers is the mean of the middle two; null without an answer. */
  readonly latency: {readonly minSeconds: number; readonly medianSeconds: number; readonly maxSeconds: number} | null
}

export interface HealthReport {
  readonly endpoints: readonly EndpointHealth[]
}

/** The state of an endpoint from all its probes: some bad is degraded, all bad is down, none made is unknown. */
export function endpointVerdict(probes: readonly Probe[]): StateVerdict {
  const outcomes = probes.map(({outcome}) => outcome)
  if (outcomes.every((outcome) => outcome === 'healthy' || outcome === 'unknown'))
    return outcomes.length === 0 || outcomes.includes('unknown') ? 'unknown' : 'healthy'
  const served = outcomes.some((outcome) => outcome !== 'failing' && outcome !== 'unreachable')
  return served ? 'degraded' : 'down'
}

export function latencySummary(probes: readonly Probe[]): EndpointHealth['latency'] {
  const sorted = probes.flatMap(({latencySeconds}) => latencySeconds ?? []).sort((first, second) => first - second)
  const min = sorted[0]
  const max = sorted.at(-1)
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  const high = sorted[Math.ceil((sorted.length - 1) / 2)]
  if (min === undefined || max === undefined || low === undefined || high === undefined) return null
  return {minSeconds: min, medianSeconds: (low + high) / 2, maxSeconds: max}
}

export interface Judgement {
  readonly outcome: ProbeOutcome
  readonly reason: ProbeReason | null
}

const HEALTHY: Judgement = {outcome: 'healthy', reason: null}

/** Characters of where a redirect leads, and of what a command says. */
const LONGEST_TARGET = 200
const LONGEST_ENCODING = 40

/** Where an answer sends whoever asked, as it may be shown. */
function target(location: string | undefined): string | null {
  const to = (location?.split(/[?#]/, 1)[0] ?? '').replace(/^((?:[a-z][a-z0-9+.-]*:)?\/\/)[^/]*@/i, '$1')
  return to === '' ? null : to.slice(0, LONGEST_TARGET)
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304
}

/** Of an answer with a good status, what its body says of health, if it says anything. */
function judgeBody({status, body}: HttpReply): Judgement {
  const said = statedHealth(body)
  if (said === null || said.outcome === 'healthy') return HEALTHY
  const {outcome, word, parts} = said
  return {outcome, reason: {why: 'bodySays', status, word, parts}}
}

/** What no text holds: bytes that are no letters, and control characters. */
const NO_TEXT = /[\uFFFD\0-\x08\x0E-\x1A\x1C-\x1F]/
/** Characters of the body that are looked at for them. */
const LOOKED_AT = 1000

/** The encoding of a body that could not be decoded; null where it can be read, also under a header that is no encoding's name. */
function unreadIn({headers, body}: HttpReply): string | null {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? ''
  return encoding === '' || !NO_TEXT.test(body.slice(0, LOOKED_AT)) ? null : encoding.slice(0, LONGEST_ENCODING)
}

function judgeStatus({status, headers, body}: HttpReply, expect: HealthExpectation | null): Judgement {
  if (isRedirect(status))
    return {outcome: 'failing', reason: {why: 'redirects', status, to: target(headers['location'])}}
  const says = statedHealth(body)?.word ?? null
  const expected = expect?.statuses?.join(', ')
  if (expected === undefined || status >= 400) return {outcome: 'failing', reason: {why: 'httpStatus', status, says}}
  return {outcome: 'failing', reason: {why: 'unexpected', what: 'status', status, expected, got: String(status)}}
}

function judgeGood(reply: HttpReply, expect: HealthExpectation | null): Judgement {
  const asksOfBody = typeof expect?.body === 'string'
  const isRead = !asksOfBody && expectsStatus(reply, null)
  const encoding = asksOfBody || isRead ? unreadIn(reply) : null
  const lack = expect === null ? null : lackOf(reply, encoding === null ? expect : {...expect, body: null})
  if (lack !== null) return {outcome: 'failing', reason: lack}
  if (encoding !== null) return {outcome: 'unknown', reason: {why: 'unreadBody', status: reply.status, encoding}}
  return isRead ? judgeBody(reply) : HEALTHY
}

/**
 * What an answer means: by its status, then by what is expected of it, and where nothing is expected of its body and it is one of success by what
 * that says of health.
 */
export function judgeAnswer(reply: HttpReply, expect: HealthExpectation | null = null): Judgement {
  return expectsStatus(reply, expect) ? judgeGood(reply, expect) : judgeStatus(reply, expect)
}

/** Of a command in a container: 0 is healthy. */
export function judgeExit({exitCode, output}: {readonly exitCode: number; readonly output: string}): Judgement {
  if (exitCode === 0) return HEALTHY
  const said = output.split('\n').findLast((line) => line.trim() !== '') ?? ''
  return {outcome: 'failing', reason: {why: 'probeExited', exitCode, said: said.trim().slice(0, LONGEST_TARGET)}}
}
