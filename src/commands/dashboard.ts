import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {dashboardInput} from '../cli/wiring/dashboard-wiring.js'
import {durationFlag, optionalDurationFlag} from '../cli/flags/flags.js'
import {requirePort} from '../cli/app/require-port.js'
import {presenceDeps} from '../cli/wiring/services-wiring.js'
import {DASHBOARD_NAMES} from '../domain/dashboard/dashboards.js'
import {dashboardText} from '../render/dashboard/dashboard.js'
import {showDashboard} from '../usecases/dashboard/show-dashboard.js'

/** A week of samples takes longer than one instant. */
const TIMEOUT_SECONDS = 10

export default class Dashboard extends BaseCommand {
  static override summary = 'show the Grafana dashboards in the terminal'
  static override description =
    'overview: status, golden signals, the last 24 hours. business: recommendations, conversion, dealerships, the last 7 days. performance: response times against their targets, by endpoint and status, resources. Drawn from the recorded rules (service/prometheus/rules). A query that fails shows as unknown, with the reason, and hides nothing.'
  static override examples = [
    {description: 'The overview', command: '<%= config.bin %> dashboard'},
    {description: 'Refresh until Ctrl-C', command: '<%= config.bin %> dashboard performance --watch'},
    {description: 'The business of the last 30 days', command: '<%= config.bin %> dashboard business --range 30d'},
  ]

  static override args = {
    name: Args.custom<(typeof DASHBOARD_NAMES)[number]>({options: [...DASHBOARD_NAMES]})({
      default: 'overview',
      description: 'dashboard name',
    }),
  }
  static override flags = {
    range: optionalDurationFlag({description: 'time range (default: 24h; business 7d)'}),
    watch: Flags.boolean({description: 'refresh until Ctrl-C', exclusive: ['json']}),
    interval: durationFlag({default: '10s', description: 'refresh interval for --watch'}),
    output: Flags.option({
      relationships: [{type: 'all', flags: ['watch']}],
      description: 'with --watch: one JSON document per line',
      options: ['ndjson'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Dashboard)
    const app = await this.open(flags)
    const metrics = requirePort(await app.metrics(TIMEOUT_SECONDS), 'prometheus')
    const deps = {...(await presenceDeps(app)), metrics}
    const read = async () => showDashboard(deps, await dashboardInput(app, args.name, flags.range ?? null))
    if (flags.watch) await this.watch('dashboard', read, dashboardText, flags, deps.clock)
    else this.present('dashboard', await read(), dashboardText)
  }
}
