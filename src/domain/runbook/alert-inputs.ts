import type {AlertFacts} from './match-alert.js'
import type {InputDeclaration} from './runbook.js'

export interface AlertInputs {
  readonly inputs: Readonly<Record<string, string>>
  /** Values that were not taken, and why: never silently. */
  readonly ignored: readonly string[]
}

function valueIn({labels, annotations}: AlertFacts, name: string): string | null {
  if (Object.hasOwn(labels, name)) return labels[name] ?? null
  return Object.hasOwn(annotations, name) ? (annotations[name] ?? null) : null
}

function problemWith({name, oneOf, secret}: InputDeclaration, values: readonly string[]): string | null {
  if (secret) return `the alert's \`${name}\` is not taken: the input is secret`
  if (values.length > 1)
    return `the alerts do not agree on \`${name}\` (${values.join(', ')}): it is not taken from them`
  const [value = ''] = values
  if (value.includes('\0')) return `the alert's \`${name}\` is not taken: it holds a NUL character`
  if (oneOf === null || oneOf.includes(value)) return null
  return `the alert's \`${name}\` is not taken: \`${value}\` is none of ${oneOf.join(', ')}`
}

/** A declared input takes the value of the label of its name, else of the annotation, when all alerts that have one agree. */
export function alertInputs(alerts: readonly AlertFacts[], declarations: readonly InputDeclaration[]): AlertInputs {
  const inputs: Record<string, string> = {}
  const ignored: string[] = []
  for (const declaration of declarations) {
    const found = alerts.map((alert) => valueIn(alert, declaration.name)).filter((value) => value !== null)
    const values = [...new Set(found)]
    const [value] = values
    if (value === undefined) continue
    const problem = problemWith(declaration, values)
    if (problem === null) inputs[declaration.name] = value
    else ignored.push(problem)
  }
  return {inputs, ignored}
}
