import {Args, Flags} from '@oclif/core'
import {BaseCommand, PATIENT_SECONDS} from '../cli/command/base-command.js'
import {LOG_FILTER_FLAGS, typedLogQuery} from '../cli/flags/log-flags.js'
import {exportDeps, LOG_OUTPUTS, logDeps, logFormat, streamLogs} from '../cli/wiring/log-wiring.js'
import {logSummaryText} from '../render/logs/log-summary.js'
import {PLAIN} from '../render/text/style.js'
import {collectLogs} from '../usecases/logs/collect-logs.js'
import {exportLogs} from '../usecases/logs/export-logs.js'
import {summariseLogs} from '../usecases/logs/summarise-logs.js'

const SHOWN = (): string => ''

export default class Logs extends BaseCommand {
  static override summary = 'search the structured logs of the service'
  static override description =
    'Reads container logs (through the Docker API, or from their files where those can be read), understands JSON lines (level, request, status, duration) and plain ones with their stack traces, merges several containers by time, and shows only what matches every flag.'
  static override examples = [
    {description: 'The last errors of the API', command: '<%= config.bin %> logs api --errors --tail 20'},
    {description: 'Requests of a second or more', command: '<%= config.bin %> logs api --slow 1s --since 15m'},
    {description: 'What happened to one request, everywhere', command: '<%= config.bin %> logs --request-id req-1'},
    {description: 'Follow failed requests', command: '<%= config.bin %> logs api --status 5xx --follow'},
    {description: 'Counts and percentiles of an hour', command: '<%= config.bin %> logs api --since 1h --summary'},
    {description: 'Keep the last 1000', command: '<%= config.bin %> logs api --tail 1000 --export api_logs.txt'},
  ]

  static override args = {service: Args.string({description: 'service names (default: all)', multiple: true})}
  static override flags = {
    ...LOG_FILTER_FLAGS,
    follow: Flags.boolean({description: 'follow new entries', exclusive: ['json', 'summary', 'export', 'until']}),
    summary: Flags.boolean({
      description: 'counts by level, endpoint and status, and percentiles',
      exclusive: ['export'],
    }),
    export: Flags.string({description: 'write to a file, raw unless --output is given', helpValue: 'FILE'}),
    output: Flags.option({description: 'output format of an entry (default: pretty)', options: LOG_OUTPUTS})(),
  }

  protected override readonly engineSeconds = PATIENT_SECONDS

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Logs)
    const app = await this.open(flags)
    const query = await typedLogQuery(app, args.service ?? [], flags)
    if (flags.summary) {
      this.present('log-summary', await summariseLogs(await logDeps(app), query), logSummaryText)
    } else if (flags.export !== undefined) {
      const input = {query, file: flags.export, format: logFormat(flags.output ?? 'raw', PLAIN)}
      this.present('log-export', await exportLogs(await exportDeps(app), input), SHOWN)
    } else if (flags.json) {
      this.present('logs', await collectLogs(await logDeps(app), query), SHOWN)
    } else {
      const how = {output: flags.output ?? 'pretty', follow: flags.follow, terminal: this.terminal}
      this.conclude(await streamLogs(app, query, how))
    }
  }
}
