import {closest} from '../../text/did-you-mean.js'
import {noticePlaceholdersIn} from '../notice-text.js'
import type {PlacedFault} from './runbook-fault.js'
import {placeAt, placeInBlock} from '../places.js'
import {
  type CommandBlock,
  commandBlocksOf,
  type InputDeclaration,
  itemsOf,
  type PlacedRunbook,
  type Runbook,
} from '../runbook.js'
import {placeholdersIn} from '../template.js'
import {readShell, type ShellReading} from './shell-reading.js'

/** As many as a format of words allows: a value that the declaration itself gives. */
export function sampleValues(inputs: readonly InputDeclaration[]): Readonly<Record<string, string>> {
  const pairs = inputs.map(({name, default: fallback, oneOf}) => [name, fallback ?? oneOf?.[0] ?? null] as const)
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null))
}

function captureOf({expect}: Pick<CommandBlock, 'expect'>): readonly string[] {
  return expect?.kind === 'compare' && expect.term.capture !== null ? [expect.term.capture] : []
}

function usedInConditions({resolved}: Runbook): readonly string[] {
  return (resolved?.conditions ?? []).flatMap((condition) => {
    if (condition.kind === 'health') return []
    return [
      ...placeholdersIn(condition.kind === 'http' ? condition.url : condition.expression),
      ...captureOf(condition),
    ]
  })
}

/** In a script every mention counts that the shell, or a program that reads its environment, may look at. */
function isUsedInScript(name: string, script: string): boolean {
  return new RegExp(
    String.raw`\$\{?[#!]?${name}\b|\(\([^)]*\b${name}\b|\b(?:printenv|env|ENV|environ)\b.*\b${name}\b`,
  ).test(script)
}

/** An input that nobody uses is a question asked in vain. */
export function unusedInputs(runbook: PlacedRunbook): readonly PlacedFault[] {
  const items = itemsOf(runbook)
  const used = new Set(usedInConditions(runbook))
  const scripts: string[] = []
  for (const item of items) {
    if (item.role === 'task') continue
    if (item.role === 'notify') for (const name of noticePlaceholdersIn(item.body)) used.add(name)
    else if (item.language === 'sh') scripts.push(item.body)
    else for (const name of placeholdersIn(item.body)) used.add(name)
    if (item.role !== 'notify') for (const name of captureOf(item)) used.add(name)
  }
  return runbook.inputs.flatMap(({name}, index): readonly PlacedFault[] => {
    if (used.has(name) || scripts.some((script) => isUsedInScript(name, script))) return []
    return [{rule: 'unused-input', ...placeAt(runbook.places.inputs, index), name}]
  })
}

const NAME = /^[a-z][a-z0-9_]*$/
const ASSIGNMENT = /^([A-Za-z_]\w*)(?:\[.*\])?\+?=/
const DECLARING = new Set(
  'read mapfile readarray local declare typeset export readonly unset getopts let printf for select'.split(' '),
)
/** These can set any variable. */
const OPAQUE = new Set(['.', 'source', 'eval', 'exec'])
const FROM_OUTSIDE = /^(?:https?|ftp|all|no)_proxy$/

function namesInArithmetic(script: string): readonly string[] {
  const expressions = script.split('((').slice(1)
  return expressions.flatMap((text) =>
    [
      ...text
        .split('))', 1)
        .join()
        .matchAll(/\b[a-z]\w*/g),
    ].map(([name]) => name),
  )
}

function assignedIn(script: string, {commands, variables}: ShellReading): ReadonlySet<string> {
  const names = commands.flatMap(({words}) => {
    const texts = words.map(({text}) => text)
    const assigned = texts.map((text) => ASSIGNMENT.exec(text)?.[1] ?? '')
    return texts.some((text) => DECLARING.has(text)) ? [...assigned, ...texts] : assigned
  })
  const guarded = variables.filter((variable) => variable.guarded).map(({name}) => name)
  return new Set([...names, ...guarded, ...namesInArithmetic(script)])
}

function unknownIn(runbook: PlacedRunbook, block: CommandBlock, known: ReadonlySet<string>): readonly PlacedFault[] {
  const reading = readShell(block.body)
  if (reading.commands.some(({words}) => words.some(({text}) => OPAQUE.has(text)))) return []
  const assigned = assignedIn(block.body, reading)
  const told = new Set<string>()
  return reading.variables.flatMap(({name, at}): readonly PlacedFault[] => {
    if (!NAME.test(name) || FROM_OUTSIDE.test(name) || known.has(name) || assigned.has(name) || told.has(name))
      return []
    told.add(name)
    const near = closest(name, [...known, ...assigned])
    return [{rule: 'unknown-variable', ...placeInBlock(runbook, block, at), name, near}]
  })
}

/** Everything that any block may hand on, whenever it runs: the parser already minds the order. */
function captured(blocks: readonly CommandBlock[]): readonly string[] {
  return blocks.flatMap(({capture, outputs}) => (capture === null ? outputs : [capture, ...outputs]))
}

/** Lower-case variables of a script that are nobody's: bash would end the block at the first one. */
export function unknownVariables(runbook: PlacedRunbook): readonly PlacedFault[] {
  const blocks = commandBlocksOf(runbook)
  const known = new Set([...runbook.inputs.map(({name}) => name), ...captured(blocks)])
  return blocks.flatMap((block) => (block.language === 'sh' ? unknownIn(runbook, block, known) : []))
}
