/** As the store signs whoever is only said to be there. */
const MARK = ' (unverified)'

/** Who did something, in the language of those who read it. */
export function signed(by: string, {unverified}: {readonly unverified: string}): string {
  return by.endsWith(MARK) ? `${by.slice(0, -MARK.length)} (${unverified})` : by
}
