import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {plannedFlag} from '../../cli/flags/flags.js'
import {oncallInterval, oncallMoment, readRota} from '../../cli/wiring/oncall-wiring.js'
import {readOldRota} from '../../cli/wiring/override-wiring.js'
import {rotaDiffText} from '../../render/oncall/override.js'
import {diffRotas} from '../../usecases/oncall/diff-rotas.js'

export default class OncallDiff extends BaseCommand {
  static override summary = 'whose shifts an edit of the rota changes'
  static override description =
    'Compares the rota in force with another version of its file (a rota, or a faci.yml): who gains and who loses which shifts. For a git hook or CI: git show HEAD:oncall.yml > /tmp/oncall.yml.'
  static override examples = [
    {description: 'Before a commit', command: '<%= config.bin %> oncall diff /tmp/oncall.yml'},
    {
      description: 'Three months, for a script',
      command: '<%= config.bin %> oncall diff /tmp/oncall.yml --weeks 13 --json',
    },
  ]

  static override args = {
    file: Args.string({description: 'another version of the rota', name: 'FILE', required: true}),
  }

  static override flags = {
    weeks: Flags.integer({default: 4, description: 'how many weeks', exclusive: ['to'], max: 260, min: 1}),
    from: plannedFlag('from this time on (default: now)'),
    to: plannedFlag('until this time'),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(OncallDiff)
    const app = await this.open(flags)
    const [asked, now] = [await oncallInterval(app, flags), await oncallMoment(app, undefined)]
    const [rota, old] = [await readRota(app), await readOldRota(app, args.file)]
    this.present('oncall-diff', diffRotas({rota, old, against: args.file, now, asked}), rotaDiffText)
  }
}
