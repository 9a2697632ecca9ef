import {IncidentCommand} from '../../cli/command/incident-command.js'
import {happenedFlag, INCIDENT_ARG, isoMoment, messageFlag, quietFlag} from '../../cli/flags/incident-flags.js'

export default class IncidentMitigate extends IncidentCommand {
  static override summary = 'say that the service has recovered'
  static override description =
    'The incident is watched from then on. If it comes back within `incidents.watch` (10m), it is reopened; else resolve it.'
  static override examples = [
    {description: 'What helped', command: "<%= config.bin %> incident mitigate INC-7 --message 'rolled back to v41'"},
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {message: messageFlag('what helped'), at: happenedFlag(), quiet: quietFlag()}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentMitigate)
    await this.act(args.incident, flags, async (app) => ({
      act: 'mitigate',
      text: flags.message ?? '',
      at: await isoMoment(app, flags.at),
    }))
  }
}
