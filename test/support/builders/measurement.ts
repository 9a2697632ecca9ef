import type {RuleReplay} from '../../../src/domain/impact/detection-replay.js'
import {type Asked, type Measurement, METHOD} from '../../../src/domain/impact/measurement.js'

const KNOWN = {coverage: 0.95, missing: null, detail: ''} as const
const NOT_ANSWERED: Asked = {query: 'up', coverage: null, missing: 'notAnswered', detail: 'Prometheus: timed out'}

const MANY_ERRORS: RuleReplay = {
  ...{rule: 'ManyErrors', expression: 'errors > 0.8', forSeconds: 300, firesAt: null, falseAlarms: 0},
  threshold: {expression: 'errors', operator: '>', value: 0.8},
  trials: [
    {threshold: 0.4, forSeconds: 300, firesAt: '2026-11-28T05:56:00.000Z', soonerSeconds: 240, falseAlarms: 0},
    {threshold: 0.4, forSeconds: 0, firesAt: '2026-11-28T05:51:00.000Z', soonerSeconds: 540, falseAlarms: null},
  ],
  ...{cannotSay: null, detail: ''},
}

const NOT_SAID: RuleReplay = {
  ...{rule: 'Both', expression: 'a and b', forSeconds: 0, threshold: null, firesAt: null, falseAlarms: null},
  ...{trials: [], cannotSay: 'noThreshold', detail: ''},
}

/** Of the incident that the documents have: from 05:50 to 06:15, detected at 06:00. */
export function aMeasurement(over: Partial<Measurement> = {}): Measurement {
  return {
    ...{method: METHOD, takenAt: '2026-11-28T06:15:02.000Z'},
    ...{start: '2026-11-28T05:50:00.000Z', end: '2026-11-28T06:15:00.000Z'},
    downtime: {...KNOWN, query: 'sum_over_time(up[25m])', seconds: 240},
    requests: {...KNOWN, query: 'increase(http_requests_total[25m])', failed: 1200, total: 3000},
    budgets: [
      {
        ...{...KNOWN, query: 'increase(http_requests_total[25m])', objective: 'availability', target: 0.995},
        ...{bad: 1200, total: 3000, spent: 0.0732, budgetSeconds: 2_592_000, budgetCoverage: 0.5},
      },
      {
        ...{...NOT_ANSWERED, objective: 'uptime', target: 0.995, bad: null, total: null, spent: null},
        ...{budgetSeconds: 2_592_000, budgetCoverage: null},
      },
    ],
    business: {
      ...{missing: null, detail: ''},
      signals: [
        {
          ...{...KNOWN, query: 'rate(recommendations_total[25m])', signal: 'recommendations', unit: 'perMinute'},
          ...{value: 60, weekAgo: 120, weekAgoCoverage: 1},
        },
        {
          ...{query: 'x', coverage: null, missing: 'noTraffic', detail: '', signal: 'cacheHits', unit: 'ratio'},
          ...{value: null, weekAgo: null, weekAgoCoverage: null},
        },
      ],
    },
    charts: {
      ...{...KNOWN, query: 'rate(http_requests_total[5m])', start: '2026-11-28T05:20:00.000Z', stepSeconds: 600},
      ...{points: 9, askedUntil: '2026-11-28T06:10:00.000Z'},
      series: [
        {signal: 'latencyP50', values: [0.05, 0.05, 0.05, 0.1, null, 0.1, null, null, null]},
        {signal: 'latencyP95', values: [0.1, 0.1, 0.1, 0.9, 0.91, 0.4, null, null, null]},
        {signal: 'traffic', values: [2, 2, 2, 1.5, 0, 2, null, null, null]},
      ],
    },
    detection: {
      ...{from: '2026-11-28T05:50:00.000Z', detectedAt: '2026-11-28T06:00:00.000Z', stepSeconds: 15, left: 0},
      ...{coveredSeconds: 259_200, rules: [MANY_ERRORS, NOT_SAID], cannotSay: null, detail: ''},
    },
    warnings: [],
    ...over,
  }
}
