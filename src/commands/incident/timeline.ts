import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {INCIDENT_ARG} from '../../cli/flags/incident-flags.js'
import {incidentDeps} from '../../cli/wiring/incident-wiring.js'
import {timelineText} from '../../render/incidents/incident.js'
import {timelineMarkdown} from '../../render/incidents/timeline-markdown.js'
import {wordedIncident} from '../../render/incidents/worded-incident.js'
import {showIncident} from '../../usecases/incidents/show-incident.js'

export default class IncidentTimeline extends BaseCommand {
  static override summary = 'what happened when'
  static override description =
    'In the order in which things happened, whenever they were typed: what people wrote, what faci ran and changed, notices, silences. What was entered later says so.'
  static override examples = [
    {description: 'For a report', command: '<%= config.bin %> incident timeline INC-7 --output md'},
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {
    output: Flags.option({
      description: 'form of the answer',
      options: ['text', 'md'] as const,
      default: 'text' as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentTimeline)
    const app = await this.open(flags)
    const input = {name: args.incident ?? null, updates: app.config.incidents.updates}
    const result = wordedIncident(await showIncident(await incidentDeps(app), input))
    this.present('incident', result, flags.output === 'md' ? timelineMarkdown : timelineText)
  }
}
