import type {PlacedFault} from './runbook-fault.js'
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

/** A mitigation that helped would be judged by what was before it. */
export function shortWithins(runbook: PlacedRunbook): readonly PlacedFault[] {
  const values = sampleValues(runbook.inputs)
  const windowOf = (text: string, placeholders: readonly PromqlPlaceholder[]): number => {
    const filled = fillPromql(text, placeholders, values)
    return largestWindow(filled.ok ? filled.text : text)
  }
  const {resolved, places} = runbook
  const windows = (resolved?.conditions ?? []).map((one) =>
    one.kind === 'promql' ? windowOf(one.expression, one.placeholders) : 0,
  )
  const windowSeconds = Math.max(0, ...windows)
  const withinSeconds = resolved?.withinSeconds ?? 0
  const verifies = commandBlocksOf(runbook).filter((block) => block.role === 'verify' && block.language === 'promql')
  return [
    ...(places.within !== null && withinSeconds < windowSeconds
      ? [{rule: 'within-window' as const, ...places.within, block: null, withinSeconds, windowSeconds}]
      : []),
    ...verifies.flatMap((block): readonly PlacedFault[] => {
      const looksBack = windowOf(block.body, block.placeholders)
      if (block.role !== 'verify' || block.withinSeconds >= looksBack) return []
      const place = placeOfAttribute(runbook, block, 'within')
      const {id, withinSeconds: seconds} = block
      return [{rule: 'within-window', ...place, block: id, withinSeconds: seconds, windowSeconds: looksBack}]
    }),
  ]
}
