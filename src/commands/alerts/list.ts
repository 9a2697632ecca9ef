import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {requirePort} from '../../cli/app/require-port.js'
import {alertRows} from '../../render/alerts/alerts.js'
import {silenceRows} from '../../render/alerts/silences.js'
import {listAlerts} from '../../usecases/alerts/list-alerts.js'
import {listSilences} from '../../usecases/alerts/list-silences.js'

export default class AlertsList extends BaseCommand {
  static override summary = 'list active alerts with age and runbook'
  static override description =
    'Combines Prometheus and Alertmanager: pending alerts with the time until they fire, firing ones that never reached Alertmanager, silences. Without an Alertmanager in faci.yml it lists what Prometheus finds. Exit 3 when an alert is firing, 4 when one of the two cannot be reached.'
  static override examples = [
    {description: 'What fires now', command: '<%= config.bin %> alerts list'},
    {description: 'Active silences, with author and reason', command: '<%= config.bin %> alerts list --silences'},
    {description: 'The watchdog too', command: '<%= config.bin %> alerts list --all'},
  ]

  static override flags = {
    all: Flags.boolean({description: 'include alerts that always fire on purpose (Watchdog)'}),
    silences: Flags.boolean({description: 'list silences instead: author, reason, end', exclusive: ['all']}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AlertsList)
    const app = await this.open(flags)
    const [alerts, rules, clock] = await Promise.all([app.alerts(), app.loadedRules(), app.clock()])
    if (flags.silences) {
      const silences = await listSilences({alerts: requirePort(alerts, 'alertmanager'), clock})
      this.present('alerts-silences', silences, ({data}, style) => silenceRows(data, style))
      return
    }
    if (rules === null) requirePort(alerts, 'alertmanager')
    const result = await listAlerts({alerts, rules, clock, patterns: app.patterns}, {all: flags.all})
    this.present('alerts-list', result, ({data}, style) => alertRows(data, Date.parse(data.at), style))
  }
}
