import {BaseCommand} from '../../cli/command/base-command.js'
import {windowFlag} from '../../cli/flags/flags.js'
import {requirePort} from '../../cli/app/require-port.js'
import {noiseText} from '../../render/alerts/noise.js'
import {reviewNoise} from '../../usecases/alerts/review-noise.js'

/** Every evaluation of a week is looked at. */
const PATIENCE_SECONDS = 60

export default class AlertsNoise extends BaseCommand {
  static override summary = 'list the noisiest alerts and what to tune'
  static override description =
    'Firings, time firing and flaps of each alert, from Prometheus; notifications sent and failed, from Alertmanager where Prometheus scrapes it. A flap is a firing that is over within 5 minutes, or that comes within 30 minutes after another.'
  static override examples = [
    {description: 'Of the last week', command: '<%= config.bin %> alerts noise'},
    {description: 'Of the last day', command: '<%= config.bin %> alerts noise --window 1d'},
  ]

  static override flags = {
    window: windowFlag({default: '7d', description: 'look-back window', minimum: '10m', maximum: '30d'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(AlertsNoise)
    const app = await this.open(flags)
    const metrics = requirePort(await app.metrics(PATIENCE_SECONDS), 'prometheus')
    const rules = requirePort(await app.loadedRules(), 'prometheus')
    const deps = {metrics, rules, clock: await app.clock()}
    this.present('alerts-noise', await reviewNoise(deps, {windowSeconds: flags.window}), noiseText)
  }
}
