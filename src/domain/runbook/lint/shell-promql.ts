import type {PlacedFault} from './runbook-fault.js'
import {placeInBlock} from '../places.js'
import {type CommandBlock, commandBlocksOf, type PlacedRunbook, type Runbook} from '../runbook.js'
import {readShell, type ShellReading} from './shell-reading.js'
import type {ShellCommand} from './shell-scan.js'

/** Also `query_range` and `query_exemplars`. */
const ASKS = /api\/v1\/query|\bfaci[ \t]+query\b/
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

/** Of `faci query`, those that take no value. */
const SWITCHES = /^--(?:json|plot|no-color|help)$/

/** Where the words are `faci query …`: the place of each that is none of its flags, nor the value of one. */
function isAsked(words: ShellCommand['words'], at: number): boolean {
  const query = words.findIndex(({text}, index) => text === 'query' && words[index - 1]?.text === 'faci')
  if (query === -1 || at <= query) return false
  const isFlag = (text: string): boolean => text.startsWith('-') && !text.includes(' ')
  const [text = '', before = ''] = [words[at]?.text, words[at - 1]?.text]
  return !isFlag(text) && !(isFlag(before) && !before.includes('=') && !SWITCHES.test(before))
}

/** What of a word becomes PromQL. */
function promqlIn(words: ShellCommand['words'], at: number): string {
  const {text = '', plain = true} = words[at] ?? {}
  if (plain) return ''
  return isAsked(words, at) ? text : (QUERY.exec(text)?.[1] ?? '')
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

function problemsIn(runbook: PlacedRunbook, block: CommandBlock, free: ReadonlySet<string>): readonly PlacedFault[] {
  const reading = readShell(block.body)
  const origins = originsIn(reading, free)
  const told = new Set<string>()
  return reading.commands.flatMap(({words}) =>
    words.flatMap((word, at): readonly PlacedFault[] => {
      const names = namesIn(promqlIn(words, at))
      const name = names.map((one) => origins.get(one)).find((one) => one !== undefined && !told.has(one))
      if (name === undefined) return []
      told.add(name)
      const written = names.includes(name)
        ? reading.variables.find((one) => one.name === name && one.at >= word.at)
        : word
      const place = placeInBlock(runbook, block, written?.at ?? word.at)
      return [{rule: 'shell-promql', ...place, name, isInput: runbook.inputs.some((input) => input.name === name)}]
    }),
  )
}

/** Values that a script puts into a query for Prometheus's HTTP API or `faci query`: there the shell knows no place where they would stay values. */
export function shellBuiltQueries(runbook: PlacedRunbook): readonly PlacedFault[] {
  const free = freeNames(runbook)
  return commandBlocksOf(runbook)
    .filter(({language, body}) => language === 'sh' && ASKS.test(body))
    .flatMap((block) => problemsIn(runbook, block, free))
}
