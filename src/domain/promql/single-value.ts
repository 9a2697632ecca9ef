import type {Sample} from './sample.js'

/** The one value of an instant query. Several samples are an error; none, or NaN, says nothing. */
type SingleValue =
  | {readonly kind: 'value'; readonly value: number}
  | {readonly kind: 'none' | 'nan'}
  /** `labels` tell the samples apart. */
  | {readonly kind: 'several'; readonly samples: number; readonly labels: readonly string[]}

/** Names the labels that tell the samples apart: they want to be aggregated away. */
function differingLabels(samples: readonly Sample[]): readonly string[] {
  const names = new Set(samples.flatMap(({labels}) => Object.keys(labels)))
  return [...names].filter((name) => new Set(samples.map(({labels}) => labels[name])).size > 1)
}

export function singleValue(samples: readonly Sample[]): SingleValue {
  const [first] = samples
  if (first === undefined) return {kind: 'none'}
  if (samples.length > 1) return {kind: 'several', samples: samples.length, labels: differingLabels(samples)}
  return Number.isNaN(first.value) ? {kind: 'nan'} : {kind: 'value', value: first.value}
}
