import {shortened, tellsOfError} from './error-text.js'

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
    ...[
      'serving',
      'success',
      'operational',
      'running',
      'working',
      'true',
      'connected',
      'reachable',
      'online',
      'started',
    ],
    ...['server_available', 'no_error', 'no_errors', 'not_failed', 'not_down', 'health_ok'],
  ],
  degraded: [
    ...['degraded', 'warn', 'warning', 'yellow', 'impaired', 'partial', 'partially_degraded', 'partially_available'],
    ...['maintenance', 'under_maintenance', 'in_maintenance', 'maintenance_mode', 'maint', 'nolb', 'draining', 'drain'],
    ...[
      'starting',
      'initializing',
      'initialising',
      'pre_initializing',
      'booting',
      'warming_up',
      'recovering',
      'stopping',
      'restarting',
      'terminating',
    ],
    ...['degraded_performance', 'partial_outage', 'statusrecoverableerror', 'health_warn', 'db_migration_needed'],
    ...[
      'db_migration_running',
      'unassigned',
      'broken',
      'inconsistent',
      'not_connected',
      'lost',
      'timeout',
      'timed_out',
    ],
  ],
  failing: [
    ...['down', 'fail', 'failed', 'failing', 'failure', 'unhealthy', 'error', 'out_of_service', 'critical', 'red'],
    ...['not_ok', 'not_ready', 'not_healthy', 'not_serving', 'not_alive', 'not_available', 'not_working'],
    ...['shutting_down', 'unavailable', 'service_unavailable', 'timeout_during_health_check', 'unreachable'],
    ...['crashed', 'stopped', 'disconnected', 'offline', 'dead', 'nok', 'ko', 'false', 'fatal', 'bad', 'err', 'crit'],
    ...['major_outage', 'statuspermanenterror', 'statusfatalerror', 'not_running', 'health_err'],
  ],
  unknown: ['unknown', 'service_unknown'],
}
const OUTCOMES: ReadonlyMap<string, Outcome> = new Map(
  (Object.keys(WORDS) as Outcome[]).flatMap((outcome) => WORDS[outcome].map((word) => [word, outcome] as const)),
)
const WORST_FIRST: readonly Outcome[] = ['failing', 'degraded', 'unknown', 'healthy']
/** `start failed`, `DB_CONNECTION_ERROR`: what it is of is not known here, so that it is not taken for the worst. */
const ENDS_BADLY =
  /^(?!(?:no|not|never|without|zero|0|last|previous)_)(?:[a-z0-9]+_){1,2}(?:failed|failure|error|unhealthy|unavailable|unreachable)$/

/** Longer than any of them, whatever stands between their letters. */
const LONGEST_WORD = 40
/** Of a part, a name; and so many parts. */
const LONGEST_NAME = 60
const MOST_PARTS = 5

export function outcomeOf(word: string): Outcome | null {
  if (word.length > LONGEST_WORD) return null
  const normal = word.trim().replace(/[.!]$/, '').replace(/[\s-]/g, '_').toLowerCase()
  return OUTCOMES.get(normal) ?? (ENDS_BADLY.test(normal) ? 'degraded' : null)
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
  const names = parts
    .filter(({outcome, name}) => outcome !== 'healthy' && name !== '')
    .map(({name}) => name.slice(0, LONGEST_NAME))
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
  /^(down|unhealthy|out[_ -]of[_ -]service|fail(?:ed)?|degraded|not ready|unavailable|warn(?:ing)?|error)\s*(?:[:(–—]|-\s)\s*(.*)/i
/** As Nagios' plugins write it, in capitals. */
const BEFORE_A_DASH = /^(CRITICAL|WARNING|UNKNOWN|OK)\s+[-–:]\s/
/** Where an error, or how many there are, would stand. */
const NO_ERROR = /^(?:none|null|nil|no(?:ne found| errors?)?|ok|false|nothing|n\/a|-|\d+)?$/i

/** Whether what stands where an error would is none. */
export function isNoError(text: string): boolean {
  return NO_ERROR.test(text.trim().replace(/[.!]$/, ''))
}

function beforeReason(line: string): string | undefined {
  const [, word, reason = ''] = BEFORE_A_REASON.exec(line) ?? []
  return word !== undefined && /^(?:warn|error)/i.test(word) && isNoError(reason) ? undefined : word
}

/** A word alone, or one that a reason follows. */
export function statedWord(line: string): Statement | null {
  const word = beforeReason(line) ?? BEFORE_A_DASH.exec(line)?.[1] ?? line
  const outcome = outcomeOf(word)
  if (outcome === null) return null
  // An error with its text: what it is of, it does not say.
  const isError = word !== line && /^error/i.test(word)
  return {outcome: isError ? 'degraded' : outcome, word: isError ? shortened(line) : word.trim()}
}

/** What is said of one thing by its name: a word, or the text of an error. */
export function statedText(text: string): Statement | null {
  return statedWord(text) ?? (tellsOfError(text) ? {outcome: 'failing', word: shortened(text)} : null)
}
