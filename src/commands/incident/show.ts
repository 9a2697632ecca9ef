import {BaseCommand} from '../../cli/command/base-command.js'
import {typedAgain} from '../../cli/command/typed-again.js'
import {INCIDENT_ARG} from '../../cli/flags/incident-flags.js'
import {incidentDeps} from '../../cli/wiring/incident-wiring.js'
import {incidentText} from '../../render/incidents/incident.js'
import {wordedIncident} from '../../render/incidents/worded-incident.js'
import {showIncident} from '../../usecases/incidents/show-incident.js'

export default class IncidentShow extends BaseCommand {
  static override summary = 'show an incident'
  static override description = 'How it stands, its times and what they come to, its timeline and its action items.'
  static override examples = [
    {description: 'The only one that is open', command: '<%= config.bin %> incident show'},
    {description: 'As JSON', command: '<%= config.bin %> incident show INC-7 --json'},
  ]

  static override args = {incident: INCIDENT_ARG}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentShow)
    const app = await this.open(flags)
    const again = typedAgain(this, IncidentShow, app, args.incident)
    const input = {name: args.incident ?? null, updates: app.config.incidents.updates, again}
    this.present('incident', wordedIncident(await showIncident(await incidentDeps(app), input)), incidentText)
  }
}
