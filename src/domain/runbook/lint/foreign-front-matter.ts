import {sourceLines} from '../../text/source-lines.js'
import {FOREIGN_KEYS} from '../foreign-keys.js'
import type {PlacedRunbook} from '../runbook.js'
import type {PlacedFault} from './runbook-fault.js'

const KEY = /^["']?([A-Za-z_][\w-]*)["']?[ \t]*:/

/** Keys of the front matter that are for others. */
export function foreignKeys({source, places}: PlacedRunbook): readonly PlacedFault[] {
  if (places.frontMatter === null) return []
  const {start, end} = places.frontMatter
  return sourceLines(source).flatMap((line, index): readonly PlacedFault[] => {
    const key = index >= start && index < end ? KEY.exec(line)?.[1] : undefined
    if (key === undefined || !FOREIGN_KEYS.has(key)) return []
    return [{rule: 'foreign-key', key, line: index + 1, column: 1}]
  })
}
