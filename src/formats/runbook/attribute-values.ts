import {type Expectation, parseExpectation} from '../../domain/runbook/expectation.js'
import type {RuleId} from '../../domain/runbook/lint/rules.js'
import {FaciError} from '../../domain/errors.js'
import {nameProblem} from '../../domain/runbook/variable-name.js'
import {parseDuration} from '../../domain/time/duration.js'
import type {Attribute, Info} from './attributes.js'
import {meant, type Place, type ProblemList, quoted} from './problem-list.js'

const ID = /^[a-z][a-z0-9_-]*$/
const MOST_RETRIES = 20

/** Seconds, or null with the problem told. */
export function durationFrom(text: string, place: Place, problems: ProblemList): number | null {
  try {
    return parseDuration(text)
  } catch (error) {
    if (!(error instanceof FaciError)) throw error
    problems.add('duration', place, error.message)
    return null
  }
}

export function expectationFrom(text: string, place: Place, problems: ProblemList): Expectation | null {
  const parsed = parseExpectation(text)
  if (parsed.ok) return parsed.expectation
  problems.add('expect', place, parsed.message)
  return null
}

/** Attributes with a few words to choose from; each is the rule about itself. */
type Choice = 'confirm' | 'on_failure' | 'when'

/** The `key=value` attributes of one fence, read by kind. A value that cannot be read is told and replaced by the fallback. */
export interface AttributeValues {
  readonly text: (key: string) => string | null
  readonly id: () => string | null
  readonly name: (key: string) => string | null
  /** Names with spaces or commas between; those that can be none are told. */
  readonly names: (key: 'outputs') => readonly string[]
  readonly seconds: (key: string, fallback: number) => number
  readonly retries: () => number
  readonly choice: <C extends string>(key: Choice, choices: readonly C[], fallback: C) => C
  readonly expect: () => Expectation | null
}

type Valued = Attribute & {readonly value: string}

function namesIn(attribute: Valued | null, between: RegExp, rule: RuleId, problems: ProblemList): readonly string[] {
  const names = attribute?.value.trim().split(between) ?? []
  return names.filter((name) => {
    const problem = nameProblem(name)
    if (attribute !== null && problem !== null)
      problems.add(rule, attribute, `${attribute.key}=${quoted(name)}: the name ${problem}`)
    return problem === null
  })
}

export function attributeValues(info: Info, problems: ProblemList): AttributeValues {
  const found = new Map(info.attributes.map((attribute) => [attribute.key, attribute]))
  const valued = (key: string): Valued | null => {
    const attribute = found.get(key)
    return attribute === undefined || attribute.value === null ? null : {...attribute, value: attribute.value}
  }
  const shaped = (key: string, shape: RegExp, rule: RuleId): string | null => {
    const attribute = valued(key)
    if (attribute === null || shape.test(attribute.value)) return attribute?.value ?? null
    problems.add(rule, attribute, `${key}=${quoted(attribute.value)} must match ${shape.source}`)
    return null
  }
  return {
    text: (key) => valued(key)?.value ?? null,
    id: () => shaped('id', ID, 'id'),
    name: (key) => namesIn(valued(key), /(?!)/, 'name', problems)[0] ?? null,
    names: (key) => namesIn(valued(key), /[\s,]+/, key, problems),
    seconds: (key, fallback) => {
      const attribute = valued(key)
      return attribute === null ? fallback : (durationFrom(attribute.value, attribute, problems) ?? fallback)
    },
    retries: () => {
      const attribute = valued('retries')
      if (attribute === null) return 0
      if (/^\d{1,2}$/.test(attribute.value) && Number(attribute.value) <= MOST_RETRIES) return Number(attribute.value)
      problems.add('retries', attribute, `retries=${quoted(attribute.value)} must be 0 to ${MOST_RETRIES}`)
      return 0
    },
    choice: (key, choices, fallback) => {
      const attribute = valued(key)
      const choice = choices.find((candidate) => candidate === attribute?.value)
      if (attribute !== null && choice === undefined)
        problems.add(key, attribute, `${key}=${quoted(attribute.value)} is unknown`, meant(attribute.value, choices))
      return choice ?? fallback
    },
    expect: () => {
      const attribute = valued('expect')
      return attribute === null ? null : expectationFrom(attribute.value, attribute, problems)
    },
  }
}
