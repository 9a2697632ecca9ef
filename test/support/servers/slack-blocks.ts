/**
 * The rules of Block Kit for the blocks that faci uses, as Slack enforces them (docs.slack.dev/reference/block-kit/blocks): null when
 * the blocks are valid, else Slack's word for it.
 */
export function blocksProblem(blocks: unknown): string | null {
  if (!Array.isArray(blocks)) return 'invalid_blocks_format'
  if (blocks.length === 0 || blocks.length > 50) return 'invalid_blocks'
  if (charactersOf(blocks) > 13_200) return 'msg_blocks_too_long'
  return blocks.every((block: unknown) => isBlock(block)) ? null : 'invalid_blocks'
}

/** All text of blocks together, as people get it; what is over 13,200 Slack refuses, though it documents no such limit. */
export function charactersOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + charactersOf(one), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (key === 'text' && typeof one === 'string' ? one.length : charactersOf(one)),
    0,
  )
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? {...value} : {}
}

function onlyHas(fields: Fields, ...names: readonly string[]): boolean {
  return Object.keys(fields).every((name) => names.includes(name))
}

function isText(value: unknown, types: readonly string[], limit: number): boolean {
  const fields = fieldsOf(value)
  const {type, text, emoji} = fields
  if (!onlyHas(fields, 'type', 'text', 'emoji', 'verbatim')) return false
  if (typeof type !== 'string' || !types.includes(type)) return false
  if (type === 'mrkdwn' && emoji !== undefined) return false
  return typeof text === 'string' && text.length >= 1 && text.length <= limit
}

const TEXTS = ['plain_text', 'mrkdwn']

function isSection(fields: Fields): boolean {
  const {text, fields: inner} = fields
  if (!onlyHas(fields, 'type', 'text', 'fields', 'block_id') || (text === undefined && inner === undefined))
    return false
  if (text !== undefined && !isText(text, TEXTS, 3000)) return false
  if (inner === undefined) return true
  if (!Array.isArray(inner) || inner.length < 1 || inner.length > 10) return false
  return inner.every((field: unknown) => isText(field, TEXTS, 2000))
}

function isContext(fields: Fields): boolean {
  const {elements} = fields
  if (!onlyHas(fields, 'type', 'elements', 'block_id') || !Array.isArray(elements)) return false
  if (elements.length < 1 || elements.length > 10) return false
  return elements.every((element: unknown) => isText(element, TEXTS, 2000))
}

function isBlock(block: unknown): boolean {
  const fields = fieldsOf(block)
  switch (fields['type']) {
    case 'header':
      return onlyHas(fields, 'type', 'text', 'block_id') && isText(fields['text'], ['plain_text'], 150)
    case 'section':
      return isSection(fields)
    case 'context':
      return isContext(fields)
    case 'divider':
      return onlyHas(fields, 'type', 'block_id')
    default:
      return false
  }
}
