import {Flags} from '@oclif/core'
import {BaseCommand} from '../../cli/command/base-command.js'
import {noticeDeps, onStderr} from '../../cli/wiring/notice-wiring.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {flushText} from '../../render/notices/notice-delivery.js'
import {wordedFlush} from '../../render/notices/worded-notices.js'
import {flushOutbox} from '../../usecases/notices/flush-outbox.js'

export default class Flush extends BaseCommand {
  static override summary = 'deliver pending notices from the outbox'
  static override description =
    'Tries every undelivered notice that is due, oldest first, rejected ones too. A thread is told in order. Where a post was not answered, the channel is searched for it first; where it cannot be, the notice is posted once more, marked as what may be a repeat, and then waits. What cannot be read is set aside in outbox/corrupt. Exit 9 while something still waits or cannot be read.'
  static override examples = [
    {
      description: 'From cron, every five minutes',
      command: '<%= config.bin %> notify flush --config /srv/shop/faci.yml',
    },
    {description: 'By hand, once Slack is back', command: '<%= config.bin %> notify flush --now'},
  ]

  static override flags = {
    now: Flags.boolean({description: 'also retry notices that are not due yet or were given up after 100 attempts'}),
    resend: Flags.string({description: 'post this notice again even if it may have arrived', helpValue: 'ID'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Flush)
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const deps = await noticeDeps(app, this.terminal, onStderr(app, flags.json))
    const input = {now: flags.now, resend: flags.resend ?? null}
    this.present('outbox', wordedFlush(await flushOutbox(deps, input)), flushText)
  }
}
