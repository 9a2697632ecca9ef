import {IncidentCommand} from '../../cli/command/incident-command.js'
import {nameFlag} from '../../cli/flags/flags.js'
import {namedInRota, operatorInRota} from '../../cli/wiring/oncall-wiring.js'
import {happenedFlag, INCIDENT_ARG, isoMoment, quietFlag} from '../../cli/flags/incident-flags.js'

export default class IncidentAck extends IncidentCommand {
  static override summary = 'say that you are on it'
  static override description =
    'Acknowledges an incident and becomes its owner. Where somebody did before, it says who, and changes nothing; with --at it corrects when that was.'
  static override examples = [
    {description: 'The only one that is open', command: '<%= config.bin %> incident ack'},
    {
      description: 'For somebody else, ten minutes ago',
      command: "<%= config.bin %> incident ack INC-7 --owner bia --at '10m ago'",
    },
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {
    owner: nameFlag({description: 'who works on it (default: you)', example: 'faci incident ack --owner bia'}),
    at: happenedFlag(),
    quiet: quietFlag(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentAck)
    await this.act(args.incident, flags, async (app) => ({
      act: 'acknowledge',
      owner: (await namedInRota(app, [flags.owner]))[0] ?? (await operatorInRota(app)),
      at: await isoMoment(app, flags.at),
    }))
  }
}
