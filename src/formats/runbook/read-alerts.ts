import type {Node} from 'yaml'
import {parseAlertSelector} from '../../domain/promql/alert-selector.js'
import {type ProblemList, quoted} from './problem-list.js'
import type {PlacedText, YamlReader} from './yaml-reader.js'

/** The selectors of `alerts:`, as written, and where; what cannot be read as one is told. */
export function readAlerts(list: Node | null, yaml: YamlReader, problems: ProblemList): readonly PlacedText[] {
  return yaml.items(list, 'alerts').flatMap((node) => {
    const text = yaml.text(node, 'each of alerts')
    if (text === null) return []
    const read = parseAlertSelector(text)
    if (!read.ok)
      problems.add(
        'alert',
        yaml.placeIn(node, read.offset),
        `${quoted(text)} selects no alert: ${read.message}`,
        `write APIDown, or 'APIDown{service="api"}'`,
      )
    return [{text, place: yaml.placeIn(node, 0)}]
  })
}
