import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {requirePort} from '../../cli/app/require-port.js'
import {alertViewText} from '../../render/alerts/alert-view.js'
import {showAlert} from '../../usecases/alerts/show-alert.js'

export default class AlertsShow extends BaseCommand {
  static override summary = 'show one alert: rule, active instances, receivers'
  static override description =
    'What Prometheus evaluates (rule, current value) and what Alertmanager does with it (receivers, silences, inhibitions). Exit 0 when the alert is defined but inactive, 3 when it is firing.'
  static override examples = [
    {description: 'An alert', command: '<%= config.bin %> alerts show HighErrorRate'},
    {description: 'For a script', command: '<%= config.bin %> alerts show HighErrorRate --json'},
  ]

  static override args = {name: Args.string({description: 'alert name', name: 'NAME', required: true})}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(AlertsShow)
    const app = await this.open(flags)
    const [alerts, rules, clock] = await Promise.all([app.alerts(), app.loadedRules(), app.clock()])
    if (alerts === null) requirePort(rules, 'prometheus')
    this.present('alerts-show', await showAlert({alerts, rules, clock, patterns: app.patterns}, args), alertViewText)
  }
}
