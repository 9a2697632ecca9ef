/** Lines of versions that read PromQL and rule files differently: 2 as 2.42 does, 3 as 3.5. */
export type PromqlVersion = '2' | '3'

export const PROMQL_VERSIONS: readonly PromqlVersion[] = ['3', '2']

export type PromqlType = 'scalar' | 'string' | 'vector' | 'range'

export interface Signature {
  readonly takes: readonly PromqlType[]
  /** The fewest arguments. */
  readonly least: number
  /** The most; null for any number. */
  readonly most: number | null
  readonly gives: 'scalar' | 'vector'
  readonly versions: readonly PromqlVersion[]
}

const LETTERS = {v: 'vector', r: 'range', s: 'scalar', t: 'string'} as const

/** `vs?`: a vector, and a number that may be left out; `*`: the one before it as often as wanted, or never. */
function signature(
  written: string,
  {gives = 'vector', versions = PROMQL_VERSIONS}: Partial<Signature> = {},
): Signature {
  const takes = Array.from(written.replace(/[?*]$/, ''), (letter) => LETTERS[letter as keyof typeof LETTERS])
  const isOpen = /[?*]$/.test(written)
  const most = written.endsWith('*') ? null : takes.length
  return {takes, least: isOpen ? takes.length - 1 : takes.length, most, gives, versions}
}

function all(names: string, written: string, over?: Partial<Signature>): readonly (readonly [string, Signature])[] {
  return names.split(' ').map((name) => [name, signature(written, over)] as const)
}

/** Prometheus's functions by name; those that an experimental flag must allow are not among them. */
export const FUNCTIONS: ReadonlyMap<string, Signature> = new Map([
  ...all(
    'abs absent acos acosh asin asinh atan atanh ceil cos cosh deg exp floor histogram_count histogram_sum ln log10 log2 rad sgn sin sinh sort sort_desc sqrt tan tanh timestamp',
    'v',
  ),
  ...all('histogram_avg histogram_stddev histogram_stdvar', 'v', {versions: ['3']}),
  ...all(
    'absent_over_time avg_over_time changes count_over_time delta deriv idelta increase irate last_over_time max_over_time min_over_time present_over_time rate resets stddev_over_time stdvar_over_time sum_over_time',
    'r',
  ),
  ...all('days_in_month day_of_month day_of_week day_of_year hour minute month year', 'v?'),
  ...all('clamp', 'vss'),
  ...all('clamp_max clamp_min', 'vs'),
  ...all('histogram_fraction', 'ssv'),
  ...all('histogram_quantile', 'sv'),
  ...all('holt_winters', 'rss', {versions: ['2']}),
  ...all('label_join', 'vttt*'),
  ...all('label_replace', 'vtttt'),
  ...all('pi time', '', {gives: 'scalar'}),
  ...all('predict_linear', 'rs'),
  ...all('quantile_over_time', 'sr'),
  ...all('round', 'vs?'),
  ...all('scalar', 'v', {gives: 'scalar'}),
  ...all('vector', 's'),
])

/** Functions and aggregations that Prometheus has, but refuses without `--enable-feature=promql-experimental-functions`. */
export const EXPERIMENTAL: ReadonlySet<string> = new Set(
  'double_exponential_smoothing first_over_time histogram_quantiles info limit_ratio limitk mad_over_time sort_by_label sort_by_label_desc ts_of_first_over_time ts_of_last_over_time ts_of_max_over_time ts_of_min_over_time'.split(
    ' ',
  ),
)

/** What an aggregation is told beside what it aggregates. */
export const PARAMETERS: ReadonlyMap<string, PromqlType> = new Map([
  ['bottomk', 'scalar'],
  ['count_values', 'string'],
  ['limit_ratio', 'scalar'],
  ['limitk', 'scalar'],
  ['quantile', 'scalar'],
  ['topk', 'scalar'],
])
