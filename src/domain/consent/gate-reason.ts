/** How a gate was answered, or why nobody could. */
export type GateReason =
  | {readonly why: 'typed'}
  /** As it can be written: `--yes`, `confirm=never`, `--skip restart`. */
  | {readonly why: 'flag'; readonly flag: string}
  | {readonly why: 'needsConfirm'; readonly environment: string}
  | {readonly why: 'needsApproval' | 'needsYes'; readonly id: string}
