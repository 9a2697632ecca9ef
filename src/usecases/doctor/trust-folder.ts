import type {Result} from '../../domain/result.js'
import type {TrustedFolder} from '../../domain/doctor/trusted-folder.js'

export interface TrustFolderDeps {
  /** Errors: `notFound`, `refused`, `unreachable`. */
  readonly add: (folder: string) => TrustedFolder
}

export function trustFolder({add}: TrustFolderDeps, folder: string): Result<TrustedFolder> {
  return {verdict: 'ok', data: add(folder)}
}
