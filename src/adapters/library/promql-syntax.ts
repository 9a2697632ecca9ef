import {parser} from '@prometheus-io/lezer-promql'
import type {InputDeclaration} from '../../domain/runbook/runbook.js'
import {openQuoteAt} from '../../domain/runbook/template.js'

export interface SyntaxProblem {
  /** From 0 in the text. */
  readonly offset: number
  readonly near: string
}

const PLACEHOLDER = /\$\{([a-z][a-z0-9_]*)\}/g
const SHOWN = 30

interface Substituted {
  readonly text: string
  /** Where each substitution ends in the new text, and how much longer the text has become until there. */
  readonly shifts: readonly {readonly end: number; readonly by: number}[]
}

/** A value that the declaration allows stands in for each placeholder: a duration where nothing is known; in a string, where any is escaped, just one. */
function substitute(text: string, inputs: readonly InputDeclaration[]): Substituted {
  const shifts: {end: number; by: number}[] = []
  let by = 0
  const substituted = text.replaceAll(PLACEHOLDER, (whole, name: string, offset: number) => {
    const input = inputs.find((candidate) => candidate.name === name)
    const inRange = /\[[^\]"']*$/.test(text.slice(Math.max(0, offset - SHOWN), offset))
    const isText = openQuoteAt(text, offset) !== null
    const value = isText ? 'x' : (input?.default ?? input?.oneOf?.[0] ?? (inRange ? '5m' : '1'))
    by += value.length - whole.length
    shifts.push({end: offset + whole.length + by, by})
    return value
  })
  return {text: substituted, shifts}
}

/** The first thing in an expression that PromQL does not understand, or null. */
export function promqlProblem(expression: string, inputs: readonly InputDeclaration[]): SyntaxProblem | null {
  const {text, shifts} = substitute(expression, inputs)
  let found = -1
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError && found === -1) found = node.from
      return found === -1
    },
  })
  if (found === -1) return null
  const shift = shifts.findLast(({end}) => end <= found)?.by ?? 0
  const near = text.slice(found).trim().split('\n')[0]?.slice(0, SHOWN) ?? ''
  return {offset: Math.max(0, found - shift), near}
}
