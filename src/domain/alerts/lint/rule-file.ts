import type {FilePlace} from '../../text/file-place.js'
import type {DefinedRule} from '../defined-rule.js'
import type {FileNote} from './file-problem.js'
import type {Refusal} from './refusal.js'

/** A rule file, or a folder without any. */
export interface RuleFile {
  readonly file: string
  readonly rules: readonly DefinedRule[]
  /** For its form; what its expressions say is not looked at. */
  readonly refusals: readonly Refusal[]
  readonly notes: readonly FileNote[]
}

/** A file or a folder that could not be read, and why. */
export interface UnreadRules extends FilePlace {
  readonly file: string
  readonly why: string
}
