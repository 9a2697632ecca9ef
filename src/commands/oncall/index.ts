import {BaseCommand} from '../../cli/command/base-command.js'
import {plannedFlag} from '../../cli/flags/flags.js'
import {oncallMoment, readRota} from '../../cli/wiring/oncall-wiring.js'
import {oncallText} from '../../render/oncall/oncall.js'
import {reportOncall} from '../../usecases/oncall/report-oncall.js'

export default class Oncall extends BaseCommand {
  static override summary = 'show who is on call now and who is next'
  static override description =
    'Who is on call by the rota of faci.yml, since when and until when, and who is next. Exit 3: nobody is on call; 4: there is no rota.'
  static override examples = [
    {description: 'Now', command: '<%= config.bin %> oncall'},
    {description: 'During an incident of last week', command: "<%= config.bin %> oncall --at '2026-11-23 03:00'"},
    {description: 'For a script', command: '<%= config.bin %> oncall --json'},
  ]

  static override flags = {
    at: plannedFlag('who is on call at this time: 2h ago, in 3d, tomorrow 18:00, or a timestamp (default: now)'),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Oncall)
    const app = await this.open(flags)
    const [rota, at] = [await readRota(app), await oncallMoment(app, flags.at)]
    this.present('oncall', reportOncall({rota, at}), oncallText)
  }
}
