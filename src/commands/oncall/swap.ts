import {Args} from '@oclif/core'
import type {App} from '../../cli/app/app-ports.js'
import {OverrideCommand} from '../../cli/command/override-command.js'
import {plannedFlag} from '../../cli/flags/flags.js'
import {DECISION_FLAGS, typedMoment} from '../../cli/wiring/override-wiring.js'
import {swapShifts} from '../../usecases/oncall/swap-shifts.js'

export default class OncallSwap extends OverrideCommand {
  static override summary = 'swap shifts of two people'
  static override description =
    'The current or next shift of the first person becomes that of the second, and the other way round. With --to, everything that the two have between --from and --to. Shows whose shifts change, asks, and reads back the rota afterwards.'
  static override examples = [
    {description: 'The next shift of each', command: '<%= config.bin %> oncall swap Ana Bia'},
    {
      description: 'All of a fortnight',
      command: '<%= config.bin %> oncall swap Ana Bia --from 2027-01-04 --to 2027-01-18',
    },
  ]

  static override args = {
    one: Args.string({description: 'a person of the rota', name: 'ONE', required: true}),
    other: Args.string({description: 'the person to swap with', name: 'OTHER', required: true}),
  }

  static override flags = {
    from: plannedFlag('from this time on (default: now)'),
    to: plannedFlag('until this time; without it, one shift of each'),
    ...DECISION_FLAGS,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(OncallSwap)
    const people = [args.one, args.other] as const
    const read = async (app: App) => {
      const [from, to] = [await typedMoment(app, flags.from), await typedMoment(app, flags.to)]
      return {people, from, to}
    }
    await this.decide(flags, read, swapShifts)
  }
}
