import type {Detail} from '../../domain/journal/detail.js'
import type {BlockOutcome, BlockResult} from '../../domain/journal/events.js'
import {type FaciError, rethrowBugOrInterrupt} from '../../domain/errors.js'
import {type Expectation, meets, numberIn} from '../../domain/runbook/expectation.js'
import {fillHttpBlock, parseHttpBlock} from '../../domain/runbook/http-block.js'
import type {Language} from '../../domain/runbook/block-languages.js'
import type {CommandBlock} from '../../domain/runbook/runbook.js'
import {singleValue} from '../../domain/promql/single-value.js'
import {fillPromql} from '../../domain/runbook/promql-template.js'
import type {ConditionState} from '../../domain/condition-state.js'
import type {Sample} from '../../domain/promql/sample.js'
import type {Clock} from '../../ports/clock.js'
import type {Http} from '../../ports/http.js'
import type {Metrics} from '../../ports/metrics.js'
import {judgeAnswer, measured, unclear} from './look-at-resolved.js'

export interface QueryDeps {
  readonly clock: Clock
  readonly http: Http
  readonly metrics: Metrics | null
}

export interface QueryInput {
  readonly block: QueryBlock
  /** Inputs and captures. */
  readonly values: Readonly<Record<string, string>>
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
}

const OUTCOME: Readonly<Record<ConditionState, BlockOutcome>> = {true: 'ok', false: 'failed', unknown: 'unknown'}
const MOST_SAMPLES = 50

const NOTHING: BlockResult = {
  outcome: 'ok',
  exitCode: null,
  durationSeconds: 0,
  output: '',
  detail: null,
  captured: {},
}

function failure(text: string): Detail {
  return {why: 'error', text}
}

function judged(state: ConditionState, detail: Detail | null): Pick<BlockResult, 'outcome' | 'detail'> {
  return {outcome: OUTCOME[state], detail: state === 'true' ? null : detail}
}

/** What a script printed against its `expect`. */
export function judgeText(
  text: string,
  expect: Expectation,
  captures: Readonly<Record<string, string>>,
): Pick<BlockResult, 'outcome' | 'detail'> {
  const value = numberIn(text)
  if (value === null) return {outcome: 'unknown', detail: {why: 'noNumberPrinted', expected: expect.text}}
  return judged(meets(expect, value, captures), measured(String(value), expect))
}

function sampleLine({labels, value}: Sample): string {
  const pairs = Object.entries(labels).map(([name, text]) => `${name}="${text}"`)
  return `${String(value)}  {${pairs.join(', ')}}`
}

/** Empty without any; `… +70` stands for those that are too many. */
function samplesText(samples: readonly Sample[]): string {
  const shown = samples.slice(0, MOST_SAMPLES).map(sampleLine)
  const more = samples.length - shown.length
  return [...shown, ...(more > 0 ? [`… +${String(more)}`] : [])].join('\n')
}

async function runPromql(
  {metrics}: QueryDeps,
  {block, values, timeoutSeconds, signal}: QueryInput,
): Promise<BlockResult> {
  if (metrics === null) return {...NOTHING, outcome: 'unknown', detail: {why: 'noPrometheus'}}
  const filled = fillPromql(block.body, block.placeholders, values)
  if (!filled.ok) return {...NOTHING, outcome: 'failed', detail: {why: 'notFilled', problems: filled.problems}}
  const answer = await metrics.query(filled.text, {timeoutSeconds, signal})
  const {samples} = answer
  const result = {...NOTHING, output: samplesText(samples)}
  if (block.expect === null && block.capture === null) return result
  const [warning] = answer.warnings
  if (warning !== undefined) return {...result, outcome: 'unknown', detail: {why: 'unreliable', warning}}
  const single = singleValue(samples)
  if (single.kind !== 'value')
    return {...result, outcome: single.kind === 'several' ? 'failed' : 'unknown', detail: unclear(single)}
  const captured = block.capture === null ? {} : {[block.capture]: String(single.value)}
  if (block.expect === null) return {...result, captured}
  const {state, detail} = judgeAnswer(answer, block.expect, values)
  return {...result, captured, ...judged(state, detail)}
}

async function runHttp({http}: QueryDeps, {block, values, timeoutSeconds, signal}: QueryInput): Promise<BlockResult> {
  const parsed = parseHttpBlock(block.body)
  if (!parsed.ok) return {...NOTHING, outcome: 'failed', detail: failure(parsed.message)}
  const filled = fillHttpBlock(parsed.request, values)
  if (!filled.ok) return {...NOTHING, outcome: 'failed', detail: {why: 'notFilled', problems: filled.problems}}
  const {method, url, headers, body} = filled.request
  const request = {method, url, headers, timeoutSeconds, ...(body === null ? {} : {body})}
  const answer = await http.send(request, signal)
  const captured = block.capture === null ? {} : {[block.capture]: answer.body.trim()}
  const result = {...NOTHING, captured, output: `HTTP ${String(answer.status)}\n${answer.body}`.trim()}
  const expect = block.expect ?? ({kind: 'statusClass', hundreds: 2, text: '2xx'} as const)
  const detail = measured(`HTTP ${String(answer.status)}`, expect)
  return {...result, ...judged(meets(expect, answer.status, values), detail)}
}

/** A question that got no answer: unknown for a query, failed for a request that was to do or prove something. */
function unanswered(block: CommandBlock, error: FaciError): BlockResult {
  if (error.code === 'timedOut') return {...NOTHING, outcome: 'timedOut', detail: failure(error.message)}
  const isUnseen = error.code === 'noRoute' || (block.language === 'promql' && error.code !== 'usage')
  return {...NOTHING, outcome: isUnseen ? 'unknown' : 'failed', detail: failure(error.message)}
}

export type QueryBlock = CommandBlock & {readonly language: Exclude<Language, 'sh'>}

const RUN: Readonly<Record<QueryBlock['language'], typeof runPromql>> = {promql: runPromql, http: runHttp}

/** Runs a promql or http block. Whatever goes wrong is a result; only an interruption is thrown. */
export async function runQueryBlock(deps: QueryDeps, input: QueryInput): Promise<BlockResult> {
  const started = deps.clock.monotonicSeconds()
  const run = RUN[input.block.language]
  try {
    const result = await run(deps, input)
    return {...result, durationSeconds: deps.clock.monotonicSeconds() - started}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {...unanswered(input.block, error), durationSeconds: deps.clock.monotonicSeconds() - started}
  }
}
