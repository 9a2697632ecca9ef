import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/base-command.js'
import {durationFlag} from '../cli/flags.js'
import {presenceDeps, presenceInput} from '../cli/services-wiring.js'
import {statsText} from '../render/text/stats.js'
import {measureContainers} from '../usecases/stack/measure-containers.js'

export default class Stats extends BaseCommand {
  static override summary = 'what the containers use, against their limits and targets'
  static override description =
    'CPU and memory of each running container as a share of what it may use, judged by the saturation targets of faci.yml; network, disk and processes. Takes two samples a second apart.'
  static override examples = [
    {description: 'Every container', command: '<%= config.bin %> stats'},
    {description: 'Stay on the API', command: '<%= config.bin %> stats api --watch --interval 5s'},
  ]

  static override args = {service: Args.string({description: 'only these services', multiple: true})}
  static override flags = {
    watch: Flags.boolean({description: 'draw it again until Ctrl-C', exclusive: ['json']}),
    interval: durationFlag({default: '5s', description: 'between two screens of --watch'}),
    output: Flags.option({
      relationships: [{type: 'all', flags: ['watch']}],
      description: 'with --watch: one JSON document a line',
      options: ['ndjson'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Stats)
    const container = await this.open(flags)
    const deps = await presenceDeps(container)
    const input = {...presenceInput(container, args.service ?? []), targets: container.config.targets}
    const measure = () => measureContainers(deps, input)
    if (flags.watch) await this.watch('stats', measure, statsText, flags, deps.clock)
    else this.present('stats', await measure(), statsText)
  }
}
