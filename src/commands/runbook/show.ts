import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {runbookShowText} from '../../render/runbook/runbook-show.js'
import {showRunbook} from '../../usecases/runbook/show-runbook.js'

export default class RunbookShow extends BaseCommand {
  static override summary = 'show a runbook'
  static override description =
    'What it is for, when the incident is over, its inputs and its steps. An invalid one is exit 6, with every problem and its place.'
  static override examples = [
    {description: 'One runbook', command: '<%= config.bin %> runbook show api-down --no-color'},
  ]

  static override args = {name: Args.string({description: 'runbook name', name: 'NAME', required: true})}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RunbookShow)
    const app = await this.open(flags)
    const result = await showRunbook({library: await app.library()}, {name: args.name})
    this.present('runbook', result, runbookShowText)
  }
}
