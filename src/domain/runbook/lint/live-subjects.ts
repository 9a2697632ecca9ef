import {choices, closest, didYouMean} from '../../text/did-you-mean.js'
import {parseHttpBlock, READING_METHODS} from '../http-block.js'
import type {Problem} from '../problem.js'
import type {Runbook} from '../runbook.js'
import {fillPromql} from '../promql-template.js'
import {fillUrl} from '../template.js'
import {sampleValues} from './input-rules.js'
import {commandBlocksOf, type Place, placeInBlock, placeInFrontMatter} from './places.js'
import {programOf, wrappedProgramOf} from './shell-command.js'
import {readShell} from './shell-reading.js'

/** Something to ask a live system about, and where in the runbook it stands. */
export interface Subject {
  readonly text: string
  readonly place: Place
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? ''
}

function wordIn(text: string): string {
  return /[A-Za-z_:][\w:]*/.exec(text)?.[0] ?? text
}

/** The queries of a runbook with the values that its inputs have by default; those that need another value are left out. */
export function queriesOf(runbook: Runbook): readonly Subject[] {
  const values = sampleValues(runbook.inputs)
  const written = [
    ...(runbook.resolved?.conditions ?? []).flatMap((condition) =>
      condition.kind === 'promql'
        ? [
            {
              text: condition.expression,
              placeholders: condition.placeholders,
              place: placeInFrontMatter(runbook.source, 'resolved', wordIn(condition.expression)),
            },
          ]
        : [],
    ),
    ...commandBlocksOf(runbook)
      .filter(({language}) => language === 'promql')
      .map(({body, ...block}) => ({
        text: body,
        placeholders: block.placeholders,
        place: placeInBlock(runbook.source, block, 0, firstLine(body)),
      })),
  ]
  return written.flatMap(({text, placeholders, place}) => {
    const filled = fillPromql(text, placeholders, values)
    return filled.ok ? [{text: filled.text.trim(), place}] : []
  })
}

/** The URLs of a runbook, with the values that its inputs have by default. */
export function urlsOf(runbook: Runbook, health: Readonly<Record<string, string>>): readonly Subject[] {
  const {source} = runbook
  const conditions = (runbook.resolved?.conditions ?? []).flatMap((condition) => {
    if (condition.kind === 'promql') return []
    const [text, word] =
      condition.kind === 'http' ? [condition.url, condition.url] : [health[condition.name], condition.name]
    return text === undefined ? [] : [{text, place: placeInFrontMatter(source, 'resolved', word)}]
  })
  const blocks = commandBlocksOf(runbook).flatMap((block) => {
    const parsed = block.language === 'http' ? parseHttpBlock(block.body) : null
    // Asking a mitigation's URL could already do something.
    if (parsed?.ok !== true || !READING_METHODS.includes(parsed.request.method)) return []
    return [{text: parsed.request.url, place: placeInBlock(source, block, 0, parsed.request.url)}]
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
export function toolsOf(runbook: Runbook): readonly Subject[] {
  const scripts = commandBlocksOf(runbook).filter(({language, body}) => language === 'sh' && !/\bcase\b/.test(body))
  return scripts.flatMap((block) => {
    const defined = new Set([...block.body.matchAll(DEFINED)].map(([, one, other]) => one ?? other ?? ''))
    return readShell(block.body).commands.flatMap((command) =>
      [programOf(command)[0], wrappedProgramOf(command)[0]]
        .filter((word) => word?.plain === true && TOOL.test(word.text))
        .map((word) => word?.text ?? '')
        .filter((tool) => !NO_TOOLS.has(tool) && !defined.has(tool))
        .map((text) => ({text, place: placeInBlock(runbook.source, block, command.line, text)})),
    )
  })
}

/** Services of the front matter that the Compose file does not have. */
export function unknownServices({services, source}: Runbook, known: readonly string[]): readonly Problem[] {
  return services
    .filter((service) => !known.includes(service))
    .map((service) => {
      const near = closest(service, known)
      return {
        rule: 'service',
        ...placeInFrontMatter(source, 'services', service),
        message: `the Compose file has no service \`${service}\``,
        suggestion: didYouMean(near, choices('it has', known)),
      }
    })
}
