import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {durationFlag} from '../cli/flags/flags.js'
import {healthText} from '../render/status/health.js'
import {probeHealth} from '../usecases/stack/probe-health.js'

export default class Health extends BaseCommand {
  static override summary = 'probe every health endpoint'
  static override description =
    'Asks each entry of `health:` in faci.yml, all at once. Of a URL 2xx is healthy, unless the body says otherwise: DOWN, fail, Unhealthy, ok: false and the like are down, warn and Degraded are degraded. A body that says nothing of health does not count. Redirects are not followed. A `tcp` entry is healthy when somebody accepts the connection, an `exec` entry when its command ends with 0.'
  static override examples = [
    {description: 'Once', command: '<%= config.bin %> health'},
    {description: 'Ten times, to see the spread', command: '<%= config.bin %> health --count 10 --interval 500ms'},
  ]

  static override flags = {
    count: Flags.integer({
      default: 1,
      description: 'number of probes of each endpoint',
      helpValue: 'N',
      max: 1000,
      min: 1,
    }),
    interval: durationFlag({default: '1s', description: 'pause between two probes'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Health)
    const app = await this.open(flags)
    const result = await probeHealth(
      {prober: await app.prober(), clock: await app.clock()},
      {endpoints: app.healthEndpoints, count: flags.count, intervalSeconds: flags.interval},
    )
    this.present('health', result, healthText)
  }
}
