import type {StackChange} from '../../domain/change/change.js'
import {servicesOnPrevious} from '../../domain/change/change-plan.js'
import {type Foretelling, readForetelling} from '../../domain/change/foretelling.js'
import {changeArguments} from './compose-arguments.js'

/** What Compose prints on both streams. Standard input is at its end. */
type AskAloud = (args: readonly string[]) => Promise<{readonly printed: string; readonly isWhole: boolean}>

/** Whether the dry run of v2 does the same as the change: none of a build, nor of files that are only written for the change. */
function isTold(change: StackChange): boolean {
  if (servicesOnPrevious(change).length > 0) return false
  return change.kind === 'scale' || (change.kind === 'up' && !change.build)
}

function isEmpty({running, recreated, stopped, networks, keptVolumes}: Foretelling): boolean {
  return [running, recreated, stopped, networks, keptVolumes].every((names) => names.length === 0)
}

/**
 * By `--dry-run`, which Compose has from 2.15 on. It pulls and builds nothing: an image that is missing is no answer. What is stopped
 * and made anew is decided before anything starts, and the start is left out: a dry run starts nothing, and would wait without end for a
 * job to finish. Where it fails nonetheless (2.26 does at the content of configs), what it said until then holds.
 */
export async function foretell(ask: AskAloud, change: StackChange): Promise<Foretelling | null> {
  if (!isTold(change)) return null
  const [up = '', ...rest] = changeArguments(change)
  const {printed, isWhole} = await ask(['--dry-run', up, '--pull', 'never', '--no-build', '--no-start', ...rest])
  const read = readForetelling(printed, isWhole)
  return !isWhole && isEmpty(read) ? null : read
}
