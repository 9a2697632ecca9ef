import {Args} from '@oclif/core'
import {ChangeCommand} from '../cli/command/change-command.js'
import {REMAKING_FLAGS} from '../cli/flags/change-flags.js'
import {replicaCounts} from '../cli/flags/replica-counts.js'

export default class Scale extends ChangeCommand {
  static override strict = false
  static override summary = 'set the number of replicas and wait until all are healthy'
  static override description =
    'Shows the plan, asks, takes the lock, scales through Compose, and waits until the number runs and every replica is healthy. Replicas that go leave their logs and inspection in the run.'
  static override examples = [
    {description: 'Three API replicas', command: '<%= config.bin %> scale api=3 --yes'},
    {description: 'Only show what it would do', command: '<%= config.bin %> scale api=1 --dry-run'},
  ]

  static override args = {replicas: Args.string({description: 'service and number of replicas', name: 'SERVICE=N'})}
  static override flags = REMAKING_FLAGS

  async run(): Promise<void> {
    const {argv, flags} = await this.parse(Scale)
    await this.change({kind: 'scale', replicas: replicaCounts(argv.map(String))}, flags)
  }
}
