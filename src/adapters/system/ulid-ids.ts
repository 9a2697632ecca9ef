import {monotonicFactory} from 'ulid'
import type {Ids} from '../../ports/ids.js'

/** Ids of one process ascend even within a millisecond. */
export function ulidIds(): Ids {
  // Looking for a source of chance makes Node load its cryptography, which who only reads does without.
  let next: ReturnType<typeof monotonicFactory> | undefined
  return {next: () => (next ??= monotonicFactory())()}
}
