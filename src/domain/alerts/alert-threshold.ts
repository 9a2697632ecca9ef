/** The top of a rule that compares something with a number: `expression operator value`. */
export interface AlertThreshold {
  readonly expression: string
  readonly operator: '>' | '>=' | '<' | '<=' | '==' | '!='
  readonly value: number
}
