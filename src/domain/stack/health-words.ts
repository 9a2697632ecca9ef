/** What the body of an answer says of the health of whoever answered. */
export interface StatedHealth {
  readonly outcome: 'healthy' | 'degraded' | 'failing' | 'unknown'
  /** As it was written: `DOWN`, `false`. */
  readonly word: string
  /** The parts that it says are not well, by name; a few of them. */
  readonly parts: readonly string[]
}

type Outcome = StatedHealth['outcome']
export type Statement = Pick<StatedHealth, 'outcome' | 'word'>

/** In lower case, with `_` between words. */
const WORDS: Readonly<Record<Outcome, readonly string[]>> = {
  healthy: [
    ...['up', 'ok', 'okay', 'pass', 'passed', 'passing', 'healthy', 'alive', 'ready', 'live', 'available', 'green'],
    ...['serving', 'success', 'operational', 'running', 'working', 'true'],
  ],
  degraded: [
    ...['degraded', 'warn', 'warning', 'yellow', 'impaired', 'partial', 'partially_degraded', 'partially_available'],
    ...['maintenance', 'under_maintenance', 'in_maintenance', 'starting', 'initializing', 'draining', 'stopping'],
  ],
  failing: [
    ...['down', 'fail', 'failed', 'failing', 'failure', 'unhealthy', 'error', 'out_of_service', 'critical', 'red'],
    ...['not_ok', 'not_ready', 'not_healthy', 'not_serving', 'not_alive', 'not_available', 'not_working'],
    ...['shutting_down', 'unavailable', 'service_unavailable', 'timeout_during_health_check', 'unreachable'],
    ...['crashed', 'stopped', 'disconnected', 'offline', 'dead', 'nok', 'false'],
  ],
  unknown: ['unknown', 'service_unknown'],
}
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map(
  (Object.keys(WORDS) as Outcome[]).flatMap((outcome) => WORDS[outcome].map((word) => [word, outcome] as const)),
)
const WORST_FIRST: readonly Outcome[] = ['failing', 'degraded', 'unknown', 'healthy']

/** Longer than any of them, whatever stands between their letters. */
const LONGEST_WORD = 40
/** Of a part, a name; and so many parts. */
const LONGEST_NAME = 60
const MOST_PARTS = 5

export function outcomeOf(word: string): Outcome | null {
  if (word.length > LONGEST_WORD) return null
  const normal = word.trim().replace(/[.!]$/, '').replace(/[\s-]/g, '_').toLowerCase()
  return OUTCOMES.get(normal) ?? null
}

export function worst<One extends Statement>(statements: readonly One[]): One | null {
  const rank = ({outcome}: Statement): number => WORST_FIRST.indexOf(outcome)
  return statements.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
}

/** Something that the service needs, as it says. */
export interface Part extends Statement {
  readonly name: string
}

export function unwell(parts: readonly Part[]): readonly string[] {
  const names = parts.filter(({outcome}) => outcome !== 'healthy').map(({name}) => name.slice(0, LONGEST_NAME))
  return [...new Set(names)].slice(0, MOST_PARTS)
}

/** Where only parts are told of: whether the whole can do without the one that is down is not said. */
export function ofParts(parts: readonly Part[]): StatedHealth | null {
  const found = worst(parts)
  if (found === null) return null
  const outcome = found.outcome === 'failing' ? 'degraded' : found.outcome
  return {outcome, word: found.word, parts: unwell(parts)}
}

/** Words that a reason may follow, as in `DOWN: no database`: others are as often about something else. */
const BEFORE_A_REASON =
  /^(down|unhealthy|out[_ -]of[_ -]service|fail(?:ed)?|degraded|not ready|unavailable)\s*(?:[:(–—]|-\s)/i
/** As Nagios' plugins write it, in capitals. */
const BEFORE_A_DASH = /^(CRITICAL|WARNING|UNKNOWN|OK)\s+[-–:]\s/

/** A word alone, or one that a reason follows. */
export function statedWord(line: string): Statement | null {
  const word = BEFORE_A_REASON.exec(line)?.[1] ?? BEFORE_A_DASH.exec(line)?.[1] ?? line
  const outcome = outcomeOf(word)
  return outcome === null ? null : {outcome, word: word.trim()}
}
