import {Args, Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {postmortemDeps, postmortemInput} from '../../cli/wiring/postmortem-wiring.js'
import {postmortemText} from '../../render/postmortem/postmortem-text.js'
import {writePostmortem} from '../../usecases/postmortem/write-postmortem.js'

export default class IncidentPostmortem extends BaseCommand {
  static override summary = 'write or update the post-mortem of an incident'
  static override description =
    'Markdown in postmortems/ beside faci.yml: impact, error budgets spent, signals, timeline, what was run, and whether an alert could have told sooner. What people write in it stays: faci updates only its own marked sections, and leaves those that somebody edited. Figures are kept when the incident is resolved.'
  static override examples = [
    {description: 'Of the incident opened last', command: '<%= config.bin %> incident postmortem'},
    {
      description: 'And as a page with charts',
      command: '<%= config.bin %> incident postmortem INC-7 --html inc-7.html',
    },
    {
      description: 'For others, without names of people',
      command: '<%= config.bin %> incident postmortem INC-7 --redact --output md',
    },
  ]

  static override args = {
    incident: Args.string({description: 'INC-7, 7, last, or an id (default: last)', name: 'INC'}),
  }

  static override flags = {
    file: Flags.string({
      description: 'the Markdown file (default: postmortems/INC-7-<title>.md beside faci.yml)',
      helpValue: 'FILE',
    }),
    html: Flags.string({
      description: 'also write one HTML page, with charts and with what people wrote, for disk and paper',
      helpValue: 'FILE',
    }),
    output: Flags.option({
      description: 'md and html print the document and write no Markdown file',
      options: ['text', 'md', 'html'] as const,
      default: 'text' as const,
    })(),
    redact: Flags.boolean({
      description:
        'replace names, mail addresses and handles of people that the record knows; read it before you share it',
    }),
    refresh: Flags.boolean({description: 'measure again; the figures that were kept stay in the record'}),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentPostmortem)
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const input = postmortemInput(app, args.incident ?? 'last', flags)
    const result = await writePostmortem(await postmortemDeps(app), input)
    const {report: data, markdown, page} = result.data
    const render = {text: postmortemText, md: () => markdown, html: () => page()}[flags.output]
    this.present('postmortem', {...result, data}, render)
  }
}
