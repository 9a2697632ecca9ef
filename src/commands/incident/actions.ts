import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {typedAgain} from '../../cli/command/typed-again.js'
import {nameFlag} from '../../cli/flags/flags.js'
import {dueFlag, dueMoment, INCIDENT_ARG} from '../../cli/flags/incident-flags.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {actionWish} from '../../cli/wiring/incident-wiring.js'
import {namedInRota} from '../../cli/wiring/oncall-wiring.js'
import {actionListText} from '../../render/incidents/action-list.js'
import {changeAction, listActions} from '../../usecases/incidents/manage-actions.js'

export default class IncidentActions extends BaseCommand {
  static override summary = 'what people promised to do'
  static override description =
    'Without an incident: every open action item, those due first. The daily check tells of those that are overdue.'
  static override examples = [
    {description: 'All that is open', command: '<%= config.bin %> incident actions'},
    {
      description: 'A new one',
      command: "<%= config.bin %> incident actions INC-7 --add 'alert on disk space' --owner bia --due 2026-12-15",
    },
    {description: 'It is done', command: '<%= config.bin %> incident actions INC-7 --done 2'},
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {
    add: Flags.string({description: 'a new action item', helpValue: 'TEXT', exclusive: ['done', 'drop', 'change']}),
    done: Flags.integer({description: 'this one is done', helpValue: 'NUMBER', exclusive: ['drop', 'change']}),
    drop: Flags.integer({description: 'nobody will do this one', helpValue: 'NUMBER', exclusive: ['change']}),
    change: Flags.integer({description: 'give this one another owner or day', helpValue: 'NUMBER'}),
    owner: nameFlag({description: 'who does it', example: 'faci incident actions last --change 1 --owner bia'}),
    due: dueFlag(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentActions)
    const app = await this.open(flags)
    const [incidents, clock, dueAt] = await Promise.all([app.incidents(), app.clock(), dueMoment(app, flags.due)])
    const [owner] = await namedInRota(app, [flags.owner])
    const wish = actionWish({...flags, owner, dueAt})
    if (wish !== null) refuseReadOnly(process.env)
    const name = args.incident ?? null
    const deps = {incidents, clock}
    const again = typedAgain(this, IncidentActions, app, args.incident)
    const result = wish === null ? await listActions(deps, name) : await changeAction(deps, {name, again}, wish)
    this.present('incident-actions', result, actionListText)
  }
}
