import {FaciError} from '../../../src/domain/errors.js'
import type {Sample, Series} from '../../../src/domain/promql/sample.js'
import type {Metrics} from '../../../src/ports/metrics.js'

/** A Metrics port that answers from a table of expressions; anything else has no samples. */
export function fakeMetrics(
  answers: Readonly<Record<string, readonly Sample[]>>,
  ranges: Readonly<Record<string, readonly Series[]>> = {},
  warnings: readonly string[] = [],
): Metrics {
  return {
    query: (expression) => {
      if (expression.endsWith('('))
        return Promise.reject(new FaciError('usage', '1:4: parse error: unclosed left parenthesis'))
      return Promise.resolve({kind: 'vector', samples: answers[expression] ?? [], warnings, notes: []})
    },
    queryRange: (expression, {start, end, stepSeconds}) => {
      if ((end - start) / stepSeconds > 11_000) return Promise.reject(new FaciError('usage', 'too many points'))
      return Promise.resolve({series: ranges[expression] ?? [], warnings, notes: []})
    },
    retention: () => Promise.resolve(15 * 86_400),
    type: () => Promise.resolve('unknown'),
    version: () => Promise.resolve('2.42.0'),
  }
}
