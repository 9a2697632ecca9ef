import {Args, Flags} from '@oclif/core'
import {IncidentCommand} from '../../cli/command/incident-command.js'
import {mendedNote, refuseEmptyNote} from '../../cli/command/note-words.js'
import {happenedFlag, isoMoment} from '../../cli/flags/incident-flags.js'

export default class IncidentNote extends IncidentCommand {
  static override summary = 'add a line to the timeline'
  static override description =
    'For what was seen, tried or decided. Nobody is told: for that there is `incident update`.'
  static override examples = [
    {description: 'What you see', command: "<%= config.bin %> incident note 'redis is at 100 % CPU since the deploy'"},
    {
      description: 'Later, when it happened earlier',
      command: "<%= config.bin %> incident note 'cache flushed' --incident INC-7 --at '20m ago'",
    },
  ]

  static override args = {text: Args.string({description: 'what is to be written', name: 'TEXT', required: true})}
  static override flags = {
    incident: Flags.string({
      description: 'INC-7, 7, last, or an id (default: the only one that is open)',
      helpValue: 'INC',
    }),
    at: happenedFlag(),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(IncidentNote).catch((error: unknown) => {
      throw mendedNote(error, this.argv)
    })
    refuseEmptyNote(args.text)
    await this.act(flags.incident, flags, async (app) => ({
      act: 'note',
      text: args.text,
      at: await isoMoment(app, flags.at),
    }))
  }
}
