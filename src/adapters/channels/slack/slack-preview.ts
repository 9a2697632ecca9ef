import type {Notice} from '../../../domain/notices/notice.js'
import type {Audience} from '../../../domain/notices/notice-words.js'
import type {Preview} from '../../../domain/notices/preview.js'
import {type SlackBlock, slackMessage} from './slack-message.js'

function blockText(block: SlackBlock): string {
  if ('fields' in block) return block.fields.map(({text}) => text).join('\n')
  return block.type === 'context' ? block.elements.map(({text}) => text).join('\n') : block.text.text
}

/** The text of the blocks in Slack's own markup. */
export function slackPreview(notice: Notice, audience: Audience): readonly Preview[] {
  const {blocks} = slackMessage(notice, audience)
  return [{format: 'text', text: blocks.map(blockText).join('\n\n')}]
}
