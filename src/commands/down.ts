import {ChangeCommand} from '../cli/command/change-command.js'
import {REMAKING_FLAGS} from '../cli/flags/change-flags.js'

export default class Down extends ChangeCommand {
  static override summary = 'stop and remove all containers; volumes are always kept'
  static override description =
    'Keeps the logs, exit codes and inspection of every container in the run, then removes the containers and networks through Compose. Volumes are never removed.'
  static override examples = [
    {description: 'Without a question', command: '<%= config.bin %> down --yes'},
    {description: 'In production from a script', command: '<%= config.bin %> down --yes --confirm production'},
  ]

  static override flags = REMAKING_FLAGS

  async run(): Promise<void> {
    const {flags} = await this.parse(Down)
    await this.change({kind: 'down'}, flags)
  }
}
