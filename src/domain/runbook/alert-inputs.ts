import type {AlertFacts} from '../alerts/alert-facts.js'
import {type ValueRules, valueProblem} from './inputs.js'
import type {InputDeclaration} from './runbook.js'

export interface AlertInputs {
  readonly inputs: Readonly<Record<string, string>>
  /** Values that were not taken, and why: never silently. */
  readonly ignored: readonly string[]
}

/** What else is known when an alert's words are looked at. */
export interface AlertInputContext {
  /** What each declaration's source holds now; absent or null when there is nothing. */
  readonly sourced: Readonly<Record<string, string | null>>
  readonly rules: ValueRules
}

interface Found {
  readonly kind: 'label' | 'annotation'
  readonly value: string
}

const SHOWN = 80

function foundIn({labels, annotations}: AlertFacts, name: string): Found | null {
  if (Object.hasOwn(labels, name)) return {kind: 'label', value: labels[name] ?? ''}
  return Object.hasOwn(annotations, name) ? {kind: 'annotation', value: annotations[name] ?? ''} : null
}

function whyNot(
  declaration: InputDeclaration,
  values: readonly string[],
  {sourced, rules}: AlertInputContext,
): string | null {
  const {name, fromAlert, secret, source} = declaration
  const input = `input \`${name}\``
  if (!fromAlert) return `${input} has no fromAlert`
  if (secret) return `${input} is secret`
  if (source !== null && (sourced[name] ?? null) !== null) return `${input} comes from ${source.from}:${source.name}`
  if (values.length > 1) return `the alerts do not agree on ${input}`
  const problem = valueProblem(declaration, values[0] ?? '', rules)
  return problem === null ? null : `${input} ${problem}`
}

function shown(value: string): string {
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value
}

/**
 * An input that says `fromAlert` takes the value of the label of its name, else of the annotation, when all alerts that have one agree and
 * its declaration allows it. An input's own source goes before an alert. What is not taken is told.
 */
export function alertInputs(
  alerts: readonly AlertFacts[],
  declarations: readonly InputDeclaration[],
  context: AlertInputContext,
): AlertInputs {
  const inputs: Record<string, string> = {}
  const ignored: string[] = []
  for (const declaration of declarations) {
    const {name} = declaration
    const found = alerts.map((alert) => foundIn(alert, name)).filter((one) => one !== null)
    const values = [...new Set(found.map(({value}) => value))]
    const [first] = found
    if (first === undefined) continue
    const problem = whyNot(declaration, values, context)
    if (problem === null) inputs[name] = first.value
    else ignored.push(`${first.kind} ${name}=${values.map(shown).join(', ')} ignored: ${problem}`)
  }
  return {inputs, ignored}
}
