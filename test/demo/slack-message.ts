import type {ChalkInstance} from 'chalk'
import type {SlackPost} from '../support/servers/slack-conversations.js'

interface TextObject {
  readonly text: string
}

interface Block {
  readonly type: string
  readonly text?: TextObject
  readonly fields?: readonly TextObject[]
  readonly elements?: readonly TextObject[]
}

function lines(block: Block, chalk: ChalkInstance): readonly string[] {
  switch (block.type) {
    case 'header':
      return [chalk.bold(block.text?.text ?? '')]
    case 'divider':
      return ['─'.repeat(40)]
    case 'context':
      return [chalk.dim((block.elements ?? []).map(({text}) => text).join('  '))]
    default:
      return [
        ...(block.text?.text.split('\n') ?? []),
        ...(block.fields ?? []).map(({text}) => text.replaceAll('\n', ' ')),
      ]
  }
}

/** A message of the loopback Slack server, about as Slack draws its blocks. */
export function drawSlackMessage(post: SlackPost, chalk: ChalkInstance): string {
  const place = post.threadTs === null ? `#${post.channel.replace('#', '')}` : '  ↳ in its thread'
  const edited = post.edits > 0 ? ' (edited)' : ''
  const body = (post.blocks as readonly Block[]).flatMap((block) => lines(block, chalk))
  const indent = post.threadTs === null ? '   ' : '      '
  return [`${indent}${chalk.dim(`${place}${edited}`)}`, ...body.map((line) => `${indent}┃ ${line}`)].join('\n')
}
