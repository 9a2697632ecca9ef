import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/base-command.js'
import {requirePort} from '../../cli/require-port.js'
import {alertRows} from '../../render/text/alerts.js'
import {listAlerts} from '../../usecases/alerts/list-alerts.js'

export default class AlertsList extends BaseCommand {
  static override summary = 'active alerts with their age and runbook'
  static override examples = [
    {description: 'What fires now', command: '<%= config.bin %> alerts list'},
    {description: 'The watchdog too', command: '<%= config.bin %> alerts list --all'},
  ]

  static override flags = {all: Flags.boolean({description: 'also those that always fire on purpose (Watchdog)'})}

  async run(): Promise<void> {
    const {flags} = await this.parse(AlertsList)
    const container = this.open(flags)
    const alerts = requirePort(await container.alerts(), 'alertmanager')
    const result = await listAlerts({alerts, clock: await container.clock()}, {all: flags.all})
    this.present('alerts-list', result, ({data}, style) => alertRows(data.alerts, Date.parse(data.at), style))
  }
}
