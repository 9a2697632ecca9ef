import type {ReadRunbook} from '../domain/runbook/read-runbook.js'
import type {RunbookSummary} from '../domain/runbook/runbook-list.js'

/** Paths; `rename` is free, and a name that can be typed. */
export interface MisnamedRunbook {
  readonly file: string
  readonly rename: string
  /** Without front matter: it may be meant as a page that is only read. */
  readonly isPlain: boolean
}

/** The runbooks of a service: `NAME.md` in one directory. */
export interface Library {
  /** By name. Fast; does not check what it lists. */
  readonly list: () => Promise<readonly RunbookSummary[]>
  /** Files that are no runbooks because nobody could type their names. */
  readonly misnamed: () => Promise<readonly MisnamedRunbook[]>
  /** Errors: `notFound` with the name that was probably meant, `runbookInvalid` where its file cannot be read. */
  readonly read: (name: string) => Promise<ReadRunbook>
  /** Reads a text as the runbook it was: a run keeps a copy. Looks at no file. */
  readonly parse: (name: string, file: string, text: string) => Promise<ReadRunbook>
}
