import type * as z from 'zod/mini'
import {closest, orMeant} from '../../domain/text/did-you-mean.js'

type Issue = z.core.$ZodRawIssue

const EXPECTED: Readonly<Record<string, string>> = {
  ...{object: 'a mapping, such as `key: value`', record: 'a mapping, such as `key: value`', array: 'a list'},
  ...{string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false'},
}

function received(input: unknown): string {
  if (input === null || input === undefined) return 'empty'
  if (Array.isArray(input)) return 'a list'
  if (typeof input === 'object') return 'a mapping'
  if (typeof input === 'number' || typeof input === 'boolean') return String(input)
  return typeof input === 'string' ? 'text' : typeof input
}

function wrongType({expected, input}: Extract<Issue, {code: 'invalid_type'}>): string {
  const isUnquoted = expected === 'string' && (typeof input === 'number' || typeof input === 'boolean')
  return `must be ${EXPECTED[expected] ?? expected}, not ${received(input)}${isUnquoted ? ': put it in quotes' : ''}`
}

function wrongValue({values, input}: Extract<Issue, {code: 'invalid_value'}>): string {
  const known = values.map(String)
  const near = typeof input === 'string' ? closest(input, known) : null
  return known.length === 1 ? `must be ${known.join('')}` : `must be one of ${known.join(', ')}${orMeant(near)}`
}

function sizeOf(origin: string, count: string): string {
  if (origin === 'array' || origin === 'set') return `have ${count} ${count.endsWith(' 1') ? 'entry' : 'entries'}`
  if (origin === 'string') return `have ${count} ${count.endsWith(' 1') ? 'character' : 'characters'}`
  return `be ${count}`
}

/** What is wrong with a value of a YAML file, as the end of a sentence that begins with its name; undefined: the schema says it itself. */
export function schemaWords(issue: Issue): string | undefined {
  if (issue.code === 'invalid_type') return wrongType(issue)
  if (issue.code === 'invalid_value') return wrongValue(issue)
  if (issue.code === 'too_small') {
    const least = String(issue.minimum)
    if (least === '1' && issue.origin !== 'number') return 'must not be empty'
    return `must ${sizeOf(issue.origin, `${issue.inclusive === false ? 'more than' : 'at least'} ${least}`)}`
  }
  if (issue.code === 'too_big')
    return `must ${sizeOf(issue.origin, `${issue.inclusive === false ? 'less than' : 'at most'} ${String(issue.maximum)}`)}`
  return issue.code === 'unrecognized_keys' ? 'has a key that is not known' : 'is not understood'
}
