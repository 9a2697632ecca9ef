import {noticeText} from '../render/text/notice.js'
import type {PostNoticeDeps} from '../usecases/notices/post-notice.js'
import type {Container} from './container.js'
import type {Terminal} from './terminal.js'

/** The ports for sending notices; where no chat is configured they are shown on stderr, unless the answer is JSON that holds them. */
export async function noticeDeps(container: Container, terminal: Terminal, json: boolean): Promise<PostNoticeDeps> {
  const {config, masker} = container
  const [outbox, clock, ids, notifiers] = await Promise.all([
    container.outbox(),
    container.clock(),
    container.ids(),
    container.notifiers((notice) => {
      if (!json) process.stderr.write(`${masker.mask(noticeText(notice, config, terminal.stderrStyle))}\n`)
    }),
  ])
  return {outbox, clock, ids, notifiers, masker}
}
