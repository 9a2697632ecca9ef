import {IncidentCommand} from '../../cli/command/incident-command.js'
import {happenedFlag, INCIDENT_ARG, isoMoment, messageFlag, quietFlag} from '../../cli/flags/incident-flags.js'

export default class IncidentReopen extends IncidentCommand {
  static override summary = 'say that it came back'
  static override description =
    'An incident that was mitigated or resolved is open again; somebody has to acknowledge it anew.'
  static override examples = [
    {description: 'It was too early', command: "<%= config.bin %> incident reopen last --message 'errors are back'"},
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {message: messageFlag('what is seen'), at: happenedFlag(), quiet: quietFlag()}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentReopen)
    await this.act(args.incident ?? 'last', flags, async (app) => ({
      act: 'reopen',
      text: flags.message ?? '',
      at: await isoMoment(app, flags.at),
    }))
  }
}
