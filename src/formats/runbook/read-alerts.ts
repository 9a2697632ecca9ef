import {isScalar, type Node} from 'yaml'
import {parseAlertSelector} from '../../domain/promql/alert-selector.js'
import {type Place, type ProblemList, quoted} from './problem-list.js'
import type {YamlReader} from './yaml-reader.js'

/** Where the `offset`th character of a text stands: exact as long as it is on one line and nothing in it is escaped. */
function placeIn(node: Node | null, offset: number, yaml: YamlReader): Place {
  const {line, column} = yaml.place(node)
  if (!isScalar(node) || node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') return {line, column}
  return {line, column: column + offset + (node.type === 'PLAIN' ? 0 : 1)}
}

/** The selectors of `alerts:`, as written; what cannot be read as one is told. */
export function readAlerts(list: Node | null, yaml: YamlReader, problems: ProblemList): readonly string[] {
  return yaml.items(list, 'alerts').flatMap((node) => {
    const text = yaml.text(node, 'each of alerts')
    if (text === null) return []
    const read = parseAlertSelector(text)
    if (!read.ok)
      problems.add(
        'alert',
        placeIn(node, read.offset, yaml),
        `${quoted(text)} selects no alert: ${read.message}`,
        `write APIDown, or 'APIDown{service="api"}'`,
      )
    return [text]
  })
}
