import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {typedAgain} from '../../cli/command/typed-again.js'
import {INCIDENT_ARG} from '../../cli/flags/incident-flags.js'
import {documentTimes, incidentDeps} from '../../cli/wiring/incident-wiring.js'
import {span} from '../../domain/time/span.js'
import {timelineText} from '../../render/incidents/incident.js'
import {timelineIn} from '../../render/incidents/timeline-markdown.js'
import {wordedIncident} from '../../render/incidents/worded-incident.js'
import {wordsFor} from '../../render/words/words.js'
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
    const again = typedAgain(this, IncidentTimeline, app, args.incident)
    const input = {name: args.incident ?? null, updates: app.config.incidents.updates, again}
    const isDocument = flags.output === 'md'
    const [deps, words, times] = [await incidentDeps(app), wordsFor(app.config.locale).incidents, documentTimes(app)]
    const inItsLanguage = {...deps, words, spoken: {time: times.moment, duration: span}}
    const result = await showIncident(isDocument && !flags.json ? inItsLanguage : deps, input)
    this.present('incident', wordedIncident(result), isDocument ? timelineIn(words, times) : timelineText)
  }
}
