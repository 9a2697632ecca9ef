import type {ValueRules} from '../inputs.js'
import {valueProblem} from '../inputs.js'
import {selectorExpressions} from '../../promql/alert-selector.js'
import type {PlacedFault} from './runbook-fault.js'
import {placeAt} from '../places.js'
import {isExpression, type PlacedRunbook} from '../runbook.js'

function selectorProblems({alerts, places}: PlacedRunbook, rules: ValueRules): readonly PlacedFault[] {
  return alerts.flatMap((entry, index) =>
    selectorExpressions([entry]).flatMap((expression): readonly PlacedFault[] => {
      const problem = rules.problem(expression)
      if (problem === null) return []
      return [{rule: 'alert', what: 'unreadable', ...placeAt(places.alerts, index), entry, problem}]
    }),
  )
}

/** Patterns of alerts and inputs that cannot be read, and defaults that their own pattern does not allow. */
export function patternProblems(runbook: PlacedRunbook, rules: ValueRules): readonly PlacedFault[] {
  return [...selectorProblems(runbook, rules), ...inputProblems(runbook, rules)]
}

function inputProblems({inputs, places}: PlacedRunbook, rules: ValueRules): readonly PlacedFault[] {
  return inputs.flatMap((declaration, index): readonly PlacedFault[] => {
    const {name, pattern, default: fallback} = declaration
    if (pattern === null) return []
    const problem = isExpression(declaration) ? null : rules.problem(pattern)
    const place = placeAt(places.inputs, index)
    if (problem !== null) return [{rule: 'pattern', what: 'unreadable', ...place, name, problem}]
    const wrong = fallback === null ? null : valueProblem({...declaration, oneOf: null}, fallback, rules)
    return wrong === null ? [] : [{rule: 'pattern', what: 'forbidsDefault', ...place, name, problem: wrong}]
  })
}

/** Inputs of the name of a label that the alerts have: until they say `fromAlert`, it does not fill them. */
export function unfilledInputs(
  {inputs, alerts, places}: PlacedRunbook,
  labelsOf: (alert: string) => readonly string[],
): readonly PlacedFault[] {
  return inputs.flatMap((declaration, index): readonly PlacedFault[] => {
    const {name, fromAlert, secret} = declaration
    if (fromAlert || secret) return []
    const alert = alerts.find((entry) => labelsOf(entry).includes(name))
    if (alert === undefined) return []
    return [{rule: 'input-label', ...placeAt(places.inputs, index), alert, name}]
  })
}
