import {rethrowBugOrInterrupt} from '../../domain/errors.js'

/** An answer, or why there is none; warnings make either unreliable. */
export type Answered<T> =
  | {readonly ok: true; readonly value: T; readonly warnings: readonly string[]}
  | {readonly ok: false; readonly detail: string; readonly warnings: readonly string[]}

/** One question that nobody can answer hides no other. An interruption, or a bug, is thrown on. */
export async function answered<T>(
  ask: () => Promise<{readonly value: T; readonly warnings: readonly string[]}>,
): Promise<Answered<T>> {
  try {
    return {ok: true, ...(await ask())}
  } catch (error) {
    rethrowBugOrInterrupt(error)
    return {ok: false, detail: error.message, warnings: []}
  }
}
