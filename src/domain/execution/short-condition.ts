const LONGEST = 60

/** A condition as it is told within a sentence: a long query is cut. */
export function shortCondition(condition: string): string {
  const line = condition.replaceAll(/\s+/g, ' ').trim()
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`
}
