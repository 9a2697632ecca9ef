import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {requirePort, requireRules} from '../../cli/app/require-port.js'
import {lintAnnotations} from '../../render/github/annotations.js'
import {inWords} from '../../render/findings/worded-findings.js'
import {alertLintText} from '../../render/alerts/alert-lint.js'
import {alertFaultText} from '../../render/words/en/lint/alerts.js'
import {lintAlerts} from '../../usecases/alerts/lint-alerts.js'

/** A week of each alert is looked at. */
const PATIENCE_SECONDS = 60

export default class AlertsLint extends BaseCommand {
  static override summary = 'check alerting and recording rules'
  static override description =
    'Every rule of `prometheus.rules` in faci.yml: all that Prometheus would refuse (the form of the file, PromQL, templates), counters without rate, ratios that divide a series by itself, topk, missing absent, labels, annotations, runbooks. Where promtool is on PATH it is asked too. With --live also whether each metric is there, and how often each alert would have fired in the last 7 days. A comment above a rule, `# faci allow CHECK: why`, allows one. Errors are exit 3, warnings alone 0; what --live cannot reach is exit 4.'
  static override examples = [
    {description: 'The files', command: '<%= config.bin %> alerts lint'},
    {description: 'Against the running Prometheus', command: '<%= config.bin %> alerts lint --live'},
    {description: 'In a GitHub workflow', command: '<%= config.bin %> alerts lint --output github'},
  ]

  static override flags = {
    live: Flags.boolean({description: 'also check them against the running Prometheus'}),
    output: Flags.option({
      description: 'output format of the findings',
      options: ['text', 'json', 'github'] as const,
      default: 'text',
    })(),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AlertsLint)
    const app = await this.open(flags)
    const alertRules = requireRules(await app.alertRules())
    const [library, metrics, clock, checker] = await Promise.all([
      ...([app.library(), app.metrics(PATIENCE_SECONDS), app.clock(), app.ruleChecker()] as const),
    ])
    const live = flags.live ? {metrics: requirePort(metrics, 'prometheus'), clock} : null
    const deps = {alertRules, library, checker, live, patterns: app.patterns}
    const found = await lintAlerts(deps, {directory: process.cwd()})
    const result = inWords(found, alertFaultText)
    const render = flags.output === 'github' ? lintAnnotations : alertLintText
    this.present('alerts-lint', result, render, flags.json || flags.output === 'json')
  }
}
