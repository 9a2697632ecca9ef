/** From `start` until just before `end`, in epoch ms; `end` is after `start`. */
export interface Interval {
  readonly start: number
  readonly end: number
}

/** Sorted, and none of them touch. */
export function union(intervals: readonly Interval[]): readonly Interval[] {
  const merged: {start: number; end: number}[] = []
  for (const {start, end} of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || start > last.end) merged.push({start, end})
    else last.end = Math.max(last.end, end)
  }
  return merged
}

export function overlap(a: Interval, b: Interval): Interval | null {
  const [start, end] = [Math.max(a.start, b.start), Math.min(a.end, b.end)]
  return start < end ? {start, end} : null
}

/** Each piece with those of `others` that it meets; both sorted, and neither with overlaps of its own. */
function* meetings<T extends Interval>(
  pieces: readonly T[],
  others: readonly Interval[],
): Generator<readonly [T, readonly Interval[]]> {
  let first = 0
  for (const piece of pieces) {
    while (first < others.length && (others[first]?.end ?? 0) <= piece.start) first += 1
    let past = first
    while (past < others.length && (others[past]?.start ?? 0) < piece.end) past += 1
    yield [piece, others.slice(first, past)]
  }
}

/** What each of `pieces` has in common with the windows; both sorted, and neither with overlaps of its own. */
export function within<T extends Interval>(pieces: readonly T[], windows: readonly Interval[]): readonly T[] {
  const cut: T[] = []
  for (const [piece, met] of meetings(pieces, windows)) {
    for (const {start, end} of met) {
      cut.push({...piece, start: Math.max(piece.start, start), end: Math.min(piece.end, end)})
    }
  }
  return cut
}

/** What of each of `pieces` lies outside `holes`; both sorted, and neither with overlaps of its own. */
export function without<T extends Interval>(pieces: readonly T[], holes: readonly Interval[]): readonly T[] {
  const left: T[] = []
  for (const [piece, met] of meetings(pieces, holes)) {
    let {start} = piece
    for (const hole of met) {
      if (hole.start > start) left.push({...piece, start, end: hole.start})
      start = hole.end
    }
    if (start < piece.end) left.push({...piece, start})
  }
  return left
}

/** `under` where `over` leaves it to be seen, and all of `over`; sorted. */
export function covered<T extends Interval>(under: readonly T[], over: readonly T[]): readonly T[] {
  return [...without(under, over), ...over].sort((a, b) => a.start - b.start)
}
