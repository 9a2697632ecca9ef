import type {Sample} from './sample.js'

/** The one value of an instant query. Several samples are an error, none or NaN is unknown. */
export type SingleValue =
  | {readonly kind: 'value'; readonly value: number}
  | {readonly kind: 'unknown'; readonly reason: string}
  | {readonly kind: 'several'; readonly reason: string}

/** Names the labels that tell the samples apart: they want to be aggregated away. */
function differingLabels(samples: readonly Sample[]): readonly string[] {
  const names = new Set(samples.flatMap(({labels}) => Object.keys(labels)))
  return [...names].filter((name) => new Set(samples.map(({labels}) => labels[name])).size > 1)
}

export function singleValue(samples: readonly Sample[]): SingleValue {
  const [first] = samples
  if (first === undefined) return {kind: 'unknown', reason: 'no data'}
  if (samples.length > 1) {
    const labels = differingLabels(samples).join(', ')
    return {
      kind: 'several',
      reason: `${String(samples.length)} samples, they differ in ${labels}: aggregate them to one`,
    }
  }
  return Number.isNaN(first.value) ? {kind: 'unknown', reason: 'NaN'} : {kind: 'value', value: first.value}
}
