import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {oncallMoment, readRota} from '../../cli/wiring/oncall-wiring.js'
import {MONTHS, rotaCheckText} from '../../render/oncall/check.js'
import {checkRota} from '../../usecases/oncall/check-rota.js'

export default class OncallCheck extends BaseCommand {
  static override summary = 'find gaps, clashes and unfair shares in the rota'
  static override description =
    'From now on: gaps where nobody is on call, layers or overrides that hide each other, people who never serve, double shifts, shifts during absences; and the hours, nights and weekend days of each person. Exit 3: it found problems; 4: there is no rota, or an absence calendar could not be read.'
  static override examples = [
    {description: 'The next twelve months', command: '<%= config.bin %> oncall check'},
    {
      description: 'In CI, before a change of the rota is merged',
      command: '<%= config.bin %> oncall check --months 3 --json',
    },
  ]

  static override flags = {
    months: Flags.integer({default: MONTHS, description: 'how many months ahead', max: 60, min: 1}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(OncallCheck)
    const app = await this.open(flags)
    const [rota, now] = [await readRota(app), await oncallMoment(app, undefined)]
    const timezoneData = process.versions['tz'] ?? null
    const {months} = flags
    this.present('oncall-check', checkRota({rota, now, months, timezoneData}), (result, style) =>
      rotaCheckText(result, style, months),
    )
  }
}
