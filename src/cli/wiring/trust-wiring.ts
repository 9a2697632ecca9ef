import {addTrustedFolder} from '../../config/trusted-list.js'
import type {TrustFolderDeps} from '../../usecases/doctor/trust-folder.js'

/** Needs no faci.yml: the one that is here may be what is not trusted yet. */
export const TRUST_DEPS: TrustFolderDeps = {add: (folder) => addTrustedFolder(process.env, folder)}
