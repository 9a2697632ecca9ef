import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {durationFlag, ratioFlag} from '../cli/flags/flags.js'
import {requirePort} from '../cli/app/require-port.js'
import {latencyText} from '../render/signals/latency.js'
import {triageLatency} from '../usecases/signals/triage-latency.js'

export default class Latency extends BaseCommand {
  static override summary = 'list the slowest endpoints'
  static override description =
    'The slowest endpoints by PromQL topk, with their traffic, errors, and the same figure an hour and a day ago.'
  static override examples = [
    {description: 'The five slowest endpoints, p95 over 5 minutes', command: '<%= config.bin %> latency'},
    {
      description: 'The ten slowest by p99 over an hour',
      command: '<%= config.bin %> latency --top 10 --quantile 0.99 --window 1h',
    },
  ]

  static override flags = {
    top: Flags.integer({default: 5, description: 'number of endpoints', helpValue: 'N', max: 100, min: 1}),
    quantile: ratioFlag({default: 0.95, description: 'latency quantile, between 0 and 1'}),
    window: durationFlag({default: '5m', description: 'look-back window for rates'}),
    by: Flags.string({default: 'endpoint', description: 'label to group by', helpValue: 'LABEL'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Latency)
    const app = await this.open(flags)
    const metrics = requirePort(await app.metrics(), 'prometheus')
    const {top, quantile, by, window} = flags
    const scope = {job: app.config.prometheus?.job ?? null, windowSeconds: window}
    const targets: Readonly<Record<string, number>> = app.latencyTargets
    const targetSeconds = targets[String(quantile)] ?? null
    const result = await triageLatency({metrics}, {top, quantile, by, scope, targetSeconds})
    this.present('latency', result, latencyText)
  }
}
