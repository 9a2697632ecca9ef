import {readThreshold} from '../../formats/promql/read-threshold.js'
import type {ReadThreshold} from '../../ports/read-threshold.js'

/** The ReadThreshold port on our own reader of PromQL. */
export const thresholdReader: ReadThreshold = readThreshold
