import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../cli/command/base-command.js'
import {optionalDurationFlag} from '../cli/flags/flags.js'
import {withWrittenLabels} from '../domain/signals/query-report.js'
import {requirePort} from '../cli/app/require-port.js'
import {queryCsv, queryText} from '../render/signals/query.js'
import {runQuery} from '../usecases/signals/run-query.js'

const TIMEOUT_SECONDS = 30

export default class Query extends BaseCommand {
  static override summary = 'run a PromQL query'
  static override description = 'An instant query, or a range with `--range`. Exit 4 when nothing is found.'
  static override examples = [
    {description: 'What is up', command: `<%= config.bin %> query 'up'`},
    {
      description: 'The last hour as a sparkline',
      command: `<%= config.bin %> query 'sum(rate(http_requests_total[5m]))' --range 1h --plot`,
    },
  ]

  static override args = {expr: Args.string({description: 'PromQL expression', required: true})}

  static override flags = {
    range: optionalDurationFlag({description: 'query a range of this length that ends now'}),
    step: optionalDurationFlag({description: 'resolution of the range (default: chosen to fit)'}),
    plot: Flags.boolean({dependsOn: ['range'], description: 'draw a sparkline for each series'}),
    output: Flags.option({
      default: 'table',
      description: 'output format',
      options: ['table', 'json', 'csv'] as const,
    })(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Query)
    const app = await this.open(flags)
    const metrics = requirePort(await app.metrics(TIMEOUT_SECONDS), 'prometheus')
    const result = await runQuery(
      {metrics, clock: await app.clock()},
      {expression: args.expr, rangeSeconds: flags.range ?? null, stepSeconds: flags.step ?? null},
    )
    const json = flags.json || flags.output === 'json'
    this.present(
      'query',
      json ? result : {...result, data: withWrittenLabels(result.data, app.masker.mask)},
      (one, style) => (flags.output === 'csv' ? queryCsv(one) : queryText(one, style, flags.plot)),
      json,
    )
  }
}
