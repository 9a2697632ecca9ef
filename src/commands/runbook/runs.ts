import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {listInput, refuseListFlags, RUNS_FLAGS} from '../../cli/flags/run-flags.js'
import {listRunsDeps, readRecordedRun} from '../../cli/wiring/run-wiring.js'
import {transcriptIn} from '../../render/markdown/transcript.js'
import {runListText} from '../../render/runbook/run-list.js'
import {runRecordText} from '../../render/runbook/run-record.js'
import {wordsFor} from '../../render/words/words.js'
import {listRuns} from '../../usecases/runbook/list-runs.js'

export default class RunbookRuns extends BaseCommand {
  static override summary = 'list runbook runs, or show one'
  static override description =
    'The journaled runs of runbooks, newest first. With a run id, a unique part of one, or `last`: that run with its timeline, also while it is running. The exit code says whether the run could be shown, not how it ended.'
  static override examples = [
    {description: 'The newest runs', command: '<%= config.bin %> runbook runs --limit 5'},
    {description: 'Those of one runbook', command: '<%= config.bin %> runbook runs --runbook api-down'},
    {description: 'The last one, for the ticket', command: '<%= config.bin %> runbook runs last --output md'},
  ]

  static override args = {run: Args.string({description: 'run id, a unique part of it, or last', name: 'RUN'})}
  static override flags = RUNS_FLAGS

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RunbookRuns)
    const app = await this.open(flags)
    const json = flags.json || flags.output === 'json'
    if (args.run === undefined) {
      const result = await listRuns(await listRunsDeps(app), listInput(flags))
      this.present('runbook-runs', result, runListText, json)
      return
    }
    refuseListFlags(args.run, flags)
    if (flags.output === 'md' && !json) {
      const words = wordsFor(app.config.locale)
      this.present('runbook-run', await readRecordedRun(app, args.run, words.events), transcriptIn(words))
      return
    }
    this.present('runbook-run', await readRecordedRun(app, args.run), runRecordText, json)
  }
}
