import type {App} from '../../cli/app/app-ports.js'
import {OverrideCommand} from '../../cli/command/override-command.js'
import {plannedFlag, nameFlag, optionalDurationFlag} from '../../cli/flags/flags.js'
import {DECISION_FLAGS, typedMoment} from '../../cli/wiring/override-wiring.js'
import {takeShift} from '../../usecases/oncall/take-shift.js'

export default class OncallTake extends OverrideCommand {
  static override summary = 'go on call now'
  static override description =
    'Puts you, or --person, on call instead of whoever the rota says. Shows whose shifts change, asks, writes an override to the store, and reads back who is on call then.'
  static override examples = [
    {description: 'I take this now', command: '<%= config.bin %> oncall take --for 2h'},
    {
      description: 'Bia takes the night, without a question',
      command: "<%= config.bin %> oncall take --person Bia --at '2027-01-31 22:00' --for 8h --yes",
    },
  ]

  static override flags = {
    for: {...optionalDurationFlag({description: 'for how long, 1m to 31d'}), required: true as const},
    at: plannedFlag('from this time on (default: now)'),
    person: nameFlag({
      description: 'who goes on call (default: you)',
      example: 'faci oncall take --for 2h --person Bia',
    }),
    ...DECISION_FLAGS,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(OncallTake)
    const read = async (app: App) => {
      const at = await typedMoment(app, flags.at)
      const operator = (await app.operator()).name
      return {person: flags.person ?? null, operator, at, seconds: flags.for ?? 0}
    }
    await this.decide(flags, read, takeShift)
  }
}
