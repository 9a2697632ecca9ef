import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {optionalDurationFlag} from '../../cli/flags/flags.js'
import {monthFlag, SLO_ARGS, SLO_FLAGS, sloDeps, sloInput} from '../../cli/wiring/slo-wiring.js'
import {sloReportMarkdown} from '../../render/markdown/slo-report.js'
import {sloReportCsv} from '../../render/slo/slo-csv.js'
import {sloReportText} from '../../render/slo/slo-report.js'
import {wordedSlos} from '../../render/slo/worded-slos.js'
import {reportSlos} from '../../usecases/slo/report-slos.js'

const RENDERERS = {text: sloReportText, md: sloReportMarkdown, csv: sloReportCsv}

export default class SloReportCommand extends BaseCommand {
  static override summary = 'report objectives, attainment and remaining error budgets'
  static override description =
    'Every objective of faci.yml over its window, all at one evaluation time. A deploy gate can rest on the exit code: 3 breached; 4 no data, data that cannot be relied on, or impossible counts; 0 met, or no traffic.'
  static override examples = [
    {description: 'The last 30 days', command: '<%= config.bin %> slo report'},
    {description: 'October, as Markdown', command: '<%= config.bin %> slo report --month 2026-10 --output md'},
    {description: 'A deploy gate on one objective', command: '<%= config.bin %> slo report availability --json'},
  ]

  static override args = SLO_ARGS

  static override flags = {
    ...SLO_FLAGS,
    window: optionalDurationFlag({description: 'rolling window for all objectives, instead of their own'}),
    month: monthFlag,
    output: Flags.option({
      default: 'text',
      description: 'output format',
      options: ['text', 'json', 'md', 'csv'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SloReportCommand)
    const app = await this.open(flags)
    const {output, raw} = flags
    const input = await sloInput(app, args.name ?? [], {...flags, prefersRecorded: !raw})
    const result = wordedSlos(await reportSlos(await sloDeps(app), input))
    const render = output === 'json' ? sloReportText : RENDERERS[output]
    this.present('slo-report', result, render, flags.json || output === 'json')
  }
}
