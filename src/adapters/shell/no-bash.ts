import {FaciError} from '../../domain/errors.js'

export function noBash(cause: unknown): FaciError {
  return new FaciError('toolMissing', 'bash cannot be started', {suggestions: ['apt-get install bash'], cause})
}
