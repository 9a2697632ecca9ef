import {Flags} from '@oclif/core'
import {IncidentCommand} from '../../cli/command/incident-command.js'
import {happenedFlag, INCIDENT_ARG, isoMoment, messageFlag, quietFlag} from '../../cli/flags/incident-flags.js'
import {RESOLUTIONS} from '../../domain/incidents/incident.js'

export default class IncidentResolve extends IncidentCommand {
  static override summary = 'end an incident'
  static override description =
    'What was a false alarm, or a duplicate, stays out of statistics. Two incidents that are one are better merged: `incident merge`.'
  static override examples = [
    {description: 'It is over', command: "<%= config.bin %> incident resolve INC-7 --message 'the disk was full'"},
    {description: 'It was nothing', command: '<%= config.bin %> incident resolve last --as false-alarm'},
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {
    as: Flags.option({description: 'what it turned out to be', options: RESOLUTIONS, default: 'fixed' as const})(),
    message: messageFlag('how it ended'),
    at: happenedFlag(),
    quiet: quietFlag(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentResolve)
    await this.act(args.incident, flags, async (app) => ({
      act: 'resolve',
      as: flags.as,
      text: flags.message ?? '',
      at: await isoMoment(app, flags.at),
    }))
  }
}
