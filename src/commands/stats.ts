import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {durationFlag} from '../cli/flags/flags.js'
import {presenceDeps, presenceInput} from '../cli/wiring/services-wiring.js'
import {statsText} from '../render/status/stats.js'
import {measureContainers} from '../usecases/status/measure-containers.js'

export default class Stats extends BaseCommand {
  static override summary = 'show container usage against limits and targets'
  static override description =
    'CPU and memory of each running container as a share of what it may use, judged by the saturation targets of faci.yml; network, disk and processes. Takes two samples a second apart.'
  static override examples = [
    {description: 'Every container', command: '<%= config.bin %> stats'},
    {description: 'The API, refreshed every 5 s', command: '<%= config.bin %> stats api --watch --interval 5s'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', multiple: true})}
  static override flags = {
    watch: Flags.boolean({description: 'refresh until Ctrl-C', exclusive: ['json']}),
    interval: durationFlag({default: '5s', description: 'refresh interval for --watch'}),
    output: Flags.option({
      relationships: [{type: 'all', flags: ['watch']}],
      description: 'with --watch: one JSON document per line',
      options: ['ndjson'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Stats)
    const app = await this.open(flags)
    const deps = await presenceDeps(app)
    const input = {...(await presenceInput(app, args.service ?? [])), targets: app.config.targets}
    const measure = () => measureContainers(deps, input)
    if (flags.watch) await this.watch('stats', measure, statsText, flags, deps.clock)
    else this.present('stats', await measure(), statsText)
  }
}
