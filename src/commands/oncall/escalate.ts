import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {escalateDeps} from '../../cli/wiring/escalation-wiring.js'
import {incidentPlace} from '../../cli/wiring/incident-wiring.js'
import {postReminders, withForeseenReminders, withReminders} from '../../cli/wiring/remind-wiring.js'
import {readRota} from '../../cli/wiring/oncall-wiring.js'
import {escalationText} from '../../render/escalation/escalation.js'
import {wordedEscalation} from '../../render/escalation/worded-pages.js'
import {escalateIncidents} from '../../usecases/escalation/escalate-incidents.js'

export default class OncallEscalate extends BaseCommand {
  static override summary = 'page the next people for incidents that nobody has acknowledged'
  static override description =
    'For cron, once a minute. Takes the steps of `escalation` in the rota for each open P0 and P1 incident until somebody acknowledges it: each step once, whoever calls. After a pause only the latest step that is due is sent. Reminds people of overdue updates, too. Exit 4: no rota, or no steps; 9: a page or a reminder is still undelivered.'
  static override examples = [
    {description: 'In a crontab', command: '<%= config.bin %> oncall escalate'},
    {description: 'Who would be paged now', command: '<%= config.bin %> oncall escalate --dry-run'},
  ]

  static override flags = {
    'dry-run': Flags.boolean({description: 'show who would be paged and reminded, and send nothing'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(OncallEscalate)
    if (!flags['dry-run']) refuseReadOnly(process.env)
    const app = await this.open(flags)
    const [deps, place] = [await escalateDeps(app, this.terminal, flags.json), await incidentPlace(app)]
    const input = {...place, rota: await readRota(app), dryRun: flags['dry-run']}
    const escalated = await escalateIncidents(deps, input)
    const result = input.dryRun
      ? await withForeseenReminders(app, this.terminal, flags.json, escalated)
      : withReminders(escalated, await postReminders(app, this.terminal, flags.json))
    this.present('oncall-escalation', wordedEscalation(result), escalationText)
  }
}
