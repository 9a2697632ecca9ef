import * as z from 'zod/mini'
import type {Adjustment, Counting, Objective} from '../domain/slo/objective.js'
import {readMatchers} from '../domain/promql/read-matcher.js'
import {orMeant} from '../domain/text/did-you-mean.js'
import {WINDOW} from '../domain/slo/event-queries.js'
import {named, parsedText, seconds} from '../formats/yaml/values.js'

const SELECTOR = /^([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?:\{(.*)\})?$/s

/** `a="1",b=~"x|y"` → its matchers; null when it is something else. */
function matchersIn(text: string): readonly string[] | null {
  const read = readMatchers(text, 0, null)
  return read.ok ? read.matchers.map(({start, end}) => text.slice(start, end)) : null
}

function parseMatchers(text: string): readonly string[] {
  const matchers = matchersIn(text)
  if (matchers === null) throw new Error('is not a list of matchers: write endpoint="/recommend",method="POST"')
  return matchers
}

function parseCounting(text: string): Counting {
  if (text.includes(WINDOW)) return {kind: 'expression', text: text.trim()}
  const match = SELECTOR.exec(text.trim())
  const matchers = match === null ? null : matchersIn(match[2] ?? '')
  if (match?.[1] === undefined || matchers === null) {
    throw new Error(
      `is neither a counter such as http_requests_total{status=~"5.."} nor an expression with ${WINDOW}, such as sum(increase(jobs_failed_total${WINDOW}))`,
    )
  }
  return {kind: 'selector', metric: match[1], matchers}
}

const counting = parsedText(parseCounting)

/** A proxy is another job: nothing is added to it, as it is to a counter of the service. */
function parseRefused(text: string): string {
  if (text.includes(WINDOW)) return text.trim()
  throw new Error(`must be an expression with ${WINDOW}, such as sum(increase(proxy_refused_total${WINDOW}))`)
}

const INDICATORS: readonly (readonly string[])[] = [['errors', 'total'], ['histogram', 'threshold'], ['up']]

const ADDITIONS: readonly string[] = ['refused', 'matchers', 'native']

function isOneIndicator(written: Readonly<Record<string, unknown>>): boolean {
  const given = Object.keys(written).filter((key) => !ADDITIONS.includes(key))
  return INDICATORS.some((keys) => keys.length === given.length && keys.every((key) => given.includes(key)))
}

const indicator = z
  .strictObject({
    errors: z.optional(counting),
    total: z.optional(counting),
    refused: z.optional(parsedText(parseRefused)),
    histogram: z.optional(named(/^[a-zA-Z_:][a-zA-Z0-9_:]*$/, 'must be the name of a histogram, without _bucket')),
    threshold: z.optional(seconds),
    matchers: z.optional(parsedText(parseMatchers)),
    native: z.optional(z.boolean()),
    up: z.optional(z.literal(true)),
  })
  .check(
    z.refine(isOneIndicator, {
      error: 'must be {errors: COUNTER, total: COUNTER}, {histogram: NAME, threshold: 500ms} or {up: true}',
    }),
    z.refine((written) => written.histogram !== undefined || (written.matchers ?? written.native) === undefined, {
      error: 'matchers and native belong to a histogram: write the matchers of a counter behind its name',
    }),
    z.refine((written) => written.errors !== undefined || written.refused === undefined, {
      error: 'refused belongs to errors and total',
    }),
  )

/** Percent, neither 0 nor 100: a budget of nothing can only be broken. */
const objective = z.number().check(
  z.refine((value) => value < 100, {error: 'must be under 100: with 100 there is no budget to spend'}),
  z.refine((value) => value > 0, {error: 'must be above 0'}),
  z.refine((value) => value <= 0 || value >= 1, {
    error: (issue) => `is in percent${orMeant(String(Number((Number(issue.input) * 100).toFixed(9))))}`,
  }),
)

/** What is shorter is watched by an alert, not promised. */
const window = z.pipe(seconds, z.number().check(z.refine((value) => value >= 3600, {error: 'must be at least 1h'})))

const slo = z.strictObject({
  name: named(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and -'),
  objective,
  window: z.prefault(window, '30d'),
  indicator,
  runbook: z.optional(named(/^[a-z0-9][a-z0-9-]*$/, 'must be the name of a runbook')),
})

function parseTime(text: string): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(at)) throw new Error('is no time with a zone: write 2026-11-23T06:00:00-03:00')
  return at / 1000
}

const adjustment = z
  .strictObject({
    start: parsedText(parseTime),
    end: parsedText(parseTime),
    reason: z.string().check(z.minLength(1)),
    approver: z.optional(z.string()),
    slos: z._default(z.array(z.string()), []),
  })
  .check(z.refine(({start, end}) => end > start, {error: 'end must be after start', path: ['end']}))

function areDistinct(slos: readonly {readonly name: string}[]): boolean {
  return new Set(slos.map(({name}) => name)).size === slos.length
}

export const slosSchema = z._default(
  z.array(slo).check(z.refine(areDistinct, {error: 'two objectives have the same name'})),
  [],
)
export const adjustmentsSchema = z._default(z.array(adjustment), [])

type SloDocument = z.output<typeof slo>

function indicatorOf({indicator: written}: SloDocument): Objective['indicator'] {
  const {errors, total, refused, histogram, threshold, matchers = [], native = false} = written
  if (errors !== undefined && total !== undefined)
    return {kind: 'errors', errors, total, ...(refused === undefined ? {} : {refused})}
  if (histogram === undefined || threshold === undefined) return {kind: 'up'}
  return {kind: 'latency', histogram, thresholdSeconds: threshold, matchers, native}
}

export function toObjective(document: SloDocument): Objective {
  const {name, window, runbook = null} = document
  return {
    name,
    objective: Number((document.objective / 100).toFixed(12)),
    windowSeconds: window,
    indicator: indicatorOf(document),
    runbook,
  }
}

export function toAdjustment({start, end, reason, approver, slos}: z.output<typeof adjustment>): Adjustment {
  return {start, end, reason, approver: approver ?? null, objectives: slos}
}
