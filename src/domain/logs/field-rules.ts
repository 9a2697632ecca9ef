import type {LevelFamily} from './log-level.js'

export const DURATION_UNITS = {ns: 1e-9, us: 1e-6, ms: 1e-3, s: 1} as const
export type DurationUnit = keyof typeof DURATION_UNITS

/** Where a service's lines say what; a name with dots is also looked for nested. What is absent is looked for by the usual names. */
export interface FieldRules {
  readonly level?: string | undefined
  /** What a level's numbers mean. */
  readonly levels?: LevelFamily | undefined
  readonly time?: string | undefined
  readonly message?: string | undefined
  readonly status?: string | undefined
  readonly path?: string | undefined
  readonly requestId?: string | undefined
  readonly duration?: {readonly key: string; readonly unit: DurationUnit} | undefined
}

export const LOG_PRESETS = {
  ecs: {
    ...{level: 'log.level', time: '@timestamp', message: 'message', status: 'http.response.status_code'},
    ...{path: 'url.path', requestId: 'http.request.id', duration: {key: 'event.duration', unit: 'ns'}},
  },
  pino: {level: 'level', levels: 'pino', time: 'time', duration: {key: 'responseTime', unit: 'ms'}},
  gelf: {level: 'level', levels: 'syslog', time: 'timestamp', message: 'short_message', status: '_status'},
  monolog: {level: 'level', levels: 'monolog', time: 'datetime', message: 'message'},
  otel: {level: 'severityNumber', levels: 'otel', time: 'timeUnixNano', message: 'body.stringValue'},
  slog: {level: 'level', time: 'time', message: 'msg', duration: {key: 'duration', unit: 'ns'}},
  structlog: {level: 'level', time: 'timestamp', message: 'event', duration: {key: 'duration', unit: 's'}},
  caddy: {status: 'status', path: 'request.uri', duration: {key: 'duration', unit: 's'}},
  traefik: {status: 'DownstreamStatus', path: 'RequestPath', duration: {key: 'Duration', unit: 'ns'}},
  envoy: {time: 'start_time', status: 'response_code', path: 'path', duration: {key: 'duration', unit: 'ms'}},
  nginx: {status: 'status', path: 'request_uri', duration: {key: 'request_time', unit: 's'}},
} as const satisfies Readonly<Record<string, FieldRules>>

export type LogPreset = keyof typeof LOG_PRESETS
