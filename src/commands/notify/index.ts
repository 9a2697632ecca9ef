import {Flags} from '@oclif/core'
import {bodyOf, titleFlag} from '../../cli/flags/notice-flags.js'
import {BaseCommand} from '../../cli/command/base-command.js'
import {audienceOf} from '../../cli/app/audience.js'
import {noticeDeps, onStderr} from '../../cli/wiring/notice-wiring.js'
import {refuseReadOnly} from '../../cli/process/read-only.js'
import {postedNoticeText} from '../../render/notices/posted-notice.js'
import {wordedPost} from '../../render/notices/worded-notices.js'
import {postNotice} from '../../usecases/notices/post-notice.js'
import {savePreview} from '../../usecases/notices/save-preview.js'

export default class Notify extends BaseCommand {
  static override summary = 'post a notice'
  static override description =
    'Goes into the outbox first, then to the channel. What cannot be delivered waits there (exit 9) for `notify flush`; what could be neither sent nor kept is exit 4. Without any channel configured the notice is shown here.'
  static override examples = [
    {
      description: 'Tell people that work begins',
      command:
        "<%= config.bin %> notify --title 'API slow' --message 'We are on it' --severity warning --state started",
    },
    {
      description: 'The message from a file',
      command: '<%= config.bin %> notify --title Report --message - < report.md',
    },
  ]

  static override flags = {
    title: titleFlag(),
    message: Flags.string({default: '', description: 'body in Markdown; - reads it from stdin', helpValue: 'MARKDOWN'}),
    severity: Flags.option({
      default: 'info',
      description: 'severity',
      options: ['critical', 'warning', 'info'] as const,
    })(),
    state: Flags.option({
      default: 'info',
      description: 'state of the incident',
      options: ['started', 'update', 'resolved', 'unresolved', 'info'] as const,
    })(),
    channel: Flags.string({description: 'channel from `notices:` (default: the first)', helpValue: 'CHANNEL'}),
    preview: Flags.boolean({description: 'show what each channel would get, and send nothing'}),
    open: Flags.string({dependsOn: ['preview'], description: 'write the HTML of a mail here', helpValue: 'FILE'}),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Notify)
    if (!flags.preview) refuseReadOnly(process.env)
    const app = await this.open(flags)
    const deps = await noticeDeps(app, this.terminal, onStderr(app, flags.json))
    const message = await bodyOf(flags.message)
    const {service, environment} = app.config
    const origin = {service, environment, operator: await app.operator()}
    const result = await postNotice(deps, {...origin, ...flags, message, channel: flags.channel ?? null})
    if (flags.open !== undefined) await savePreview(await app.exports(), result.data.previews, flags.open)
    this.present('notice', wordedPost(result), (posted, style) =>
      postedNoticeText(posted, style, audienceOf(app.config)),
    )
  }
}
