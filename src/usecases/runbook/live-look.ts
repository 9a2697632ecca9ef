import {rethrowBugOrInterrupt} from '../../domain/errors.js'
import type {RunbookFinding} from '../../domain/runbook/lint/runbook-finding.js'
import type {NotChecked} from '../../domain/runbook/lint/lint-report.js'
import type {Subject} from '../../domain/runbook/lint/live-subjects.js'
import type {PlacedRunbook} from '../../domain/runbook/runbook.js'
import type {FilePlace} from '../../domain/text/file-place.js'

/** What a look at the running system found, and what it could not see. */
export interface LiveLook {
  readonly findings: readonly RunbookFinding[]
  readonly notChecked: readonly NotChecked[]
}

/** An interruption, or a bug, is thrown on. */
export function failedLook(check: NotChecked['check'], error: unknown): LiveLook {
  rethrowBugOrInterrupt(error)
  return {findings: [], notChecked: [{check, reason: error.message}]}
}

interface PlacedIn {
  readonly file: string
  readonly place: FilePlace
}

/** What to ask, each thing once, with every place where it stands. */
export function bySubject(
  runbooks: readonly PlacedRunbook[],
  subjectsOf: (runbook: PlacedRunbook) => readonly Subject[],
): ReadonlyMap<string, readonly PlacedIn[]> {
  const places = new Map<string, PlacedIn[]>()
  for (const runbook of runbooks)
    for (const {text, place} of subjectsOf(runbook)) {
      const found = places.get(text) ?? []
      found.push({file: runbook.file, place})
      places.set(text, found)
    }
  return places
}
