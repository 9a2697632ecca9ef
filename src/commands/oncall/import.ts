import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {IMPORT_WORDS, readRotaExport} from '../../cli/wiring/import-wiring.js'
import {TOOLS} from '../../domain/oncall/import/source-rota.js'
import {importedRotaText} from '../../render/yaml/imported-rota.js'
import {importRota} from '../../usecases/oncall/import-rota.js'

export default class OncallImport extends BaseCommand {
  static override summary = 'write the rota of a PagerDuty, Opsgenie or Grafana OnCall export'
  static override description =
    'Prints an oncall.yml of what the API of the other tool answers with, from now on. What a rota of faci cannot say is told on stderr and stands as a comment where it belongs. Exit 3: something was not carried over. PagerDuty: GET /schedules/ID?include[]=users, its /overrides, and /escalation_policies. Opsgenie: GET /v2/schedules?expand=rotation, and /v2/schedules/ID/overrides. Grafana OnCall: GET /api/v1/schedules, /api/v1/on_call_shifts and /api/v1/users. Several answers become one file by jq -s . FILE FILE > export.json. Needs no faci.yml.'
  static override examples = [
    {
      description: 'The only schedule of an export',
      command: '<%= config.bin %> oncall import export.json > oncall.yml',
    },
    {
      description: 'One of several, for a script',
      command: '<%= config.bin %> oncall import export.json --schedule Platform --json',
    },
  ]

  static override args = {
    file: Args.string({description: 'what the API of the other tool answered, as JSON', name: 'FILE', required: true}),
  }

  static override flags = {
    from: Flags.option({description: 'whose export it is (default: found out)', options: TOOLS})(),
    schedule: Flags.string({description: 'name or id of the schedule, where there are several', helpValue: 'NAME'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(OncallImport)
    const now = Date.now()
    const {from: tool = null, schedule = null} = flags
    const source = await readRotaExport({file: args.file, tool, schedule, now})
    const result = importRota(IMPORT_WORDS, {source, now})
    if (flags.json) {
      this.present('oncall-import', result, importedRotaText)
      return
    }
    if (result.data.rota !== null) this.writeForeign(importedRotaText(result))
    this.conclude(result)
  }
}
