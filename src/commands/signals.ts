import {Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {durationFlag, momentFlag} from '../cli/flags/flags.js'
import {requirePort} from '../cli/app/require-port.js'
import {signalsInput} from '../cli/wiring/signals-wiring.js'
import {signalsText} from '../render/signals/signals-report.js'
import {surveySignals} from '../usecases/signals/survey-signals.js'

export default class Signals extends BaseCommand {
  static override summary = 'show the golden or business signals against their targets'
  static override description =
    'Latency, traffic, errors and saturation, each with its value, its target, and what it was an hour, a day and a week ago. Absent data is "no data", never 0; without requests there is "no traffic".'
  static override examples = [
    {description: 'The four golden signals', command: '<%= config.bin %> signals'},
    {
      description: 'Recommendations, conversion, quality and cache, over an hour',
      command: '<%= config.bin %> signals --business --window 1h',
    },
    {description: 'The PromQL of each signal', command: '<%= config.bin %> signals --explain'},
  ]

  static override flags = {
    business: Flags.boolean({description: 'show the business signals: recommendations, conversion, quality, cache'}),
    window: durationFlag({default: '5m', description: 'look-back window for rates'}),
    at: momentFlag('evaluate at this time: 2h ago, or a timestamp (default: 30 s ago, when all samples are in)'),
    explain: Flags.boolean({description: 'show the query of each signal'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Signals)
    const app = await this.open(flags)
    const metrics = requirePort(await app.metrics(), 'prometheus')
    const result = await surveySignals({metrics}, await signalsInput(app, flags))
    this.present('signals', result, (one, style) => signalsText(one, style, flags.explain))
  }
}
