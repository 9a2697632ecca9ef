import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {limitFlag, refuseLimit, SHOWN_RUNS} from '../cli/flags/run-flags.js'
import {listRunsDeps, readRecorded} from '../cli/wiring/run-wiring.js'
import {changeRecordText} from '../render/journal/change-record.js'
import {allRunsText} from '../render/runbook/run-list.js'
import {runRecordText} from '../render/runbook/run-record.js'
import {listRuns} from '../usecases/runbook/list-runs.js'

export default class Runs extends BaseCommand {
  static override summary = 'list what faci did (runbooks and direct changes), or show one run'
  static override description =
    'Runs of runbooks and direct changes such as faci restart, newest first. With a run id, a unique part of one, or `last`: that run with its timeline and evidence. The exit code says whether the run could be shown, not how it ended.'
  static override examples = [
    {description: 'The newest', command: '<%= config.bin %> runs --limit 5'},
    {description: 'The last one', command: '<%= config.bin %> runs last'},
    {
      description: 'A log that was kept before its container was removed',
      command: '<%= config.bin %> runs last --evidence shop-api-1.log',
    },
  ]

  static override args = {run: Args.string({description: 'run id, a unique part of it, or last', name: 'RUN'})}
  static override flags = {
    limit: limitFlag(),
    evidence: Flags.string({
      description: 'print this evidence file',
      helpValue: 'NAME',
      exclusive: ['json', 'limit'],
    }),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Runs)
    refuseLimit(args.run, flags.limit)
    const app = await this.open(flags)
    const deps = await listRunsDeps(app)
    if (args.run === undefined && flags.evidence === undefined) {
      const input = {limit: flags.limit ?? SHOWN_RUNS, runbook: null, all: true}
      this.present('runbook-runs', await listRuns(deps, input), allRunsText)
      return
    }
    const recorded = await readRecorded(app, args.run ?? 'last', flags.evidence ?? null)
    if (recorded.kind === 'evidence') this.writeForeign(recorded.text)
    else if (recorded.kind === 'change') this.present('change-record', recorded.result, changeRecordText)
    else this.present('runbook-run', recorded.result, runRecordText)
  }
}
