import {Args} from '@oclif/core'
import {ChangeCommand} from '../cli/command/change-command.js'
import {CHANGE_FLAGS} from '../cli/flags/change-flags.js'

export default class Restart extends ChangeCommand {
  static override strict = false
  static override summary = 'restart services and wait until they are healthy'
  static override description =
    "Shows the plan, asks, takes the lock, restarts through Compose, and waits until each service is healthy: by its entry of `health:`, else Docker's health check, else by running."
  static override examples = [
    {description: 'One service, without a question', command: '<%= config.bin %> restart api --yes'},
    {description: 'Only show what it would do', command: '<%= config.bin %> restart --dry-run'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', name: 'SERVICE'})}
  static override flags = CHANGE_FLAGS

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Restart)
    await this.change({kind: 'restart', services: argv.map(String)}, flags)
  }
}
