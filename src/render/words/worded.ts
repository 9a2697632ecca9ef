interface Reasoned {
  readonly why: string
}

/** The member of the union that may have this `why`: one may have several. */
type OfWhy<R extends Reasoned, W> = R extends {readonly why: infer Y} ? (W extends Y ? R : never) : never

/** Words for each member of a closed union: a new one does not compile without. */
export type WordsFor<R extends Reasoned> = {readonly [W in R['why']]: string | ((reason: OfWhy<R, W>) => string)}

/** A journal of a later version may hold reasons that this one does not know: they are named. */
export function worded<R extends Reasoned>(words: WordsFor<R>, reason: R): string {
  const known: Readonly<Record<string, string | ((reason: never) => string) | undefined>> = words
  const found = known[reason.why]
  if (found === undefined) return reason.why
  return typeof found === 'string' ? found : (found as (reason: R) => string)(reason)
}
