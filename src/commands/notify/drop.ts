import {Args} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {droppedText} from '../../render/notices/notice-delivery.js'
import {dropNotice} from '../../usecases/notices/drop-notice.js'

export default class Drop extends BaseCommand {
  static override summary = 'remove an undeliverable notice from the outbox'
  static override description =
    'Takes a notice out of the outbox, or a file in it that cannot be read, and keeps it as a record under outbox/dropped. `notify flush` shows the ids of what waits.'
  static override examples = [
    {
      description: 'A notice that is out of date',
      command: '<%= config.bin %> notify drop 01JDF3K8Q2M4Z5X6Y7W8V9T0RS --json',
    },
  ]

  static override args = {id: Args.string({description: 'notice id, as shown by `notify flush`', required: true})}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Drop)
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const [outbox, clock] = await Promise.all([app.outbox(), app.clock()])
    this.present('notice-drop', await dropNotice({outbox, clock}, args.id), droppedText)
  }
}
