import type {ValueRules} from '../inputs.js'
import {valueProblem} from '../inputs.js'
import {selectorExpressions} from '../../promql/alert-selector.js'
import type {Problem} from '../problem.js'
import {placeAt} from '../places.js'
import {isExpression, type PlacedRunbook} from '../runbook.js'

const SYNTAX = "RE2's syntax, as in PromQL"

function selectorProblems({alerts, places}: PlacedRunbook, rules: ValueRules): readonly Problem[] {
  return alerts.flatMap((entry, index) =>
    selectorExpressions([entry]).flatMap((expression): readonly Problem[] => {
      const problem = rules.problem(expression)
      if (problem === null) return []
      const place = placeAt(places.alerts, index)
      return [{rule: 'alert', ...place, message: `${entry} selects no alert: ${problem}`, suggestion: SYNTAX}]
    }),
  )
}

/** Patterns of alerts and inputs that cannot be read, and defaults that their own pattern does not allow. */
export function patternProblems(runbook: PlacedRunbook, rules: ValueRules): readonly Problem[] {
  return [...selectorProblems(runbook, rules), ...inputProblems(runbook, rules)]
}

function inputProblems({inputs, places}: PlacedRunbook, rules: ValueRules): readonly Problem[] {
  return inputs.flatMap((declaration, index): readonly Problem[] => {
    const {name, pattern, default: fallback} = declaration
    if (pattern === null) return []
    const problem = isExpression(declaration) ? null : rules.problem(pattern)
    const told = {rule: 'pattern', ...placeAt(places.inputs, index)} as const
    if (problem !== null)
      return [
        {
          ...told,
          message: `the pattern of \`${name}\` cannot be read: ${problem}`,
          suggestion: SYNTAX,
        },
      ]
    const wrong = fallback === null ? null : valueProblem({...declaration, oneOf: null}, fallback, rules)
    return wrong === null ? [] : [{...told, message: `the default of \`${name}\` ${wrong}`, suggestion: null}]
  })
}

/** Inputs of the name of a label that the alerts have: until they say `fromAlert`, it does not fill them. */
export function unfilledInputs(
  {inputs, alerts, places}: PlacedRunbook,
  labelsOf: (alert: string) => readonly string[],
): readonly Problem[] {
  return inputs.flatMap((declaration, index): readonly Problem[] => {
    const {name, fromAlert, secret} = declaration
    if (fromAlert || secret) return []
    const alert = alerts.find((entry) => labelsOf(entry).includes(name))
    if (alert === undefined) return []
    return [
      {
        rule: 'input-label',
        ...placeAt(places.inputs, index),
        message: `the alert \`${alert}\` has a \`${name}\`, which does not fill the input: it has no fromAlert`,
        suggestion: `add fromAlert: true with oneOf or a pattern, or rename the input`,
      },
    ]
  })
}
