import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {plannedFlag, nameFlag} from '../../cli/flags/flags.js'
import {oncallInterval, oncallMoment, readRota} from '../../cli/wiring/oncall-wiring.js'
import {scheduleCalendar} from '../../render/oncall/schedule-calendar.js'
import {scheduleMarkdown, scheduleText} from '../../render/oncall/schedule.js'
import {wordsFor} from '../../render/words/words.js'
import {listSchedule} from '../../usecases/oncall/list-schedule.js'

export default class OncallSchedule extends BaseCommand {
  static override summary = 'list who is on call when'
  static override description =
    'Every shift after layers and overrides, and the gaps between them. As iCalendar (RFC 5545) with the same UID for a shift each time; it holds no addresses or phone numbers.'
  static override examples = [
    {description: 'The next four weeks', command: '<%= config.bin %> oncall schedule'},
    {description: 'January', command: '<%= config.bin %> oncall schedule --from 2027-01-01 --to 2027-02-01'},
    {description: 'A calendar of one person', command: '<%= config.bin %> oncall schedule --person Ana --output ics'},
  ]

  static override flags = {
    weeks: Flags.integer({default: 4, description: 'how many weeks', exclusive: ['to'], max: 260, min: 1}),
    from: plannedFlag('from this time on (default: now)'),
    to: plannedFlag('until this time'),
    person: nameFlag({description: 'only the shifts of this person', example: 'faci oncall schedule --person Bia'}),
    output: Flags.option({
      default: 'text',
      description: 'output format',
      options: ['text', 'json', 'md', 'ics'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(OncallSchedule)
    const app = await this.open(flags)
    const {service, locale, timezone} = app.config
    const [asked, now] = [await oncallInterval(app, flags), await oncallMoment(app, undefined)]
    const person = flags.person ?? null
    const rota = await readRota(app)
    const result = listSchedule({service, rota, now, asked, person})
    if (flags.output === 'ics' && !flags.json && rota !== null) {
      this.writeForeign(scheduleCalendar(result.data, wordsFor(locale)))
      this.conclude(result)
      return
    }
    const isMarkdown = flags.output === 'md' && rota !== null
    const render = isMarkdown ? scheduleMarkdown(wordsFor(locale), timezone) : scheduleText(app.timezone)
    this.present('oncall-schedule', result, render, flags.json || flags.output === 'json')
  }
}
