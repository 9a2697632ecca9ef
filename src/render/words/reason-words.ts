import type {Deed} from '../../domain/journal/deed.js'
import type {Detail, TakeoverGrounds} from '../../domain/journal/detail.js'
import type {Reason, Why} from '../../domain/journal/reason.js'

/** The member of the union that may have this `why`, or this `did`: several have more than one. */
type OfWhy<W extends Why, R = Reason> = R extends {readonly why: infer Y} ? (W extends Y ? R : never) : never
type OfDid<D extends Deed['did'], R = Deed> = R extends {readonly did: infer Y} ? (D extends Y ? R : never) : never

/** A sentence for each reason: a new one does not compile without. */
export type ReasonWords = {readonly [W in Why]: string | ((reason: OfWhy<W>) => string)}

/** Those of details, which every language keeps apart. */
export type DetailWords = Pick<ReasonWords, (Detail | TakeoverGrounds)['why']>

/** A clause for each deed. */
export type DeedWords = {
  readonly [D in Deed['did']]: string | ((deed: OfDid<D>) => string)
}

function said<T>(words: string | ((value: T) => string) | undefined, value: T, unknown: string): string {
  if (words === undefined) return unknown
  return typeof words === 'string' ? words : words(value)
}

/** Names, each as code. */
export function names(all: readonly string[]): string {
  return all.map((name) => `\`${name}\``).join(', ')
}

/** A journal of a later version may hold reasons that this one does not know. */
export function reasonText(words: Partial<ReasonWords>, reason: Reason): string {
  const known: Readonly<Record<string, string | ((reason: never) => string) | undefined>> = words
  return said(known[reason.why] as string | ((value: Reason) => string) | undefined, reason, reason.why)
}

function deedText(words: DeedWords, deed: Deed): string {
  const known: Readonly<Record<string, string | ((deed: never) => string) | undefined>> = words
  return said(known[deed.did] as string | ((value: Deed) => string) | undefined, deed, deed.did)
}

/** One sentence of clauses; what a journal of before December 2026 told is whole as it is. */
export function summaryText(
  {reasons: reasonWords, deeds: deedWords}: {readonly reasons: ReasonWords; readonly deeds: DeedWords},
  deeds: readonly Deed[],
  reasons: readonly Reason[],
): string {
  const [first] = deeds
  if (first?.did === 'told') return first.text
  const clauses = [
    ...deeds.map((deed) => deedText(deedWords, deed)),
    ...reasons.map((reason) => reasonText(reasonWords, reason)),
  ]
  return `${clauses.filter((clause) => clause !== '').join('; ')}.`
}
