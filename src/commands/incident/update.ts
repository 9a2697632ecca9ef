import {Flags} from '@oclif/core'
import {shellCommand, withFlags} from '../../domain/text/shell-command.js'
import {FaciError} from '../../domain/errors.js'
import {IncidentCommand} from '../../cli/command/incident-command.js'
import {momentFlag, nameFlag, roleFlag} from '../../cli/flags/flags.js'
import {INCIDENT_ARG, isoMoment, messageFlag, quietFlag, severityFlag} from '../../cli/flags/incident-flags.js'
import {changesOf, withRotaNames} from '../../cli/wiring/incident-wiring.js'

export default class IncidentUpdate extends IncidentCommand {
  static override summary = 'tell people how it stands, or mend what the record says'
  static override description =
    'With --message everybody whom the incident concerns is told, and the next update is due anew. Times that were wrong are corrected; what was said before stays in the timeline. An empty --commander or --scribe takes that role away.'
  static override examples = [
    {
      description: 'Tell people',
      command: "<%= config.bin %> incident update --message 'the database is being restored'",
    },
    {
      description: 'It began earlier',
      command: "<%= config.bin %> incident update INC-7 --started-at '2026-11-30 02:50'",
    },
    {
      description: 'It is worse',
      command: "<%= config.bin %> incident update INC-7 --severity P0 --impact 'nobody can log in'",
    },
  ]

  static override args = {incident: INCIDENT_ARG}
  static override flags = {
    message: messageFlag('what people are told'),
    severity: severityFlag(),
    title: Flags.string({description: 'a better title', helpValue: 'TEXT'}),
    impact: Flags.string({description: 'what users notice, in words for everybody', helpValue: 'TEXT'}),
    service: Flags.string({description: 'the affected services, all of them', helpValue: 'SERVICE', multiple: true}),
    owner: nameFlag({description: 'who works on it', example: 'faci incident update --owner bia'}),
    commander: roleFlag({description: 'who leads', example: 'faci incident update --commander bia'}),
    scribe: roleFlag({description: 'who writes', example: 'faci incident update --scribe bia'}),
    'started-at': momentFlag('when the service began to suffer'),
    'detected-at': momentFlag('when it was noticed'),
    quiet: quietFlag(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentUpdate)
    const changes = changesOf(flags)
    const {'started-at': started, 'detected-at': detected, message = ''} = flags
    if (Object.keys(changes).length === 0 && message === '' && started === undefined && detected === undefined)
      throw new FaciError('usage', 'Nothing to update', {
        suggestions: [
          shellCommand(['faci', 'incident', 'update', ...withFlags(this.argv, '--message', 'we are on it')]),
        ],
      })
    await this.act(args.incident, flags, async (app) => {
      const [startedAt, detectedAt] = await Promise.all([isoMoment(app, started), isoMoment(app, detected)])
      const times = {...(startedAt === null ? {} : {startedAt}), ...(detectedAt === null ? {} : {detectedAt})}
      return {act: 'update', text: message, changes: await withRotaNames(app, changes), times}
    })
  }
}
