import type {Sample, Series} from './sample.js'

export type QueryReport =
  | {readonly kind: 'instant'; readonly expression: string; readonly samples: readonly Sample[]}
  | {readonly kind: 'range'; readonly expression: string; readonly series: readonly Series[]}
