import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {typedAgain} from '../../cli/command/typed-again.js'
import {nameFlag} from '../../cli/flags/flags.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {handoverDeps} from '../../cli/wiring/handover-wiring.js'
import {incomingPerson, takingOver} from '../../cli/wiring/oncall-wiring.js'
import {incidentPlace} from '../../cli/wiring/incident-wiring.js'
import {handoverIn, handoverText} from '../../render/incidents/handover.js'
import {wordedHandover} from '../../render/incidents/worded-incident.js'
import {wordsFor} from '../../render/words/words.js'
import {handOver} from '../../usecases/incidents/hand-over.js'
import {withWarnings} from '../../usecases/incidents/report-incident.js'

export default class IncidentHandover extends BaseCommand {
  static override summary = 'what whoever comes needs to know'
  static override description =
    'Open incidents with their next update, running silences, undelivered notices, what is left of the error budgets, open action items. With --to that person becomes the owner of what is open; --send without --to means whoever is on call next.'
  static override examples = [
    {description: 'To read', command: '<%= config.bin %> incident handover'},
    {description: 'To hand over, and post it', command: '<%= config.bin %> incident handover --to bia --send'},
  ]

  static override flags = {
    to: nameFlag({description: 'who takes over', example: 'faci incident handover --to bia'}),
    send: Flags.boolean({description: 'post it as a notice'}),
    output: Flags.option({
      description: 'form of the answer',
      options: ['text', 'md'] as const,
      default: 'text' as const,
    })(),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(IncidentHandover)
    if (flags.send || flags.to !== undefined) refuseReadOnly(process.env)
    const app = await this.open(flags)
    const {to, warnings} =
      flags.to === undefined
        ? {to: flags.send ? await incomingPerson(app) : null, warnings: []}
        : await takingOver(app, flags.to)
    const input = {
      ...(await incidentPlace(app)),
      to,
      send: flags.send,
      again: typedAgain(this, IncidentHandover, app, 'all'),
    }
    const done = await handOver(await handoverDeps(app, this.terminal, flags), input)
    const result = withWarnings(wordedHandover(done), warnings)
    const {locale, timezone} = app.config
    this.present(
      'incident-handover',
      result,
      flags.output === 'md' ? handoverIn(wordsFor(locale), timezone) : handoverText,
    )
  }
}
