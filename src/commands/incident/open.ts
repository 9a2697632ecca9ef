import {Flags} from '@oclif/core'
import {IncidentCommand} from '../../cli/command/incident-command.js'
import {momentFlag} from '../../cli/flags/flags.js'
import {isoMoment, messageFlag, quietFlag, severityFlag} from '../../cli/flags/incident-flags.js'
import {incidentPlace, knownAlerts} from '../../cli/wiring/incident-wiring.js'
import {openDeps, withAlertsOnce} from '../../cli/wiring/page-wiring.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {wantsAnother} from '../../cli/wiring/same-title.js'
import {openIncident} from '../../usecases/incidents/open-incident.js'

export default class IncidentOpen extends IncidentCommand {
  static override summary = 'open an incident'
  static override description =
    'Gives it a short name, INC-7, and tells people. Trouble of an alert that has an open incident joins that one, and so does, without an alert, an incident of the same title and services; what comes back within `incidents.watch` reopens its own. Severity and times come from the alert where it fires.'
  static override examples = [
    {
      description: 'By hand',
      command: "<%= config.bin %> incident open --title 'checkout fails' --severity P0 --service api",
    },
    {description: 'For an alert', command: "<%= config.bin %> incident open --title 'API down' --alert APIDown"},
    {
      description: 'Afterwards',
      command: "<%= config.bin %> incident open --title 'slow search' --started-at '2h ago' --quiet",
    },
  ]

  static override flags = {
    title: Flags.string({description: 'what is wrong, in a few words', helpValue: 'TEXT', required: true}),
    severity: severityFlag(),
    service: Flags.string({description: 'an affected service', helpValue: 'SERVICE', multiple: true}),
    alert: Flags.string({description: 'an alert that it is about', helpValue: 'ALERT', multiple: true}),
    impact: Flags.string({description: 'what users notice, in words for everybody', helpValue: 'TEXT'}),
    message: messageFlag('what people are told'),
    'started-at': momentFlag('when the service began to suffer, if that is known'),
    'detected-at': momentFlag('when it was noticed (default: when its alert began to fire, or now)'),
    new: Flags.boolean({description: 'a new incident, even if it looks like one that is there'}),
    quiet: quietFlag(),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(IncidentOpen)
    refuseReadOnly(process.env)
    const app = withAlertsOnce(await this.open(flags))
    const names = flags.alert ?? []
    const [deps, place, alerts, startedAt, detectedAt] = await Promise.all([
      openDeps(app, this.terminal, {...flags, alerts: names}),
      incidentPlace(app),
      knownAlerts(app, names),
      isoMoment(app, flags['started-at']),
      isoMoment(app, flags['detected-at']),
    ])
    const {title, severity = null, service: services = [], impact = null, message: text = ''} = flags
    const isNew = flags.new || (await wantsAnother(app, {title, services, alerts: names}))
    const input = {...place, title, severity, services, alerts, impact, text, startedAt, detectedAt, isNew, runId: null}
    this.presentDone(await openIncident(deps, input))
  }
}
