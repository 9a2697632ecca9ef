import type {PromqlVersion} from '../../domain/promql/functions.js'

/** How one line of Prometheus's versions reads PromQL, where they differ. */
export interface Dialect {
  readonly version: PromqlVersion
  /** `1_000`. */
  readonly underscores: boolean
  /** A number and a duration may each stand for the other: `x > 5m`, `x[300]`. */
  readonly durationsAreNumbers: boolean
  /** Names in quotes within braces: `{"http.server.duration"}`. */
  readonly quotedNames: boolean
  readonly keywords: ReadonlySet<string>
}

/** Words that are also names of metrics and labels; the first are those that begin an aggregation. */
export const AGGREGATIONS = new Set(
  'avg bottomk count count_values group max min quantile stddev stdvar sum topk limitk limit_ratio'.split(' '),
)
const KEYWORDS =
  'avg bottomk count count_values group max min quantile stddev stdvar sum topk and or unless atan2 offset by without on ignoring group_left group_right bool start end'
/** Keywords that nothing is named after, and `atan2`: a metric cannot have their name. */
export const NO_METRICS = new Set(['atan2', 'bool', 'group_left', 'group_right', 'ignoring', 'on'])

export const DIALECTS: readonly Dialect[] = [
  {
    ...{version: '3', underscores: true, durationsAreNumbers: true, quotedNames: true},
    keywords: new Set([...KEYWORDS.split(' '), 'limitk', 'limit_ratio']),
  },
  {
    ...{version: '2', underscores: false, durationsAreNumbers: false, quotedNames: false},
    keywords: new Set(KEYWORDS.split(' ')),
  },
]
