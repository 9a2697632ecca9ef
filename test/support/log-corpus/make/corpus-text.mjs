/** One file of the corpus: where it is from, then each entry's lines (`> `) with what they say (`= `). */
export function corpusText({from, text, expect, lines, at = '2026-11-20T03:12:04.118Z', note}) {
  const all = text.replace(/\n+$/, '').split('\n')
  const counts = lines ?? expect.map(() => 1)
  const total = counts.reduce((sum, count) => sum + count, 0)
  if (total !== all.length) throw new Error(`${all.length} lines, not ${total}`)
  let next = 0
  const entries = expect.map((said, index) => {
    const own = all.slice(next, (next += counts[index]))
    const {at: ownAt = at, ...rest} = said
    const full = ownAt === 'engine' ? rest : {at: ownAt, ...rest}
    return [...own.map((line) => `> ${line}`), `= ${JSON.stringify(full)}`].join('\n')
  })
  const head = [`# printed by: ${from}`, ...(note === undefined ? [] : [`# note: ${note}`])]
  return `${[...head, ...entries].join('\n')}\n`
}
