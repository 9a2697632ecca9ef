import type {Labels} from '../promql/sample.js'

interface Labelled {
  readonly labels: Labels
}

function isWithin(found: Labelled, sent: Labelled): boolean {
  return Object.entries(found.labels).every(([name, value]) => sent.labels[name] === value)
}

/** Those whose labels are all there, and of several such the ones with most of them: several when rules give the same labels. */
function within<T extends Labelled>(sent: Labelled, found: readonly T[]): readonly T[] {
  const inside = found.filter((one) => isWithin(one, sent))
  const most = Math.max(...inside.map(({labels}) => Object.keys(labels).length))
  return inside.filter(({labels}) => Object.keys(labels).length === most)
}

/** What Prometheus found, and the labels that it is sent with as far as they are known. */
interface Traced extends Labelled {
  readonly alert: Labelled
}

/**
 * What Prometheus found of an alert that Alertmanager has: Prometheus adds its external labels to what it sends, so all labels that it found
 * are there. By the labels that are sent; else by those that were found, for something else may stand in between.
 */
export function foundOf<T extends Traced>(sent: Labelled, found: readonly T[]): readonly T[] {
  const asSent = within(sent, found)
  if (asSent.length > 0) return asSent
  const plain = found.map((one) => ({labels: one.alert.labels, one}))
  return within(sent, plain).map(({one}) => one)
}
