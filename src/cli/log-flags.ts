import {Flags} from '@oclif/core'
import {FaciError} from '../domain/errors.js'
import type {LogFilter} from '../domain/logs/log-filter.js'
import {LOG_LEVELS, type LogLevel} from '../domain/logs/log-level.js'
import {parseStatusRanges, type StatusRange} from '../domain/logs/status-range.js'
import type {LogQuery} from '../usecases/logs/log-query.js'
import {momentFlag, optionalDurationFlag} from './flags.js'

function parsePattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not a regular expression'
    throw new FaciError('usage', `--grep: ${why}`, {
      suggestions: [String.raw`to find text as it is, write \ before each of . * + ? ( ) [ ] { } | ^ $`],
    })
  }
}

/** Which entries are wanted. */
export const LOG_FILTER_FLAGS = {
  errors: Flags.boolean({description: 'errors and worse', exclusive: ['level']}),
  level: Flags.option({description: 'this level and worse', options: LOG_LEVELS})(),
  slow: optionalDurationFlag({description: 'requests that took this long or longer'}),
  endpoint: Flags.string({description: 'requests to this path and below', helpValue: '/PATH'}),
  status: Flags.custom<readonly StatusRange[]>({
    description: 'requests answered so: 404, 5xx, 4xx-5xx, 404,5xx',
    helpValue: 'STATUS',
    parse: (text) => Promise.resolve(parseStatusRanges(text)),
  })(),
  'request-id': Flags.string({description: 'everything about one request', helpValue: 'ID'}),
  grep: Flags.custom<RegExp>({
    description: 'entries with this regular expression in them',
    helpValue: 'RE',
    parse: (text) => Promise.resolve(parsePattern(text)),
  })(),
  since: momentFlag('not older: 15m, 2h, or a time'),
  until: momentFlag('not newer: 15m, 2h, or a time'),
  tail: Flags.integer({description: 'only the last N that match', helpValue: 'N', max: 1_000_000, min: 1}),
}

interface FilterFlags {
  readonly errors: boolean
  readonly level: LogLevel | undefined
  readonly slow: number | undefined
  readonly endpoint: string | undefined
  readonly status: readonly StatusRange[] | undefined
  readonly 'request-id': string | undefined
  readonly grep: RegExp | undefined
  readonly since: number | undefined
  readonly until: number | undefined
  readonly tail: number | undefined
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
  const {since, until, tail} = flags
  return {project, services, filter, since, until, tail}
}
