import type {Fold, FoldText} from '../../domain/notices/hold.js'
import type {NoticeWords} from '../../domain/notices/notice-words.js'
import {literal} from '../../domain/text/markdown.js'

/** More is in the timeline. */
const MOST_LINES = 30

/** What a language says of it. */
export interface FoldWords extends Pick<NoticeWords, 'state' | 'time'> {
  /** The headline of notices of several incidents. */
  readonly title: (count: number) => string
  readonly quiet: (count: number) => string
  readonly limit: (count: number) => string
  readonly more: (count: number) => string
}

/** Several notices as one, in the order in which they were made, and what the last of one incident says. */
export function foldedNotices({by, notices}: Fold, words: FoldWords, timezone: string): FoldText {
  const isOne = notices.every(({thread}) => thread === notices[0]?.thread)
  const lines = notices
    .slice(0, MOST_LINES)
    .map(
      ({createdAt, state, title}) => `- ${words.time(createdAt, timezone)}: ${words.state[state]}: ${literal(title)}`,
    )
  const more = notices.length > MOST_LINES ? [`- ${words.more(notices.length - MOST_LINES)}`] : []
  const head = `**${words[by](notices.length)}**`
  const last = isOne ? ['', notices.at(-1)?.body ?? ''] : []
  return {
    title: isOne ? null : words.title(notices.length),
    body: [head, '', ...lines, ...more, ...last].join('\n').trim(),
  }
}
