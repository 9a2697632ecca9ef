import type {StackChange} from '../../domain/change/change.js'
import {servicesOnPrevious} from '../../domain/change/change-plan.js'
import {type Foretelling, readForetelling} from '../../domain/change/foretelling.js'
import {changeArguments} from './compose-arguments.js'

/** What Compose prints on both streams; null when it fails. Standard input is at its end. */
type AskAloud = (args: readonly string[]) => Promise<string | null>

/** Whether the dry run of v2 does the same as the change: none of a build, nor of files that are only written for the change. */
function isTold(change: StackChange): boolean {
  if (servicesOnPrevious(change).length > 0) return false
  return change.kind === 'scale' || (change.kind === 'up' && !change.build)
}

/** By `--dry-run`, which Compose has from 2.15 on. It pulls and builds nothing: an image that is missing is no answer. */
export async function foretell(ask: AskAloud, change: StackChange): Promise<Foretelling | null> {
  if (!isTold(change)) return null
  const [up = '', ...rest] = changeArguments(change)
  const printed = await ask(['--dry-run', up, '--pull', 'never', '--no-build', ...rest])
  return printed === null ? null : readForetelling(printed)
}
