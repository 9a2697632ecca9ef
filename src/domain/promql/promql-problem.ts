/** Why an expression cannot be read. `near`: what stands there; empty at its end. */
export type PromqlProblem =
  | {readonly what: 'unexpected' | 'escape' | 'number' | 'duration'; readonly near: string}
  /** `mark`: the bracket or quote that is never closed. */
  | {readonly what: 'unclosed'; readonly mark: string}
  /** `name`: of what follows something that it cannot be said of. */
  | {readonly what: 'modifier' | 'twice'; readonly name: '@' | 'offset' | '[…]'}
  /** `name`: the metric's, which is written in braces too. */
  | {readonly what: 'named'; readonly name: string}
