import {alertChangeDeps, alertChangeInput, planOnStderr} from '../../cli/alert-change.js'
import {BaseCommand} from '../../cli/base-command.js'
import {CONSENT_FLAGS} from '../../cli/change-flags.js'
import {optionalDurationFlag} from '../../cli/flags.js'
import {interruptible} from '../../cli/interruptible.js'
import {requirePort} from '../../cli/require-port.js'
import {alertTestPlanText, alertTestText} from '../../render/text/alert-test.js'
import {testAlerts} from '../../usecases/alerts/test-alerts.js'

export default class AlertsTest extends BaseCommand {
  static override summary = 'a synthetic alert through every route of Alertmanager'
  static override description =
    'Asks, sends one marked alert (FaciTest) for each route, waits until the own counters of Alertmanager say that each integration has sent it, and resolves them. People are told. A failed integration is exit 3; what was not heard of in time is exit 4.'
  static override examples = [
    {description: 'What would be sent', command: '<%= config.bin %> alerts test --dry-run'},
    {description: 'Without a question, two minutes at most', command: '<%= config.bin %> alerts test --yes --wait 2m'},
  ]

  static override flags = {
    ...CONSENT_FLAGS,
    wait: optionalDurationFlag({
      description: 'how long to wait until it was sent (default: 60s, longer where a route waits longer)',
    }),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AlertsTest)
    const container = await this.open(flags)
    const [routing, ids, progress, {name: operator}, shared] = await Promise.all([
      container.alertRouting(),
      container.ids(),
      container.progress(),
      container.operator(),
      alertChangeDeps(container),
    ])
    const showPlan = planOnStderr(container, this.terminal, flags.json, alertTestPlanText)
    const deps = {...shared, routing: requirePort(routing, 'alertmanager'), ids, progress, showPlan}
    const input = {...alertChangeInput(container, flags), operator, waitSeconds: flags.wait ?? null}
    const result = await interruptible(({signal}) => testAlerts(deps, {...input, signal}))
    await progress.pause()
    this.present('alerts-test', result, alertTestText)
  }
}
