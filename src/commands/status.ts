import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {durationFlag} from '../cli/flags/flags.js'
import {statusDeps, statusInput} from '../cli/wiring/status-wiring.js'
import {statusText} from '../render/status/status.js'
import {surveyStatus} from '../usecases/status/survey-status.js'

export default class Status extends BaseCommand {
  static override summary = 'show on one screen whether the service is healthy, and if not, why'
  static override description =
    'Containers, health endpoints, golden signals against targets, firing alerts with their runbook, what changed lately, the lock and undelivered notices. Every backend is asked at once; one that fails shows as unknown and hides nothing.'
  static override examples = [
    {description: 'Now', command: '<%= config.bin %> status'},
    {description: 'Only two services', command: '<%= config.bin %> status api redis'},
    {description: 'Refresh until Ctrl-C', command: '<%= config.bin %> status --watch --interval 5s'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', multiple: true})}
  static override flags = {
    watch: Flags.boolean({description: 'refresh until Ctrl-C', exclusive: ['json']}),
    interval: durationFlag({default: '5s', description: 'refresh interval for --watch'}),
    window: durationFlag({default: '5m', description: 'look-back window for signals'}),
    output: Flags.option({
      relationships: [{type: 'all', flags: ['watch']}],
      description: 'with --watch: one JSON document per line',
      options: ['ndjson'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Status)
    const app = await this.open(flags)
    const deps = await statusDeps(app)
    const input = await statusInput(app, args.service ?? [], flags.window)
    const survey = () => surveyStatus(deps, input)
    if (flags.watch) await this.watch('status', survey, statusText, flags, deps.clock)
    else this.present('status', await survey(), statusText)
  }
}
