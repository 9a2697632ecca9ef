/** Why what a block captured, or wrote to `$FACI_OUTPUT`, cannot be used, or why a value cannot be given to it. */
export type CaptureProblem =
  | ValueProblem
  | OutputProblem
  | {readonly why: 'captureIsInput' | 'captureMisspelt' | 'captureObeyed'; readonly name: string}
  | {readonly why: 'capturesTooLong'; readonly characters: number}
  /** `written` is not among what the block declares. */
  | {readonly why: 'outputsUndeclared'; readonly written: readonly string[]; readonly declared: readonly string[]}

/** Why a value cannot be an environment variable as it is. */
export type ValueProblem =
  | {readonly why: 'valueHasNul'; readonly name: string}
  | {
      readonly why: 'valueTooLong'
      readonly name: string
      readonly characters: number
      readonly atMostCharacters: number
    }

/** Why nothing of `$FACI_OUTPUT` counts. No text of it is in here: it may be half of a secret, which no masker knows. */
export type OutputProblem =
  /** A line that is not NAME=VALUE, that begins a value with another end than `$FACI_EOF`, or that no `$FACI_EOF` ends. */
  | {readonly why: 'outputNoPair' | 'outputOtherEnd' | 'outputUnended'; readonly line: number}
  | {readonly why: 'outputTwice'; readonly name: string; readonly line: number}
  | {readonly why: 'outputTooLarge'; readonly bytes: number}
  | {readonly why: 'outputNoFile'}
  /** `code`: of the system, such as ELOOP. */
  | {readonly why: 'outputReplaced' | 'outputUnreadable'; readonly code: string}
