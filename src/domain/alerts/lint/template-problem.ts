/** Why a template of a label or an annotation cannot be read. `near`: what stands there, or the name that was probably meant. */
export type TemplateProblem =
  | {readonly what: 'unexpected'; readonly near: string}
  /** `mark`: what is opened and never closed. */
  | {readonly what: 'unclosed'; readonly mark: string}
  | {readonly what: 'function' | 'variable'; readonly name: string; readonly near: string | null}
  /** `name`: `if`, `range` and the like, without its `{{ end }}`. */
  | {readonly what: 'noEnd'; readonly name: string}
  /** `name`: what says nothing: `if`, or an action. */
  | {readonly what: 'noValue'; readonly name: string}
