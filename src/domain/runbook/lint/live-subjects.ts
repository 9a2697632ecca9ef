import {closest} from '../../text/did-you-mean.js'
import {parseHttpBlock, READING_METHODS} from '../http-block.js'
import type {PlacedFault} from './runbook-fault.js'
import type {FilePlace} from '../../text/file-place.js'
import {placeAt, placeInBlock} from '../places.js'
import {commandBlocksOf, type PlacedRunbook} from '../runbook.js'
import {fillPromql} from '../promql-template.js'
import {fillUrl} from '../template.js'
import {sampleValues} from './input-rules.js'
import {programOf, wrappedProgramOf} from './shell-command.js'
import {readShell} from './shell-reading.js'

/** Something to ask a live system about, and where in the runbook it stands. */
export interface Subject {
  readonly text: string
  readonly place: FilePlace
}

/** The queries of a runbook with the values that its inputs have by default; those that need another value are left out. */
export function queriesOf(runbook: PlacedRunbook): readonly Subject[] {
  const values = sampleValues(runbook.inputs)
  const written = [
    ...(runbook.resolved?.conditions ?? []).flatMap((condition, index) =>
      condition.kind === 'promql'
        ? [
            {
              text: condition.expression,
              placeholders: condition.placeholders,
              place: placeAt(runbook.places.conditions, index),
            },
          ]
        : [],
    ),
    ...commandBlocksOf(runbook)
      .filter(({language}) => language === 'promql')
      .map((block) => ({
        text: block.body,
        placeholders: block.placeholders,
        place: placeInBlock(runbook, block, Math.max(0, block.body.search(/\S/))),
      })),
  ]
  return written.flatMap(({text, placeholders, place}) => {
    const filled = fillPromql(text, placeholders, values)
    return filled.ok ? [{text: filled.text.trim(), place}] : []
  })
}

/** The URLs of a runbook, with the values that its inputs have by default. */
export function urlsOf(runbook: PlacedRunbook, health: Readonly<Record<string, string>>): readonly Subject[] {
  const conditions = (runbook.resolved?.conditions ?? []).flatMap((condition, index) => {
    if (condition.kind === 'promql') return []
    const text = condition.kind === 'http' ? condition.url : health[condition.name]
    return text === undefined ? [] : [{text, place: placeAt(runbook.places.conditions, index)}]
  })
  const blocks = commandBlocksOf(runbook).flatMap((block) => {
    const parsed = block.language === 'http' ? parseHttpBlock(block.body) : null
    // Asking a mitigation's URL could already do something.
    if (parsed?.ok !== true || !READING_METHODS.includes(parsed.request.method)) return []
    const {url} = parsed.request
    return [{text: url, place: placeInBlock(runbook, block, block.body.indexOf(url))}]
  })
  const values = sampleValues(runbook.inputs)
  return [...conditions, ...blocks].flatMap(({text, place}) => {
    const filled = fillUrl(text, values)
    return filled.ok ? [{text: filled.text, place}] : []
  })
}

const TOOL = /^[A-Za-z][\w.+-]*$/
const DEFINED = /(?:^|[\s;])(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)|\bfunction\s+([A-Za-z_][\w-]*)/g
/** What only bash knows, and `faci`, which is always there. */
const NO_TOOLS = new Set('faci for case esac select function in done fi [[ ]] } { alias'.split(' '))

/** The programs that the scripts start, as far as they are simple words. A script with `case` may hold words that only look so. */
export function toolsOf(runbook: PlacedRunbook): readonly Subject[] {
  const scripts = commandBlocksOf(runbook).filter(({language, body}) => language === 'sh' && !/\bcase\b/.test(body))
  return scripts.flatMap((block) => {
    const defined = new Set([...block.body.matchAll(DEFINED)].map(([, one, other]) => one ?? other ?? ''))
    return readShell(block.body).commands.flatMap((command) =>
      [programOf(command)[0], wrappedProgramOf(command)[0]]
        .filter((word) => word !== undefined)
        .filter(({plain, text}) => plain && TOOL.test(text) && !NO_TOOLS.has(text) && !defined.has(text))
        .map(({text, at}) => ({text, place: placeInBlock(runbook, block, at)})),
    )
  })
}

/** Services of the front matter that the Compose file does not have. */
export function unknownServices({services, places}: PlacedRunbook, known: readonly string[]): readonly PlacedFault[] {
  return services.flatMap((service, index): readonly PlacedFault[] => {
    if (known.includes(service)) return []
    const place = placeAt(places.services, index)
    return [{rule: 'service', ...place, name: service, near: closest(service, known), known}]
  })
}
