import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {lintDeps, lintInput} from '../../cli/wiring/lint-wiring.js'
import {lintAnnotations} from '../../render/github/annotations.js'
import {inWords} from '../../render/findings/worded-findings.js'
import {lintText} from '../../render/runbook/lint.js'
import {runbookFaultText} from '../../render/words/en/lint/runbook.js'
import {lintRunbooks} from '../../usecases/runbook/lint-runbooks.js'

export default class RunbookLint extends BaseCommand {
  static override summary = 'check runbooks'
  static override description =
    'The format, names, PromQL, scripts (`bash -n`), destructive commands without consent, secrets written out, channels, windows, and every alert with its runbook. With --live also services, metrics, URLs, tools, and whether each was seen to work within its reviewEvery. Runs no block. Errors are exit 6, warnings alone 0; what --live cannot reach is exit 4.'
  static override examples = [
    {description: 'All runbooks', command: '<%= config.bin %> runbook lint'},
    {description: 'One, against the running system', command: '<%= config.bin %> runbook lint api-down --live'},
    {description: 'In a GitHub workflow', command: '<%= config.bin %> runbook lint --output github'},
  ]

  static override args = {name: Args.string({description: 'runbook names (default: all)', multiple: true})}
  static override flags = {
    live: Flags.boolean({description: 'also check them against the running system'}),
    output: Flags.option({
      description: 'output format of the findings',
      options: ['text', 'json', 'github'] as const,
      default: 'text',
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(RunbookLint)
    const app = await this.open(flags)
    const found = await lintRunbooks(await lintDeps(app, flags), lintInput(app, args.name ?? []))
    const result = inWords(found, runbookFaultText)
    const render = flags.output === 'github' ? lintAnnotations : lintText
    this.present('runbook-lint', result, render, flags.json || flags.output === 'json')
  }
}
