import type {Problem} from '../problem.js'
import type {CommandBlock, Runbook} from '../runbook.js'
import {commandBlocksOf, placeInBlock} from './places.js'
import {readShell, type ShellReading} from './shell-reading.js'

/** Also `query_range` and `query_exemplars`. */
const ENDPOINT = 'api/v1/query'
const QUERY = /\bquery=([^]*)/
const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=([^]*)/
const EXPANSION = /\$\{?([A-Za-z_]\w*)/g

/** Inputs that may hold anything, and what earlier blocks found. */
function freeNames({inputs, ...runbook}: Runbook): ReadonlySet<string> {
  const open = inputs.filter(({oneOf, pattern}) => oneOf === null && pattern === null).map(({name}) => name)
  const found = commandBlocksOf({inputs, ...runbook}).flatMap(({capture, outputs}) => [capture ?? [], outputs].flat())
  return new Set([...open, ...found])
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(EXPANSION)].map(([, name = '']) => name)
}

/** Which name each variable of the script has its text from: in the order of the script, so that `q="up{job=\"$x\"}"` hands on. */
function originsIn({commands}: ShellReading, free: ReadonlySet<string>): ReadonlyMap<string, string> {
  const origins = new Map([...free].map((name) => [name, name]))
  for (const {text, plain} of commands.flatMap(({words}) => words)) {
    const [, name = '', value = ''] = (plain ? null : ASSIGNMENT.exec(text)) ?? []
    const origin = namesIn(value).find((one) => origins.has(one))
    if (name !== '' && origin !== undefined) origins.set(name, origins.get(origin) ?? origin)
  }
  return origins
}

function problemsIn(runbook: Runbook, block: CommandBlock, free: ReadonlySet<string>): readonly Problem[] {
  const reading = readShell(block.body)
  const origins = originsIn(reading, free)
  const told = new Set<string>()
  return reading.commands.flatMap(({line, words}) =>
    words.flatMap(({text, plain}): readonly Problem[] => {
      const names = plain ? [] : namesIn(QUERY.exec(text)?.[1] ?? '')
      const name = names.map((one) => origins.get(one)).find((one) => one !== undefined && !told.has(one))
      if (name === undefined) return []
      told.add(name)
      return [
        {
          rule: 'shell-promql',
          ...placeInBlock(runbook.source, block, line, names.includes(name) ? `$${name}` : 'query='),
          message: `\`$${name}\` becomes part of a PromQL query: a quote in its value changes what is asked`,
          suggestion: runbook.inputs.some((input) => input.name === name)
            ? `give \`${name}\` a \`oneOf\` or \`pattern\`, or ask in a promql block`
            : 'ask in a promql block, where a value stays a value',
        },
      ]
    }),
  )
}

/** Values that a script puts into a query for Prometheus's HTTP API: there the shell knows no place where they would stay values. */
export function shellBuiltQueries(runbook: Runbook): readonly Problem[] {
  const free = freeNames(runbook)
  return commandBlocksOf(runbook)
    .filter(({language, body}) => language === 'sh' && body.includes(ENDPOINT))
    .flatMap((block) => problemsIn(runbook, block, free))
}
