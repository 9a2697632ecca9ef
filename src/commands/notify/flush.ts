import {BaseCommand} from '../../cli/base-command.js'
import {noticeDeps, onStderr} from '../../cli/notice-wiring.js'
import {refuseReadOnly} from '../../cli/read-only.js'
import {flushText} from '../../render/text/notice-delivery.js'
import {flushOutbox} from '../../usecases/notices/flush-outbox.js'

export default class Flush extends BaseCommand {
  static override summary = 'deliver the notices that wait in the outbox'
  static override description =
    'Tries every undelivered notice once, oldest first, rejected ones too. Two at once do not post anything twice. Exit 9 while something still waits.'
  static override examples = [
    {
      description: 'From cron, every five minutes',
      command: '<%= config.bin %> notify flush --config /srv/shop/faci.yml',
    },
  ]

  async run(): Promise<void> {
    const {flags} = await this.parse(Flush)
    refuseReadOnly(process.env)
    const container = await this.open(flags)
    this.present(
      'outbox',
      await flushOutbox(await noticeDeps(container, this.terminal, onStderr(container, flags.json))),
      flushText,
    )
  }
}
