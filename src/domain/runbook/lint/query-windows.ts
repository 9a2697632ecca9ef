import {formatDuration} from '../../time/duration.js'
import type {Problem} from '../problem.js'
import {placeOfAttribute} from '../places.js'
import {commandBlocksOf, type PlacedRunbook} from '../runbook.js'
import {fillPromql, type PromqlPlaceholder} from '../promql-template.js'
import {sampleValues} from './input-rules.js'

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
}

/** PromQL without what stands in strings. */
export function withoutStrings(expression: string): string {
  return expression.replaceAll(/"(?:\\[^]|[^"\\])*"|'(?:\\[^]|[^'\\])*'|`[^`]*`/g, '""')
}

function secondsIn(window: string): number {
  const parts = [...window.matchAll(/(?<!\d)(\d+)(ms|[smhdwy])/g)]
  return parts.reduce((sum, [, amount = '0', unit = '']) => sum + Number(amount) * (SECONDS[unit] ?? 0), 0)
}

/** The largest `[5m]` of an expression in seconds; 0 without one. */
export function largestWindow(expression: string): number {
  const windows = [...withoutStrings(expression).matchAll(/\[([^\][:]*)(?::[^\][]*)?\]/g)]
  return Math.max(0, ...windows.map(([, window = '']) => secondsIn(window)))
}

function tooShort(
  what: string,
  withinSeconds: number,
  windowSeconds: number,
): Pick<Problem, 'rule' | 'message' | 'suggestion'> {
  const [within, window] = [formatDuration(withinSeconds), formatDuration(windowSeconds)]
  return {
    rule: 'within-window',
    message: `${what} is waited for ${within}, but its query looks back ${window}: what was bad stays in it for longer`,
    suggestion: `within must be more than ${window}, or the window shorter`,
  }
}

/** A mitigation that helped would be judged by what was before it. */
export function shortWithins(runbook: PlacedRunbook): readonly Problem[] {
  const values = sampleValues(runbook.inputs)
  const windowOf = (text: string, placeholders: readonly PromqlPlaceholder[]): number => {
    const filled = fillPromql(text, placeholders, values)
    return largestWindow(filled.ok ? filled.text : text)
  }
  const {resolved, places} = runbook
  const windows = (resolved?.conditions ?? []).map((one) =>
    one.kind === 'promql' ? windowOf(one.expression, one.placeholders) : 0,
  )
  const window = Math.max(0, ...windows)
  const within = resolved?.withinSeconds ?? 0
  const verifies = commandBlocksOf(runbook).filter((block) => block.role === 'verify' && block.language === 'promql')
  return [
    ...(places.within !== null && within < window
      ? [{...places.within, ...tooShort('`resolved`', within, window)}]
      : []),
    ...verifies.flatMap((block) => {
      const looksBack = windowOf(block.body, block.placeholders)
      if (block.role !== 'verify' || block.withinSeconds >= looksBack) return []
      const place = placeOfAttribute(runbook, block, 'within')
      return [{...place, ...tooShort(`\`${block.id}\``, block.withinSeconds, looksBack)}]
    }),
  ]
}
