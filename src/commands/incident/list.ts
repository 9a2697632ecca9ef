import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {limitFlag} from '../../cli/flags/run-flags.js'
import {incidentListText} from '../../render/incidents/incident-list.js'
import {listIncidents} from '../../usecases/incidents/list-incidents.js'

/** As many as a screen has. */
const SHOWN = 20

export default class IncidentList extends BaseCommand {
  static override summary = 'list incidents, newest first'
  static override description =
    'All that are not resolved, and the newest of the others, with the time of the next update.'
  static override examples = [
    {description: 'What is going on', command: '<%= config.bin %> incident list --open'},
    {description: 'The last fifty, for a script', command: '<%= config.bin %> incident list --limit 50 --json'},
  ]

  static override flags = {
    open: Flags.boolean({description: 'only those that are not resolved'}),
    limit: limitFlag(),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(IncidentList)
    const app = await this.open(flags)
    const [incidents, clock] = await Promise.all([app.incidents(), app.clock()])
    const input = {limit: flags.limit ?? SHOWN, onlyOpen: flags.open, updates: app.config.incidents.updates}
    this.present('incident-list', await listIncidents({incidents, clock}, input), incidentListText)
  }
}
