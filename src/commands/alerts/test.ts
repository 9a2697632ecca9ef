import {alertChangeDeps, alertChangeInput, planOnStderr} from '../../cli/command/alert-change.js'
import {BaseCommand} from '../../cli/command/base-command.js'
import {CONSENT_FLAGS} from '../../cli/flags/change-flags.js'
import {optionalDurationFlag} from '../../cli/flags/flags.js'
import {interruptible} from '../../cli/process/interruptible.js'
import {requirePort} from '../../cli/app/require-port.js'
import {alertTestPlanText, alertTestText} from '../../render/alerts/alert-test.js'
import {testAlerts} from '../../usecases/alerts/test-alerts.js'

export default class AlertsTest extends BaseCommand {
  static override summary = 'send a synthetic alert through every Alertmanager route'
  static override description =
    'Asks, sends one marked alert (FaciTest) to each route, waits until the counters of Alertmanager show that each integration has sent it, and resolves them. The receivers get real notifications. Exit 3 when an integration fails, 4 when delivery is not confirmed in time.'
  static override examples = [
    {description: 'What would be sent', command: '<%= config.bin %> alerts test --dry-run'},
    {description: 'Without a question, two minutes at most', command: '<%= config.bin %> alerts test --yes --wait 2m'},
  ]

  static override flags = {
    ...CONSENT_FLAGS,
    wait: optionalDurationFlag({
      description: 'how long to wait for delivery (default: 60s, longer where a route waits longer)',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AlertsTest)
    const app = await this.open(flags)
    const [routing, ids, progress, {name: operator}, shared] = await Promise.all([
      app.alertRouting(),
      app.ids(),
      app.progress(),
      app.operator(),
      alertChangeDeps(app),
    ])
    const showPlan = planOnStderr(app, this.terminal, flags.json, alertTestPlanText)
    const deps = {...shared, routing: requirePort(routing, 'alertmanager'), ids, progress, showPlan}
    const input = {...(await alertChangeInput(app, flags)), operator, waitSeconds: flags.wait ?? null}
    const result = await interruptible(({signal}) => testAlerts(deps, {...input, signal}))
    await progress.pause()
    this.present('alerts-test', result, alertTestText)
  }
}
