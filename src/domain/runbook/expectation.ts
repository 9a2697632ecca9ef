import {type ConditionState, conditionState} from '../condition-state.js'

type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>='

/** `factor * $capture`, or just `factor`. */
interface Term {
  readonly factor: number
  readonly capture: string | null
}

/** What a value must be. Base units: seconds, bytes, ratios. */
export type Expectation =
  | {readonly kind: 'compare'; readonly comparison: Comparison; readonly term: Term; readonly text: string}
  | {readonly kind: 'range'; readonly from: number; readonly to: number; readonly text: string}
  /** `2xx`: 200 to 299. */
  | {readonly kind: 'statusClass'; readonly hundreds: number; readonly text: string}

export type ParsedExpectation =
  {readonly ok: true; readonly expectation: Expectation} | {readonly ok: false; readonly message: string}

const NUMBER = String.raw`[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?`
const COMPARE = new RegExp(String.raw`^(==|!=|<=|>=|<|>)?\s*(${NUMBER})(?:\s*\*\s*\$([a-z][a-z0-9_]*))?$`)
const RANGE = new RegExp(String.raw`^(${NUMBER})\s*\.\.\s*(${NUMBER})$`)
const STATUS_CLASS = /^([1-5])xx$/
const GRAMMAR = 'write `<= 0.5`, `>= 1.1 * $capture`, `200..299`, `2xx` or a number, in base units'

function parseRange(text: string, from: number, to: number): ParsedExpectation {
  if (from > to) return {ok: false, message: `\`${text}\` is an empty range: write the smaller number first`}
  return {ok: true, expectation: {kind: 'range', from, to, text}}
}

/** Reads an `expect`; the grammar is in runbooks/README.md. */
export function parseExpectation(source: string): ParsedExpectation {
  const text = source.trim()
  const status = STATUS_CLASS.exec(text)
  if (status !== null) return {ok: true, expectation: {kind: 'statusClass', hundreds: Number(status[1]), text}}
  const range = RANGE.exec(text)
  if (range !== null) return parseRange(text, Number(range[1]), Number(range[2]))
  const compare = COMPARE.exec(text)
  if (compare === null) return {ok: false, message: `invalid expectation \`${text}\`: ${GRAMMAR}`}
  const comparison = (compare[1] ?? '==') as Comparison
  const term = {factor: Number(compare[2]), capture: compare[3] ?? null}
  return {ok: true, expectation: {kind: 'compare', comparison, term, text}}
}

function compare(value: number, comparison: Comparison, bound: number): boolean {
  switch (comparison) {
    case '==':
      return value === bound
    case '!=':
      return value !== bound
    case '<':
      return value < bound
    case '<=':
      return value <= bound
    case '>':
      return value > bound
    case '>=':
      return value >= bound
  }
}

/** A decimal number as a command or a capture prints it; null when it is anything else. */
export function numberIn(text: string): number | null {
  const trimmed = text.trim()
  return new RegExp(`^${NUMBER}$`).test(trimmed) ? Number(trimmed) : null
}

function boundOf(term: Term, captures: Readonly<Record<string, string>>): number | null {
  if (term.capture === null) return term.factor
  const captured = captures[term.capture]
  const value = captured === undefined ? null : numberIn(captured)
  return value === null ? null : term.factor * value
}

/** NaN, and a capture that is missing or no number, are unknown. */
export function meets(
  expectation: Expectation,
  value: number,
  captures: Readonly<Record<string, string>> = {},
): ConditionState {
  if (Number.isNaN(value)) return 'unknown'
  switch (expectation.kind) {
    case 'range':
      return conditionState(value >= expectation.from && value <= expectation.to)
    case 'statusClass':
      return conditionState(Math.floor(value / 100) === expectation.hundreds)
    case 'compare': {
      const bound = boundOf(expectation.term, captures)
      return bound === null ? 'unknown' : conditionState(compare(value, expectation.comparison, bound))
    }
  }
}
