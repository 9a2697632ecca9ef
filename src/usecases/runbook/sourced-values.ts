import {selectorExpressions} from '../../domain/promql/alert-selector.js'
import type {ValueRules} from '../../domain/runbook/inputs.js'
import type {InputDeclaration, ValueSource} from '../../domain/runbook/runbook.js'
import type {Patterns} from '../../ports/patterns.js'

/** What looking at the values of inputs needs. */
export interface ReadValueDeps {
  /** What `env:NAME` or `file:/path` holds now; null when there is nothing. */
  readonly readValue: (source: ValueSource) => Promise<string | null>
  /** Loaded only for a runbook that has a `pattern`, or an alert with one. */
  readonly patterns: () => Promise<Patterns>
}

/** What each declaration's own source holds now; null when there is nothing. */
export async function sourcedValues(
  {readValue}: ReadValueDeps,
  declarations: readonly InputDeclaration[],
): Promise<Readonly<Record<string, string | null>>> {
  const values = declarations.map(
    async ({name, source}) => [name, source === null ? null : await readValue(source)] as const,
  )
  return Object.fromEntries(await Promise.all(values))
}

const NO_PATTERNS: ValueRules = {problem: () => null, matches: () => false}

export async function valueRulesFor(
  {patterns}: Pick<ReadValueDeps, 'patterns'>,
  declarations: readonly InputDeclaration[],
  alerts: readonly string[] = [],
): Promise<ValueRules> {
  const hasPattern = declarations.some(({pattern}) => pattern !== null) || selectorExpressions(alerts).length > 0
  return hasPattern ? patterns() : NO_PATTERNS
}
