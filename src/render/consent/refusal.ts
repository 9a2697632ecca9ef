import type {Refusal} from '../../domain/consent/refusal.js'
import type {Style} from '../text/style.js'
import {verdictIcon} from '../text/verdict.js'

/** Why nothing was changed, and the command that would be accepted. */
export function refusalText({reason, accept}: Refusal, style: Style): string {
  const first = `${verdictIcon('refused', style)} Refused, nothing was changed: ${reason}`
  return accept === null ? first : `${first}\n  To approve, run: ${style.accent(accept)}`
}
