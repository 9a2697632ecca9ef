import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {chosenObjectives, SLO_ARGS} from '../../cli/wiring/slo-wiring.js'
import {ruleNoteText} from '../../render/words/en/slo.js'
import {ruleFileYaml, ruleTestYaml} from '../../render/yaml/rule-file.js'
import {writeSloRules} from '../../usecases/slo/write-slo-rules.js'

export default class SloRulesCommand extends BaseCommand {
  static override summary = 'generate recording rules, burn-rate alerts and promtool tests for the objectives'
  static override description =
    'Multi-window multi-burn-rate alerts (SRE workbook, chapter 5), alerts for a spent budget and for series that are gone, and the recording rules they rest on; with them loaded, `slo report` takes one request. The tests play an outage, a slow burn, healthy traffic, a short spike, a recovery, idleness, missing error series, absence and a restart.'
  static override examples = [
    {description: 'The rule file, on stdout', command: '<%= config.bin %> slo rules'},
    {
      description: 'Rules and tests into a folder, then tested',
      command:
        '<%= config.bin %> slo rules --directory prometheus && promtool test rules prometheus/slo.rules.test.yml',
    },
  ]

  static override args = SLO_ARGS

  static override flags = {
    tests: Flags.boolean({description: 'print the promtool tests instead', exclusive: ['directory']}),
    directory: Flags.string({
      description: 'write slo.rules.yml and slo.rules.test.yml to this folder, which is made where it is missing',
      helpValue: 'DIR',
    }),
    'fewest-bad-events': Flags.integer({
      default: 2,
      helpValue: 'COUNT',
      description: 'fewest bad events in the long window of an alert; with 2, a single error does not page',
      min: 1,
    }),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(SloRulesCommand)
    const app = await this.open(flags)
    const {patterns} = app
    const texts = {rulesText: ruleFileYaml, testsText: ruleTestYaml, noteText: ruleNoteText}
    const deps = {exports: await app.exports(), patterns, ...texts}
    const result = await writeSloRules(deps, {
      objectives: chosenObjectives(app, args.name ?? []),
      job: app.config.prometheus?.job ?? null,
      fewestBadEvents: flags['fewest-bad-events'],
      directory: flags.directory ?? null,
    })
    const {tests, directory} = flags
    this.present('slo-rules', result, ({data}) => {
      if (directory !== undefined) return data.files.join('\n')
      return (tests ? data.tests : data.rules).trimEnd()
    })
  }
}
