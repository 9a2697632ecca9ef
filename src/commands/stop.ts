import {Args} from '@oclif/core'
import {ChangeCommand} from '../cli/command/change-command.js'
import {CHANGE_FLAGS} from '../cli/flags/change-flags.js'

export default class Stop extends ChangeCommand {
  static override strict = false
  static override summary = 'stop services and keep their containers'
  static override description =
    'Shows the plan, asks, takes the lock, stops through Compose, and waits until nothing of them runs.'
  static override examples = [
    {description: 'One service, without a question', command: '<%= config.bin %> stop api --yes'},
    {description: 'Only show what it would do', command: '<%= config.bin %> stop --dry-run'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', name: 'SERVICE'})}
  static override flags = CHANGE_FLAGS

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Stop)
    await this.change({kind: 'stop', services: argv.map(String)}, flags)
  }
}
