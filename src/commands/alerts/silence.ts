import {silenceRecorded} from '../../cli/wiring/silence-record.js'
import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {CONSENT_FLAGS} from '../../cli/flags/change-flags.js'
import {optionalDurationFlag} from '../../cli/flags/flags.js'
import {interruptible} from '../../cli/process/interruptible.js'
import {planOnStderr, alertChangeDeps, alertChangeInput} from '../../cli/command/alert-change.js'
import {silencePlanText, silenceText} from '../../render/alerts/silences.js'
import {silenceAlerts} from '../../usecases/alerts/silence-alerts.js'

export default class AlertsSilence extends BaseCommand {
  static override summary = 'silence alerts'
  static override description =
    'Shows which active alerts it matches, asks, and creates it in Alertmanager. A silence lasts at most 7 days and needs a reason. Inside a runbook the silence is leased to the run: it is renewed while the run lives, ends with it, and within five minutes if the run dies.'
  static override examples = [
    {
      description: 'During a deploy',
      command: "<%= config.bin %> alerts silence HighMemoryUsage --for 2h --comment 'deploy of 2.4'",
    },
    {
      description: 'One replica only, without a question',
      command:
        "<%= config.bin %> alerts silence APIReplicaDown --matcher 'instance=~\"10.0.0.7:.*\"' --for 30m --comment 'moved' --yes",
    },
  ]

  static override args = {
    name: Args.string({description: 'alert name; without it, only --matcher selects', name: 'NAME'}),
  }
  static override flags = {
    for: {...optionalDurationFlag({description: 'duration, at most 7d'}), required: true as const},
    comment: Flags.string({
      description: 'reason, shown to everybody who sees the silence',
      helpValue: 'TEXT',
      required: true,
    }),
    matcher: Flags.string({
      description: 'additional label matcher, repeatable',
      helpValue: 'LABEL="VALUE"',
      multiple: true,
    }),
    ...CONSENT_FLAGS,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(AlertsSilence)
    const app = await this.open(flags)
    const showPlan = planOnStderr(app, this.terminal, flags.json, silencePlanText)
    const deps = {...(await alertChangeDeps(app)), showPlan}
    const {name: author} = await app.operator()
    const {for: durationSeconds = 0, comment, matcher: matchers = []} = flags
    const wish = {name: args.name ?? null, matchers, durationSeconds, comment, author}
    const input = {...(await alertChangeInput(app, flags)), ...wish}
    const result = await interruptible(({signal}) => silenceAlerts(deps, {...input, signal}))
    this.present('alerts-silence', await silenceRecorded(app, result), silenceText)
  }
}
