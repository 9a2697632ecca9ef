import type {ChangeRefusal} from '../../domain/stack/change-report.js'
import type {Style} from './style.js'
import {verdictIcon} from './verdict.js'

/** Why nothing was changed, and the command that would be accepted. */
export function refusalText({reason, accept}: ChangeRefusal, style: Style): string {
  const first = `${verdictIcon('refused', style)} Refused, nothing was changed: ${reason}`
  return accept === null ? first : `${first}\n  To approve, run: ${style.accent(accept)}`
}
