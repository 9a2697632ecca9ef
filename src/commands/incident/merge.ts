import {Args} from '@oclif/core'
import {IncidentCommand} from '../../cli/command/incident-command.js'
import {typedAgain} from '../../cli/command/typed-again.js'
import {quietFlag} from '../../cli/flags/incident-flags.js'
import {incidentPlace, tellDeps} from '../../cli/wiring/incident-wiring.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {mergeIncidents} from '../../usecases/incidents/merge-incidents.js'

export default class IncidentMerge extends IncidentCommand {
  static override summary = 'make one incident of two'
  static override description =
    'The first becomes a part of the second, which takes over its services and alerts. It stays out of statistics, and its own timeline stays.'
  static override examples = [
    {description: 'INC-8 is the same trouble', command: '<%= config.bin %> incident merge INC-8 INC-7 --quiet'},
  ]

  static override args = {
    from: Args.string({description: 'the incident that ends', name: 'FROM', required: true}),
    into: Args.string({description: 'the incident that goes on', name: 'INTO', required: true}),
  }

  static override flags = {quiet: quietFlag()}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentMerge)
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const deps = await tellDeps(app, this.terminal, flags)
    const again = typedAgain(this, IncidentMerge, app, args.from)
    const {from, into} = args
    this.presentDone(await mergeIncidents(deps, {...(await incidentPlace(app)), from, into, again}))
  }
}
