import {shownDocument} from '../../domain/text/shown-document.js'
import type {PostNoticeDeps} from '../../usecases/notices/post-notice.js'
import type {Fallback} from '../../usecases/notices/fall-back.js'
import type {Holding} from '../../usecases/notices/hold-back.js'
import {audienceFor, audienceOf} from '../app/audience.js'
import type {App} from '../app/app-ports.js'
import {toScreen} from '../process/screen.js'
import type {Terminal} from '../process/terminal.js'

/** Where a notice is shown on stderr at once; under `--json` the answer holds it. */
export function onStderr({masker}: App, json: boolean): (text: string) => void {
  return (text) => {
    if (!json) toScreen('stderr', `${text}\n`, masker.mask)
  }
}

/** In the language of those who read the fallback channel. */
function fallbackOf(config: App['config']): Fallback | null {
  const {fallback} = config.notices
  if (fallback === null) return null
  const own = config.channels.find(({name}) => name === fallback.channel)
  const {words, timezone} = own === undefined ? audienceOf(config) : audienceFor(config, own)
  return {...fallback, mark: (channel, cause) => words.fallback(channel, cause, timezone)}
}

function holdingOf(config: App['config']): Holding | null {
  const {hold} = config.notices
  if (hold.quiet === null && hold.limit === null) return null
  return {
    ...hold,
    written: (channel, fold) => {
      const own = config.channels.find(({name}) => name === channel)
      const {words, timezone} = own === undefined ? audienceOf(config) : audienceFor(config, own)
      return words.folded(fold, timezone)
    },
  }
}

/** The ports for sending notices; where no chat is set up `show` shows them, unless nobody is there to see. */
export async function noticeDeps(
  app: App,
  terminal: Terminal,
  show: (text: string) => void,
  unattended = false,
): Promise<PostNoticeDeps> {
  const {config, masker} = app
  const [outbox, clock, ids, notifiers] = await Promise.all([
    app.outbox(),
    app.clock(),
    app.ids(),
    app.notifiers(async (notice) => {
      // With it comes the parser of Markdown, which only a notice that is shown here needs.
      const {noticeText} = await import('../../render/notices/notice.js')
      show(noticeText(shownDocument(notice, masker.mask), audienceOf(config), terminal.stderrStyle))
    }, unattended),
  ])
  const ways = {fallback: fallbackOf(config), holding: holdingOf(config)}
  return {outbox, clock, ids, notifiers, masker, ...ways, setups: app.channelSetups, previews: app.previews}
}
