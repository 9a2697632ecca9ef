import {monotonicFactory} from 'ulid'
import type {Ids} from '../../ports/ids.js'

/** Ids of one process ascend even within a millisecond. */
export function ulidIds(): Ids {
  const next = monotonicFactory()
  return {next: () => next()}
}
