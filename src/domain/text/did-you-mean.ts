/** A word of the command line that was probably meant otherwise. */
export interface Correction {
  readonly typed: string
  readonly meant: string
}

type Row = readonly number[]

/** The row of edit distances of `first` up to `row`; `above` and `before` are the two rows before it. */
function nextRow(first: string, second: string, row: number, above: Row, before: Row): Row {
  const current = [row]
  const cell = (from: Row, column: number): number => from[column] ?? Infinity
  for (let column = 1; column <= second.length; column += 1) {
    const same = first[row - 1] === second[column - 1]
    const swapped = row > 1 && first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1]
    current.push(
      Math.min(
        cell(above, column) + 1,
        cell(current, column - 1) + 1,
        cell(above, column - 1) + (same ? 0 : 1),
        swapped ? cell(before, column - 2) + 1 : Infinity,
      ),
    )
  }
  return current
}

/** Optimal string alignment: insert, delete, replace, or swap two neighbours, each at cost 1. */
export function distance(first: string, second: string): number {
  let before: Row = []
  let above: Row = Array.from({length: second.length + 1}, (_, index) => index)
  for (let row = 1; row <= first.length; row += 1) [before, above] = [above, nextRow(first, second, row, above, before)]
  return above[second.length] ?? 0
}

/** A distinctive beginning counts as one mistake, and wins over a word that is one letter off. */
function mistakes(word: string, candidate: string): number {
  const edits = distance(word, candidate)
  return word.length >= 3 && candidate.startsWith(word) ? Math.min(0.9, edits) : edits
}

/** One mistake in a short word, a third of the letters in a long one. */
function allowed(word: string, candidate: string): number {
  return Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
}

/** Of words that are equally near, one of the same length has all the letters that were typed. */
function lengthGap(word: string, candidate: string): number {
  return Math.abs(word.length - candidate.length)
}

/** The candidates that were probably meant, all that are equally near, those of the same length first; case is ignored. */
export function nearest(word: string, candidates: readonly string[]): readonly string[] {
  const typed = word.toLowerCase()
  if (typed === '') return []
  const near = candidates.flatMap((candidate) => {
    const target = candidate.toLowerCase()
    const cost = mistakes(typed, target)
    return cost <= allowed(typed, target) && cost < target.length ? [{candidate, cost}] : []
  })
  const least = Math.min(...near.map(({cost}) => cost))
  return near
    .flatMap(({candidate, cost}) => (cost === least ? [candidate] : []))
    .sort((one, other) => lengthGap(typed, one) - lengthGap(typed, other))
}

/** What was probably meant by a word of the command line, to be put right in it; undefined when nothing is near. */
export function correctionOf(typed: string, candidates: readonly string[]): Correction | undefined {
  const meant = closest(typed, candidates)
  return meant === null ? undefined : {typed, meant}
}

/** For the end of a sentence: the word that was probably meant, or all that there are. */
export function guessText(correction: Correction | undefined, what: string, candidates: readonly string[]): string {
  return didYouMean(correction?.meant ?? null, choices(what, candidates))
}

/** The word that was probably meant, as a question; what to say when none is near. */
export function didYouMean(near: string | null, otherwise: string): string {
  return near === null ? otherwise : `did you mean \`${near}\`?`
}

/** For the end of a sentence that is whole without it: `: did you mean …?`, or nothing. */
export function orMeant(...near: readonly (string | null)[]): string {
  const words = near.filter((word) => word !== null)
  return words.length === 0 ? '' : `: did you mean ${words.map((word) => `\`${word}\``).join(' or ')}?`
}

/** What there is to choose from, in words of the caller's. */
export function choices(what: string, known: readonly string[]): string {
  return `${what}: ${known.join(', ') || 'none'}`
}

/** The first of the nearest; null when none is near. */
export function closest(word: string, candidates: readonly string[]): string | null {
  return nearest(word, candidates)[0] ?? null
}
