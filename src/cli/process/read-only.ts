import {FaciError} from '../../domain/errors.js'

/** Set inside a diagnose or verify block: this faci may only look. */
export function isReadOnly(environment: NodeJS.ProcessEnv): boolean {
  return (environment['FACI_READ_ONLY'] ?? '') !== ''
}

/** Throws `refused` where only looking is allowed. */
export function refuseReadOnly(environment: NodeJS.ProcessEnv): void {
  if (!isReadOnly(environment)) return
  throw new FaciError('refused', 'notices cannot be sent from a read-only block', {
    suggestions: ['make the block {notify} or {mitigate}'],
  })
}
