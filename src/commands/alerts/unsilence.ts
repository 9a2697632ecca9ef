import {unsilenceRecorded} from '../../cli/wiring/silence-record.js'
import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {CONSENT_FLAGS} from '../../cli/flags/change-flags.js'
import {interruptible} from '../../cli/process/interruptible.js'
import {planOnStderr, alertChangeDeps, alertChangeInput} from '../../cli/command/alert-change.js'
import {unsilencePlanText, unsilenceText} from '../../render/alerts/silences.js'
import {unsilenceAlerts} from '../../usecases/alerts/unsilence-alerts.js'

export default class AlertsUnsilence extends BaseCommand {
  static override summary = 'expire silences'
  static override examples = [
    {description: 'All silences of one alert', command: '<%= config.bin %> alerts unsilence HighMemoryUsage'},
    {
      description: 'One, without a question',
      command: '<%= config.bin %> alerts unsilence 1f3d0c2a-5b7e-4f3c-9d7a-1c2b3d4e5f60 --yes',
    },
  ]

  static override args = {
    silence: Args.string({description: "a silence's id, or the name of an alert", name: 'ID|NAME', required: true}),
  }

  static override flags = CONSENT_FLAGS

  async run(): Promise<void> {
    const {args, flags} = await this.parse(AlertsUnsilence)
    const app = await this.open(flags)
    const showPlan = planOnStderr(app, this.terminal, flags.json, unsilencePlanText)
    const deps = {...(await alertChangeDeps(app)), showPlan}
    const input = {...(await alertChangeInput(app, flags)), which: args.silence}
    const result = await interruptible(({signal}) => unsilenceAlerts(deps, {...input, signal}))
    this.present('alerts-unsilence', await unsilenceRecorded(app, result), unsilenceText)
  }
}
