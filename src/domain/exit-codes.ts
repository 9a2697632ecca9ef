/** faci's exit codes by name; what each means to a person is told in `cli/process/exit-codes.ts`. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  bad: 3,
  unknown: 4,
  refused: 5,
  invalid: 6,
  rolledBack: 7,
  rollbackFailed: 8,
  undelivered: 9,
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
