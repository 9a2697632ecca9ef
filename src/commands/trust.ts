import {Args} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {refuseReadOnly} from '../cli/process/read-only.js'
import {TRUST_DEPS} from '../cli/wiring/trust-wiring.js'
import {trustedFolderText} from '../render/doctor/trusted-folder.js'
import {trustFolder} from '../usecases/doctor/trust-folder.js'

export default class Trust extends BaseCommand {
  static override summary = 'trust the faci.yml and runbooks in a folder that another account owns'
  static override description =
    'faci obeys a faci.yml, .env, Compose file, runbook or rule file that it finds only if root, you, or a team that you belong to wrote it. `faci trust` adds a folder, with all below it, to ~/.config/faci/trusted (or $XDG_CONFIG_HOME/faci/trusted). FACI_TRUST is such a list for one command (/srv/app:/srv/other), --config names a file and thereby its folder. Files that every account may write are never obeyed, except a faci.yml that you name.'
  static override examples = [
    {description: 'The checkout that another account made', command: '<%= config.bin %> trust /srv/app'},
    {description: 'For a script', command: '<%= config.bin %> trust /srv/app --json'},
  ]

  static override args = {folder: Args.string({description: 'folder to trust', required: true})}

  async run(): Promise<void> {
    const {args} = await this.parse(Trust)
    refuseReadOnly(process.env)
    this.present('trust', trustFolder(TRUST_DEPS, args.folder), trustedFolderText)
  }
}
