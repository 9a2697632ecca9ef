/** Open at once: not ten thousand files. */
const BATCH = 50

/** As `Promise.all` of `work` on each, in the order of the items, but only so many at a time. */
export async function inBatches<Item, Made>(
  items: readonly Item[],
  work: (item: Item) => Promise<Made>,
): Promise<readonly Made[]> {
  const made: Made[] = []
  for (let start = 0; start < items.length; start += BATCH)
    made.push(...(await Promise.all(items.slice(start, start + BATCH).map(work))))
  return made
}
