/** A finding as every check has them: where, how bad, by which rule, what, and what to do. */
export interface ShownFinding {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly severity: 'error' | 'warning'
  readonly rule: string
  readonly message: string
  readonly suggestion: string | null
}
