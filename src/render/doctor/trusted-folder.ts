import type {Result} from '../../domain/result.js'
import type {TrustedFolder} from '../../domain/doctor/trusted-folder.js'
import type {Style} from '../text/style.js'

export function trustedFolderText({data: {folder, list, isNew}}: Result<TrustedFolder>, style: Style): string {
  const how = isNew ? 'is now trusted' : 'is already trusted'
  return `${style.good('✔')} ${style.bold(folder)} ${how}: faci uses its faci.yml and runbooks, whoever owns them ${style.dim(`(${list})`)}`
}
