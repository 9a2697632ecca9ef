import {Args} from '@oclif/core'
import {ChangeCommand} from '../cli/command/change-command.js'
import {CHANGE_FLAGS} from '../cli/flags/change-flags.js'

export default class Start extends ChangeCommand {
  static override strict = false
  static override summary = 'start stopped services and wait until they are healthy'
  static override description =
    'Shows the plan, asks, takes the lock, starts through Compose, and waits until each service is healthy.'
  static override examples = [
    {description: 'One service, without a question', command: '<%= config.bin %> start api --yes'},
    {description: 'Only show what it would do', command: '<%= config.bin %> start --dry-run'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', name: 'SERVICE'})}
  static override flags = CHANGE_FLAGS

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Start)
    await this.change({kind: 'start', services: argv.map(String)}, flags)
  }
}
