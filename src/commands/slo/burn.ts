import {BaseCommand} from '../../cli/command/base-command.js'
import {SLO_ARGS, SLO_FLAGS, sloDeps, sloInput} from '../../cli/wiring/slo-wiring.js'
import {sloBurnText} from '../../render/slo/slo-burn.js'
import {wordedBurn} from '../../render/slo/worded-slos.js'
import {reportBurnRates} from '../../usecases/slo/report-burn.js'

export default class SloBurn extends BaseCommand {
  static override summary = 'show error budget burn rates'
  static override description =
    'Burn rates over every window, which alert tier fires or would, and when the budget will be spent at the rate of the last hour. Exit 3 while a tier burns or a budget is spent; 4, as of the report, where the figures cannot be relied on.'
  static override examples = [
    {description: 'All objectives', command: '<%= config.bin %> slo burn'},
    {description: 'One, as it was', command: '<%= config.bin %> slo burn availability --at 2026-11-20T13:00:00Z'},
  ]

  static override args = SLO_ARGS
  static override flags = SLO_FLAGS

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SloBurn)
    const app = await this.open(flags)
    // As the report: two sources of one figure would contradict each other.
    const input = await sloInput(app, args.name ?? [], {...flags, prefersRecorded: !flags.raw})
    const result = wordedBurn(await reportBurnRates(await sloDeps(app), input))
    this.present('slo-burn', result, sloBurnText)
  }
}
