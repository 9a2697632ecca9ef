import {Args, Flags} from '@oclif/core'
import {planOnStderr} from '../../cli/command/alert-change.js'
import {onStderr} from '../../cli/wiring/notice-wiring.js'
import {RunCommand} from '../../cli/command/run-command.js'
import {RESUME_FLAGS} from '../../cli/flags/runbook-flags.js'
import {keeperOf} from '../../cli/wiring/run-wiring.js'
import {resumeInput, resumePlanDeps, runDeps} from '../../cli/wiring/runbook-wiring.js'
import {shownDocument} from '../../domain/text/shown-document.js'
import {runbookDiff} from '../../render/runbook/runbook-diff.js'
import {foundRunText} from '../../render/runbook/found-run.js'
import {type FoundRun, planResume, resumeRun} from '../../usecases/runbook/resume-run.js'

export default class RunbookResume extends RunCommand {
  static override summary = 'resume a run that was interrupted, refused or killed'
  static override description =
    'Checks first whether the incident is over. Blocks that have a result are not repeated; it asks about a block that was started but has none. Inputs, captures and the working directory are those of the run. A runbook that has changed since is shown as a diff and needs consent.'
  static override examples = [
    {description: 'The newest run that can be resumed', command: '<%= config.bin %> runbook resume'},
    {description: 'What is left to do', command: '<%= config.bin %> runbook resume --dry-run'},
    {
      description: 'One run, without questions',
      command: '<%= config.bin %> runbook resume 01M83QYZHFCBT8P10N9AFS3X51 --yes',
    },
  ]

  static override args = {
    run: Args.string({description: 'run id (default: the newest that can be resumed)', name: 'RUN'}),
  }
  static override flags = {
    'dry-run': Flags.boolean({description: 'show what is left to do and change nothing'}),
    ...RESUME_FLAGS,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RunbookResume)
    const app = await this.open(flags)
    const showChange = planOnStderr(app, this.terminal, flags.json, runbookDiff)
    const say = onStderr(app, flags.json)
    const showFound = (run: FoundRun): void => {
      say(foundRunText(shownDocument(run, app.masker.mask), new Date()).trimEnd())
    }
    const shown = {showChange, showFound, keeper: keeperOf(app)}
    const input = await resumeInput(app, args.run ?? null, flags)
    if (flags['dry-run']) {
      const deps = await resumePlanDeps(app)
      this.showPlan(flags, await planResume({...deps, ...shown}, input))
      return
    }
    const deps = await runDeps(app, this.terminal)
    await this.carryOut(flags, app.config, (own) => resumeRun({...deps, ...shown}, {...input, ...own}))
  }
}
