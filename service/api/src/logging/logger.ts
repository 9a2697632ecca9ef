import type {DestinationStream} from 'pino'
import {destination as openDestination, pino} from 'pino'
import type {LogLevel} from '../config.js'
import {findCallSite} from './call-site.js'

interface LogFields {
  readonly request_id?: string
  readonly user_id?: string
  /** Logged as a string with its stack and its causes. */
  readonly exception?: unknown
  readonly [name: string]: unknown
}

type LogMethod = (message: string, fields?: LogFields) => void

/** One JSON object a line, in the shape of the monitoring guide's formatter. */
export interface Logger {
  readonly debug: LogMethod
  readonly info: LogMethod
  readonly warning: LogMethod
  readonly error: LogMethod
  readonly critical: LogMethod
}

const LEVEL_VALUES: Readonly<Record<LogLevel, number>> = {debug: 10, info: 20, warning: 30, error: 40, critical: 50}

/** Writes synchronously to stdout unless given another destination: a crash loses no line. */
export function createLogger(
  level: LogLevel,
  destination: DestinationStream = openDestination({dest: 1, sync: true}),
): Logger {
  const sink = pino(
    {
      level,
      customLevels: LEVEL_VALUES,
      useOnlyCustomLevels: true,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      formatters: {level: (label) => ({level: label.toUpperCase()})},
    },
    destination,
  )
  const methodFor = (name: LogLevel): LogMethod => {
    const log: LogMethod = (message, fields = {}) => {
      if (!sink.isLevelEnabled(name)) return
      const {exception, ...rest} = fields
      const failure = exception === undefined ? {} : {exception: describeException(exception)}
      sink[name]({...findCallSite(log), ...rest, ...failure}, message)
    }
    return log
  }
  return {
    debug: methodFor('debug'),
    info: methodFor('info'),
    warning: methodFor('warning'),
    error: methodFor('error'),
    critical: methodFor('critical'),
  }
}

/** The stack, followed by that of each cause. */
function describeException(exception: unknown): string {
  if (!(exception instanceof Error)) return String(exception)
  const own = exception.stack ?? `${exception.name}: ${exception.message}`
  return exception.cause === undefined ? own : `${own}\nCaused by: ${describeException(exception.cause)}`
}
