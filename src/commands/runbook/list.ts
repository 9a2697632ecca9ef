import {BaseCommand} from '../../cli/command/base-command.js'
import {runbookListText} from '../../render/runbook/runbook-list.js'
import {listRunbooks} from '../../usecases/runbook/list-runbooks.js'

export default class RunbookList extends BaseCommand {
  static override summary = 'list runbooks'
  static override description = 'Every NAME.md in the folder of runbooks, with the alerts that it is for.'
  static override examples = [{description: 'As JSON', command: '<%= config.bin %> runbook list --json'}]

  async run(): Promise<void> {
    const {flags} = await this.parse(RunbookList)
    const app = await this.open(flags)
    this.present('runbook-list', await listRunbooks({library: await app.library()}), runbookListText)
  }
}
