import {FaciError} from '../../domain/errors.js'

/** Set inside a diagnose or verify block: this faci may only look. */
export function isReadOnly(environment: NodeJS.ProcessEnv): boolean {
  return (environment['FACI_READ_ONLY'] ?? '') !== ''
}

/** Throws `refused` where only looking is allowed. */
export function refuseReadOnly(environment: NodeJS.ProcessEnv): void {
  if (!isReadOnly(environment)) return
  throw new FaciError('refused', 'a block that may only look tells nobody', {
    suggestions: ['make the block {notify}, or {mitigate}'],
  })
}
