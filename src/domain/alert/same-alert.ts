import type {Labels} from '../signals/sample.js'

interface Labelled {
  readonly labels: Labels
}

function isWithin(found: Labelled, sent: Labelled): boolean {
  return Object.entries(found.labels).every(([name, value]) => sent.labels[name] === value)
}

/**
 * What Prometheus found of an alert that Alertmanager has: Prometheus adds its external labels to what it sends, so all labels that it found
 * are there, and of several such the one with most of them is meant. Several when rules give the same labels.
 */
export function foundOf<T extends Labelled>(sent: Labelled, found: readonly T[]): readonly T[] {
  const within = found.filter((one) => isWithin(one, sent))
  const most = Math.max(...within.map(({labels}) => Object.keys(labels).length))
  return within.filter(({labels}) => Object.keys(labels).length === most)
}
