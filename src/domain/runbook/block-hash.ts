import {createHash} from 'node:crypto'
import {openInputs, type ResolvedInputs} from './inputs.js'
import type {Block} from './runbook.js'

const SHOWN_CHARACTERS = 12

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/**
 * What consent is bound to: the block's language, attributes and text, the inputs (secret ones by name only) and the
 * environment. Changing any of them changes it.
 */
export function blockHash(block: Block, inputs: ResolvedInputs, environment: string): string {
  const shown = Object.entries(openInputs(inputs)).sort(([a], [b]) => (a < b ? -1 : 1))
  const parts = [block.id, block.language, block.role, block.attributes, block.body, shown, inputs.secrets, environment]
  return digest(parts).slice(0, SHOWN_CHARACTERS)
}

/** As it is typed and shown. */
export function shownHash(hash: string): string {
  return hash.replace(/^sha256:/, '').slice(0, SHOWN_CHARACTERS)
}

export function runbookHash(source: string): string {
  return `sha256:${digest([source])}`
}
