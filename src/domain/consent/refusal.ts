/** Why something was not begun. */
export interface Refusal {
  readonly reason: string
  /** The command that would be accepted; null when none would. */
  readonly accept: string | null
}
