import {Args} from '@oclif/core'
import {OverrideCommand} from '../../cli/command/override-command.js'
import {DECISION_FLAGS} from '../../cli/wiring/override-wiring.js'
import {undoOverride} from '../../usecases/oncall/undo-override.js'

export default class OncallUndo extends OverrideCommand {
  static override summary = 'take back a shift that was taken or swapped'
  static override description =
    'Without an id, the last override that still counts. Overrides that are written in the rota itself stay: edit the file.'
  static override examples = [
    {description: 'The last one', command: '<%= config.bin %> oncall undo'},
    {description: 'One of them', command: '<%= config.bin %> oncall undo 01K00000000000000000000000 --yes'},
  ]

  static override args = {id: Args.string({description: 'id of the override, or a part of it', name: 'ID'})}
  static override flags = {...DECISION_FLAGS}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(OncallUndo)
    await this.decide(flags, () => Promise.resolve({id: args.id ?? null}), undoOverride)
  }
}
