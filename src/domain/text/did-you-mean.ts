/** Optimal string alignment: insert, delete, replace, or swap two neighbours, each at cost 1. */
function distance(first: string, second: string): number {
  let before: number[] = []
  let above = Array.from({length: second.length + 1}, (_, index) => index)
  for (let row = 1; row <= first.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= second.length; column += 1) {
      const same = first[row - 1] === second[column - 1]
      const swapped = first[row - 1] === second[column - 2] && first[row - 2] === second[column - 1]
      current.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (same ? 0 : 1),
          swapped && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    before = above
    above = current
  }
  return above[second.length] ?? 0
}

/** A distinctive beginning counts as one mistake. */
function mistakes(word: string, candidate: string): number {
  const edits = distance(word, candidate)
  return word.length >= 3 && candidate.startsWith(word) ? Math.min(1, edits) : edits
}

/** One mistake in a short word, a third of the letters in a long one. */
function allowed(word: string, candidate: string): number {
  return Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
}

/** The candidate that was probably meant, null when none is near. The first of equally near ones wins; case is ignored. */
export function closest(word: string, candidates: readonly string[]): string | null {
  const typed = word.toLowerCase()
  if (typed === '') return null
  let best: {readonly candidate: string; readonly cost: number} | null = null
  for (const candidate of candidates) {
    const target = candidate.toLowerCase()
    const cost = mistakes(typed, target)
    if (cost <= allowed(typed, target) && cost < target.length && (best === null || cost < best.cost))
      best = {candidate, cost}
  }
  return best?.candidate ?? null
}
