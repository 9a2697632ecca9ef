import type {FilePlace} from '../domain/text/file-place.js'

/** Why Prometheus does not load a file; without a place it is said of the file. */
export interface SaidOfRules {
  readonly said: string
  readonly place: FilePlace | null
}

export type RuleCheck =
  | {
      readonly version: string
      /** By file, as it was given; the files that are not in it are taken. */
      readonly refused: ReadonlyMap<string, readonly SaidOfRules[]>
    }
  /** It is there, and does not answer. */
  | {readonly why: string}

/** Prometheus's own tool, which says whether rule files can be loaded. */
export interface RuleChecker {
  /** null where there is none. Errors: none. */
  readonly check: (files: readonly string[]) => Promise<RuleCheck | null>
}
