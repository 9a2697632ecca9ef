import {Flags} from '@oclif/core'
import {wordsOf} from '../../cli/app/audience.js'
import {BaseCommand} from '../../cli/command/base-command.js'
import {noticeDeps, onStderr} from '../../cli/wiring/notice-wiring.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {channelTestText} from '../../render/notices/notice-delivery.js'
import {wordedTest} from '../../render/notices/worded-notices.js'
import {testChannel} from '../../usecases/notices/test-channel.js'

export default class NotifyTest extends BaseCommand {
  static override summary = 'post a test notice'
  static override description =
    'Asks the service whether it knows the token, then posts a real notice that says that it is a test. Nothing is kept for later; an alert that this opens in PagerDuty is resolved right after. Exit 3 when it is refused or no token is set, 4 when the service cannot be reached.'
  static override examples = [
    {description: 'After setting up Slack', command: '<%= config.bin %> notify test --channel slack'},
  ]

  static override flags = {
    channel: Flags.string({helpValue: 'CHANNEL', description: 'channel from `notices:` (default: the first)'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(NotifyTest)
    refuseReadOnly(process.env)
    const app = await this.open(flags)
    const deps = await noticeDeps(app, this.terminal, onStderr(app, flags.json))
    const {service, environment} = app.config
    const {title, body: message} = wordsOf(app.config, flags.channel ?? null).notice.test
    const origin = {service, environment, operator: await app.operator()}
    const input = {...origin, title, message, channel: flags.channel ?? null}
    this.present('notice-test', wordedTest(await testChannel(deps, input)), channelTestText)
  }
}
