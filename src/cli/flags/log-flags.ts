import {Flags} from '@oclif/core'
import {FaciError} from '../../domain/errors.js'
import {isPlain} from '../../domain/logs/candidate-pattern.js'
import type {LogFilter, LogPattern} from '../../domain/logs/log-filter.js'
import {LOG_LEVELS, levelNamed, type LogLevel} from '../../domain/logs/log-level.js'
import {parseStatusRanges, type StatusRange} from '../../domain/logs/status-range.js'
import type {LogQuery} from '../../usecases/logs/log-query.js'
import {correctionOf} from '../../domain/text/did-you-mean.js'
import type {App} from '../app/app-ports.js'
import {loadPatterns} from '../app/load-patterns.js'
import {momentFlag, momentOf, optionalDurationFlag} from './flags.js'

/** The library is loaded only for what is more than plain text. */
async function parsePattern(source: string): Promise<LogPattern> {
  if (isPlain(source)) return {source, isIn: (text) => text.includes(source)}
  const {searchProblem, finder} = await loadPatterns()
  const why = searchProblem(source)
  if (why === null) return {source, isIn: finder(source)}
  throw new FaciError('usage', `${JSON.stringify(source)} cannot be used as a regular expression: ${why}`, {
    suggestions: [
      String.raw`to find text as it is, write \ before each of . * + ? ( ) [ ] { } | ^ $`,
      "the syntax is RE2's, as in PromQL: no look-ahead, no look-behind, no back-references",
    ],
  })
}

/** Also by the names that log lines and screens have for it: `warn`, `err`, `fatal`. */
function parseLevel(text: string): LogLevel {
  const level = levelNamed(text)
  if (level !== null) return level
  const correction = correctionOf(text, LOG_LEVELS)
  throw new FaciError('usage', `${text} is not a log level: use ${LOG_LEVELS.join(', ')}`, {correction})
}

/** Which entries are wanted. */
export const LOG_FILTER_FLAGS = {
  errors: Flags.boolean({description: 'only entries of level error or critical', exclusive: ['level']}),
  level: Flags.custom<LogLevel>({
    description: `minimum level: ${LOG_LEVELS.join(', ')}`,
    helpValue: 'LEVEL',
    parse: (text) => Promise.resolve(parseLevel(text)),
  })(),
  slow: optionalDurationFlag({description: 'only requests that took at least this long'}),
  endpoint: Flags.string({description: 'only requests to this path and below it', helpValue: '/PATH'}),
  status: Flags.custom<readonly StatusRange[]>({
    description: 'only requests with this status: 404, 5xx, 4xx-5xx, 404,5xx',
    helpValue: 'STATUS',
    parse: (text) => Promise.resolve(parseStatusRanges(text)),
  })(),
  'request-id': Flags.string({
    description: 'only entries of one request; the first group of a UUID is enough',
    helpValue: 'ID',
  }),
  grep: Flags.custom<LogPattern>({
    description: "entries with this regular expression in them (RE2's syntax, as in PromQL; (?i) for any case)",
    helpValue: 'RE',
    parse: parsePattern,
  })(),
  since: momentFlag('start of the time range: 15m, 2h ago, or a timestamp'),
  until: momentFlag('end of the time range: 15m, 2h ago, or a timestamp'),
  tail: Flags.integer({
    description:
      'only the last N that match (default: 100 on a terminal without a filter, 20 with --follow, 1000 with --json, else all)',
    helpValue: 'N',
    max: 1_000_000,
    min: 1,
  }),
}

interface FilterFlags {
  readonly errors: boolean
  readonly level: LogLevel | undefined
  readonly slow: number | undefined
  readonly endpoint: string | undefined
  readonly status: readonly StatusRange[] | undefined
  readonly 'request-id': string | undefined
  readonly grep: LogPattern | undefined
  readonly since: number | undefined
  readonly until: number | undefined
  readonly tail: number | undefined
}

/** Throws `usage` for a window that nothing can be in: `--since 5m --until 10m` ends before it begins. */
function refuseEmptyWindow({since, until}: FilterFlags): void {
  if (since === undefined || until === undefined || since < until) return
  const [from, to] = [since, until].map((at) => new Date(at * 1000).toISOString())
  throw new FaciError('usage', `--since is not before --until: from ${from ?? ''} to ${to ?? ''}`, {
    suggestions: ['--since takes the earlier time: --since 10m --until 5m'],
  })
}

export function logQuery(project: string, services: readonly string[], flags: FilterFlags): LogQuery {
  const filter: LogFilter = {
    minimumLevel: flags.errors ? 'error' : flags.level,
    slowSeconds: flags.slow,
    endpoint: flags.endpoint,
    statuses: flags.status,
    requestId: flags['request-id'],
    grep: flags.grep,
  }
  refuseEmptyWindow(flags)
  const {since, until, tail} = flags
  return {project, services, filter, since, until, tail}
}

type TypedFlags = Omit<FilterFlags, 'since' | 'until'> & Readonly<Record<'since' | 'until', string | undefined>>

/** As `logQuery`, of times as they were typed. */
export async function typedLogQuery(app: App, services: readonly string[], flags: TypedFlags): Promise<LogQuery> {
  const [since, until] = [await momentOf(app, flags.since), await momentOf(app, flags.until)]
  const query = logQuery((await app.place()).project, services, {...flags, since, until})
  return {...query, rules: app.config.logs}
}
