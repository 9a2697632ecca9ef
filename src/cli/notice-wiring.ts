import {shownDocument} from '../domain/text/shown-document.js'
import {noticeText} from '../render/text/notice.js'
import type {PostNoticeDeps} from '../usecases/notices/post-notice.js'
import type {Container} from './container-ports.js'
import {toScreen} from './screen.js'
import type {Terminal} from './terminal.js'

/** Where a notice is shown on stderr at once; under `--json` the answer holds it. */
export function onStderr({masker}: Container, json: boolean): (text: string) => void {
  return (text) => {
    if (!json) toScreen('stderr', `${text}\n`, masker.mask)
  }
}

/** The ports for sending notices; where no chat is set up `show` shows them, unless nobody is there to see. */
export async function noticeDeps(
  container: Container,
  terminal: Terminal,
  show: (text: string) => void,
  unattended = false,
): Promise<PostNoticeDeps> {
  const {config, masker} = container
  const [outbox, clock, ids, notifiers] = await Promise.all([
    container.outbox(),
    container.clock(),
    container.ids(),
    container.notifiers((notice) => {
      show(noticeText(shownDocument(notice, masker.mask), config, terminal.stderrStyle))
    }, unattended),
  ])
  return {outbox, clock, ids, notifiers, masker}
}
