import type {FoundEntry} from './scan-container.js'

interface Head {
  readonly source: AsyncIterator<readonly FoundEntry[]>
  batch: readonly FoundEntry[]
  next: number
}

async function refill(head: Head): Promise<boolean> {
  const step = await head.source.next()
  if (step.done === true) return false
  head.batch = step.value
  head.next = 0
  return true
}

function orderOf({batch, next}: Head): string {
  return batch[next]?.order ?? ''
}

/** Merges streams that are each in order; holds one batch of each. Batches are never empty. */
export async function* mergeByTime(
  streams: readonly AsyncIterable<readonly FoundEntry[]>[],
): AsyncGenerator<readonly FoundEntry[]> {
  const heads = streams.map((stream): Head => ({source: stream[Symbol.asyncIterator](), batch: [], next: 0}))
  const filled = await Promise.all(heads.map(refill))
  let live = heads.filter((_head, index) => filled[index])
  try {
    while (live.length > 0) {
      const [first, second] = live.toSorted((one, other) =>
        orderOf(one) < orderOf(other) ? -1 : orderOf(one) > orderOf(other) ? 1 : 0,
      )
      if (first === undefined) return
      const limit = second === undefined ? null : orderOf(second)
      const from = first.next
      do first.next += 1
      while (first.next < first.batch.length && (limit === null || orderOf(first) <= limit))
      yield first.batch.slice(from, first.next)
      if (first.next === first.batch.length && !(await refill(first))) live = live.filter((head) => head !== first)
    }
  } finally {
    await Promise.all(live.map(async ({source}) => source.return?.()))
  }
}
