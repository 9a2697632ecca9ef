/** What a screen says of reminders of overdue updates that were not made. */
export const REMINDERS = {
  failed: (problem: string): string => `not every overdue update could be reminded of: ${problem}`,
  /** So many are left to the next call. */
  left: (count: number): string =>
    `${count === 1 ? 'one more overdue update waits' : `${String(count)} more overdue updates wait`} to be reminded of by the next call`,
}
