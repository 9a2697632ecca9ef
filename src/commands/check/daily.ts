import {Flags} from '@oclif/core'
import {wordsOf} from '../../cli/app/audience.js'
import {BaseCommand} from '../../cli/command/base-command.js'
import {dailyCheckDeps, dailyCheckInput, keepFigures, notifyCheckDeps} from '../../cli/wiring/check-wiring.js'
import {postReminders, withReminders} from '../../cli/wiring/remind-wiring.js'
import {onStderr} from '../../cli/wiring/notice-wiring.js'
import {checkJunit} from '../../render/junit/check.js'
import {checkText} from '../../render/check/check.js'
import {wordedCheck} from '../../render/check/worded-check.js'
import {notifyCheck} from '../../usecases/check/notify-check.js'
import {runDailyCheck} from '../../usecases/check/run-daily-check.js'

export default class CheckDaily extends BaseCommand {
  static override summary = 'run the daily checklist'
  static override description =
    'Health checks, active alerts, trends, error budgets, and whether every panel of the dashboards has data: a line and a verdict each. What faci.yml does not configure, or Prometheus never measured, is no item. Made for cron: it needs no terminal, no PATH and no HOME (0 8 * * * /usr/bin/node /opt/faci/bin/run.js check daily …). Exit 3 when something is wrong, 4 when something could not be checked, 9 when all is well but a notice is still undelivered.'
  static override examples = [
    {description: 'By hand', command: '<%= config.bin %> check daily'},
    {
      description: 'By cron, every morning: posts only what is wrong, and again only when it changes',
      command: '<%= config.bin %> check daily --notify --config /srv/shop/faci.yml',
    },
    {description: 'For a CI server', command: '<%= config.bin %> check daily --output junit > daily.xml'},
  ]

  static override flags = {
    notify: Flags.boolean({description: 'post only what is wrong, and again only when it changes'}),
    channel: Flags.string({
      dependsOn: ['notify'],
      helpValue: 'CHANNEL',
      description: 'channel from `notices:` (default: the first)',
    }),
    output: Flags.option({
      default: 'text',
      description: 'output format',
      options: ['text', 'json', 'junit'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(CheckDaily)
    const app = await this.open(flags)
    const checked = await runDailyCheck(await dailyCheckDeps(app), await dailyCheckInput(app))
    await keepFigures(app)
    const json = flags.json || flags.output === 'json'
    let result = checked
    if (flags.notify) {
      const reminders = await postReminders(app, this.terminal, json)
      const deps = await notifyCheckDeps(app, this.terminal, onStderr(app, json))
      const words = wordsOf(app.config, flags.channel ?? null)
      const notified = await notifyCheck(deps, checked, {
        ...{title: `${words.notice.dailyCheck}: ${app.config.service}`, words: words.check},
        channel: flags.channel ?? null,
        ...{operator: await app.operator(), covered: reminders.covered},
      })
      result = withReminders(notified, reminders)
    }
    this.present('check', wordedCheck(result), flags.output === 'junit' ? checkJunit : checkText, json)
  }
}
