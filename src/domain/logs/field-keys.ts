/**
 * What loggers call what is understood, in the order of trust; a name with dots is also looked for nested. `candidate-pattern.ts` looks
 * for the last part of each in the bytes.
 */
export const KEYS = {
  at: [
    ...['timestamp', 'time', 'ts', '@timestamp', '@t', 'T', 'Timestamp', 'datetime', 'asctime', 'time_iso8601'],
    ...['start_time', 't', 'instant', 'timeUnixNano', 'record.time.timestamp', 'context.time', '__REALTIME_TIMESTAMP'],
    ...['EdgeStartTimestamp', 'EventTimestampMs', 'timeStamp', 'requestTime'],
  ],
  level: [
    ...['level', 'severity', 'lvl', 'levelname', 'log.level', '@level', 'level_name', 'LogLevel', '@l', 'L'],
    ...[
      's',
      'severityText',
      'severity_text',
      'error_severity',
      'record.level.name',
      '@fields.level',
      'context.logLevel',
    ],
    ...['loglevel', 'logLevel', 'Level', 'severityNumber', 'fields.level'],
  ],
  message: [
    ...['message', 'msg', 'event', 'short_message', '@m', '@mt', '@message', 'M', 'Message', 'fields.message'],
    ...['body.stringValue', 'record.message', 'MESSAGE'],
  ],
  module: [
    'module',
    'logger',
    'name',
    'logger_name',
    'log.logger',
    'loggerName',
    '@module',
    'target',
    'context',
    'Category',
  ],
  requestId: [
    ...['request_id', 'requestId', 'reqId', 'req_id', 'x_request_id', 'http.request.id', 'http.request_id'],
    ...['RequestId', 'requestID', 'correlation_id', 'correlationId', '_request_id', 'req.id', 'rid', 'RayID'],
  ],
  userId: ['user_id', 'userId', 'user.id'],
  method: [
    ...['method', 'req.method', 'request.method', 'request_method', 'http.request.method', 'http.method'],
    ...['RequestMethod', 'httpRequest.requestMethod', 'requestMethod', 'ClientRequestMethod', 'httpMethod'],
    'properties.httpMethod',
  ],
  endpoint: ['endpoint', 'route', 'http.route'],
  path: [
    ...['path', 'url', 'req.url', 'uri', 'request_uri', 'url.path', 'url.original', 'http.target', 'http.request.uri'],
    ...['request.uri', 'RequestPath', 'requestUrl', 'httpRequest.requestUrl', 'http.url', 'url.full', '_path'],
    ...['ClientRequestURI', 'properties.requestUri'],
  ],
  status: [
    ...['status', 'status_code', 'statusCode', 'res.statusCode', 'res.status', 'http.response.status_code'],
    ...['http.response.status', 'http.status_code', 'httpRequest.status', '_status', 'StatusCode', 'DownstreamStatus'],
    ...['response_code', 'detail.http_info.status', 'response.status', 'resp_status', 'response_status'],
    ...['EdgeResponseStatus', 'properties.httpStatus'],
  ],
  exception: [
    ...['exception', 'stack', 'stack_trace', 'error.stack_trace', 'stacktrace', 'exc_info', '@x', 'thrown'],
    ...[
      'full_message',
      'Exception',
      'err.stack',
      'error.stack',
      'err.message',
      'error.message',
      'exception.stacktrace',
    ],
  ],
} as const

/** Where loggers put the fields of a program's own; each of `KEYS` is looked for there too. */
export const WRAPPERS = ['fields', 'meta', '@fields', 'context', 'extra', 'attr', 'attributes', 'record.extra'] as const

/** Durations whose name or whose logger tells the unit. */
export const DURATION_KEYS = {
  milliseconds: [
    ...['duration_ms', 'durationMs', 'responseTime', 'response_time_ms', 'latency_ms', 'elapsed_ms', 'Elapsed'],
    ...['durationMillis', 'elapsedMs', 'took_ms', 'grpc.time_ms'],
  ],
  microseconds: ['duration_us', 'latency_us', 'elapsed_us'],
  seconds: ['duration_seconds', 'durationSeconds', 'duration_s', 'request_time', 'rt', 'elapsed_s'],
  nanoseconds: ['event.duration', 'duration_ns', 'durationNs', 'latency_ns'],
  /** Only as a text with its unit. */
  texts: ['latency_human', 'http.response.duration', 'httpRequest.latency', 'response_time', 'took'],
} as const
