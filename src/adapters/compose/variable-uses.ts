import {parse} from 'yaml'
import * as z from 'zod/mini'
import type {VariablePiece, VariableUse} from '../../domain/stack/variable-use.js'
import {templateParts, type Variables} from '../../formats/compose/interpolate.js'

const DOCUMENT = z.looseObject({services: z.record(z.string(), z.unknown())})

function piecesOf(text: string, variables: Variables): readonly VariablePiece[] {
  return templateParts(text, variables).map((part) => {
    if ('literal' in part) return part
    const isUnset = part.names.every((name) => (variables[name] ?? '') === '')
    return {variables: part.names, isUnset, value: part.value}
  })
}

/** A mapping, or a list of `NAME=value`. One that is handed on by its name alone has null. */
function entriesOf(node: unknown): readonly (readonly [string, unknown])[] {
  if (!Array.isArray(node)) return Object.entries(node ?? {})
  return node.map((entry) => {
    const [name = '', ...value] = String(entry).split('=')
    return [name, value.length === 0 ? null : value.join('=')]
  })
}

type Visit = (at: readonly string[], text: string) => void

function walk(node: unknown, at: readonly string[], visit: Visit): void {
  if (typeof node === 'string') visit(at, node)
  if (typeof node !== 'object' || node === null) return
  for (const [name, below] of Object.entries(node)) walk(below, [...at, name], visit)
}

function usesOf(service: string, definition: unknown, variables: Variables): readonly VariableUse[] {
  const uses: VariableUse[] = []
  const visit: Visit = (at, text) => {
    if (!text.includes('$')) return
    const pieces = piecesOf(text, variables)
    if (pieces.some((piece) => 'value' in piece)) uses.push({service, at, pieces})
  }
  for (const [key, node] of Object.entries(definition ?? {})) {
    if (key !== 'environment' && key !== 'labels') walk(node, [key], visit)
    else
      for (const [name, value] of entriesOf(node))
        walk(value ?? (key === 'labels' ? '' : `\${${name}}`), [key, name], visit)
  }
  return uses
}

/** Of documents whose variables are not put in yet, of which the later ones go before; [] of one that is no Compose file. */
export function variableUses(documents: readonly string[], variables: Variables): readonly VariableUse[] {
  const all = new Map<string, VariableUse>()
  for (const text of documents) {
    const document = DOCUMENT.safeParse(parse(text, {merge: true, logLevel: 'silent'}))
    if (!document.success) continue
    for (const [service, definition] of Object.entries(document.data.services))
      for (const use of usesOf(service, definition, variables)) all.set(JSON.stringify([service, use.at]), use)
  }
  return [...all.values()]
}
