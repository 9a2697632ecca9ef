// node by-hand.mjs: formats that no package here prints, after the documentation that each names. Writes ../formats/*.txt.
import {writeFileSync} from 'node:fs'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const AT = '2026-11-20T03:12:04.118Z'
const S = '2026-11-20T03:12:04.000Z'
const index = 'cannot reach the price index'

/** [documentation, [[lines, expected], …]] */
const FORMATS = {
  'slog-json': [
    'Go, log/slog JSONHandler',
    [
      [
        `{"time":"2026-11-20T03:12:04.118Z","level":"INFO","msg":"request","method":"GET","path":"/cars/7","status":200,"duration":12345678}`,
        {at: AT, level: 'info', message: 'request', path: '/cars/7', status: 200, durationMs: 12.345678},
      ],
      [
        `{"time":"2026-11-20T03:12:04.118Z","level":"ERROR+2","msg":"${index}"}`,
        {at: AT, level: 'error', message: index},
      ],
      [
        `{"time":"2026-11-20T03:12:04.118Z","level":"WARN","msg":"cache is cold"}`,
        {at: AT, level: 'warning', message: 'cache is cold'},
      ],
    ],
  ],
  'slog-text': [
    'Go, log/slog TextHandler',
    [
      [
        `time=2026-11-20T03:12:04.118Z level=INFO msg=request method=GET path=/cars/7 status=200 duration=12.345678ms`,
        {at: AT, level: 'info', message: 'request', path: '/cars/7', status: 200, durationMs: 12.345678},
      ],
      [`time=2026-11-20T03:12:04.118Z level=ERROR msg="${index}"`, {at: AT, level: 'error', message: index}],
    ],
  ],
  'serilog-compact': [
    'Serilog.Formatting.Compact',
    [
      [
        `{"@t":"2026-11-20T03:12:04.1180000Z","@m":"HTTP GET /cars/7 responded 200 in 12.3450 ms","@i":"d7c09ec3","RequestMethod":"GET","RequestPath":"/cars/7","StatusCode":200,"Elapsed":12.345,"RequestId":"0HMV:00000001","ConnectionId":"0HMV"}`,
        {
          at: AT,
          level: 'info',
          message: 'HTTP GET /cars/7 responded 200 in 12.3450 ms',
          path: '/cars/7',
          status: 200,
          durationMs: 12.345,
          requestId: '0HMV:00000001',
        },
      ],
      [
        `{"@t":"2026-11-20T03:12:04.1180000Z","@mt":"${index}","@l":"Error","@x":"System.InvalidOperationException: boom\\n   at Shop.Pay()"}`,
        {at: AT, level: 'error', message: index, exception: 'at Shop.Pay()'},
      ],
      [
        `{"@t":"2026-11-20T03:12:04.1180000Z","@mt":"lost the lease","@l":"Fatal"}`,
        {at: AT, level: 'critical', message: 'lost the lease'},
      ],
    ],
  ],
  'serilog-console': [
    'Serilog.Sinks.Console',
    [
      [`[03:12:04 INF] started`, {level: 'info', message: 'started'}],
      [`[03:12:04 WRN] cache is cold, no error yet`, {level: 'warning', message: 'cache is cold, no error yet'}],
      [
        `[03:12:04 ERR] ${index}\nSystem.InvalidOperationException: boom\n   at Shop.Pay() in /app/Pay.cs:line 3`,
        {level: 'error', message: index, exception: 'at Shop.Pay()'},
      ],
      [`[03:12:04 FTL] lost the lease`, {level: 'critical', message: 'lost the lease'}],
    ],
  ],
  'dotnet-console': [
    '.NET, SimpleConsoleFormatter',
    [
      [
        `info: Microsoft.Hosting.Lifetime[14]\n      Now listening on: http://[::]:8080`,
        {level: 'info', message: 'any', exception: 'any'},
      ],
      [`warn: Shop.Pay[0]\n      cache is cold, no error yet`, {level: 'warning', message: 'any', exception: 'any'}],
      [
        `fail: Shop.Pay[0]\n      ${index}\n      System.InvalidOperationException: boom\n         at Shop.Pay.Charge() in /app/Pay.cs:line 3`,
        {level: 'error', message: 'any', exception: 'at Shop.Pay.Charge()'},
      ],
      [`crit: Shop.Pay[0]\n      lost the lease`, {level: 'critical', message: 'any', exception: 'any'}],
      [`dbug: Shop.Pay[0]\n      details`, {level: 'debug', message: 'any', exception: 'any'}],
    ],
  ],
  'dotnet-json-console': [
    '.NET, JsonConsoleFormatter',
    [
      [
        `{"Timestamp":"2026-11-20T03:12:04.118Z","EventId":0,"LogLevel":"Error","Category":"Shop.Pay","Message":"${index}","Exception":"System.InvalidOperationException: boom at Shop.Pay()","State":{"Message":"${index}","{OriginalFormat}":"${index}"}}`,
        {at: AT, level: 'error', message: index, exception: 'at Shop.Pay()'},
      ],
      [
        `{"Timestamp":"2026-11-20T03:12:04.118Z","EventId":14,"LogLevel":"Information","Category":"Microsoft.Hosting.Lifetime","Message":"started","State":{"Message":"started"}}`,
        {at: AT, level: 'info', message: 'started'},
      ],
    ],
  ],
  'traefik-json': [
    'Traefik, access logs in JSON',
    [
      [
        `{"ClientAddr":"10.0.0.9:40122","ClientHost":"10.0.0.9","DownstreamContentSize":2,"DownstreamStatus":200,"Duration":12345678,"OriginDuration":12000000,"OriginStatus":200,"Overhead":345678,"RequestAddr":"shop.example","RequestMethod":"GET","RequestPath":"/cars/7?x=1","RequestProtocol":"HTTP/1.1","RouterName":"shop@docker","StartUTC":"2026-11-20T03:12:04.1Z","level":"info","msg":"","time":"2026-11-20T03:12:04Z"}`,
        {at: S, level: 'info', message: 'any', path: '/cars/7', status: 200, durationMs: 12.345678},
      ],
      [
        `{"ClientAddr":"10.0.0.9:40122","DownstreamStatus":502,"Duration":1900000000,"OriginStatus":502,"RequestMethod":"POST","RequestPath":"/pay","level":"info","msg":"","time":"2026-11-20T03:12:04Z"}`,
        {at: S, level: 'info', message: 'any', path: '/pay', status: 502, durationMs: 1900},
      ],
    ],
  ],
  'traefik-clf': [
    'Traefik, access logs in the common format',
    [
      [
        `10.0.0.9 - - [20/Nov/2026:03:12:04 +0000] "GET /cars/7?x=1 HTTP/1.1" 200 2 "-" "curl/8" 17 "shop@docker" "http://172.18.0.3:80" 12ms`,
        {at: S, level: null, message: 'GET /cars/7', path: '/cars/7', status: 200, durationMs: 12},
      ],
      [
        `10.0.0.9 - - [20/Nov/2026:03:12:04 +0000] "POST /pay HTTP/1.1" 502 11 "-" "-" 18 "shop@docker" "http://172.18.0.3:80" 1900ms`,
        {at: S, level: null, message: 'POST /pay', path: '/pay', status: 502, durationMs: 1900},
      ],
    ],
  ],
  'traefik-log': [
    'Traefik 2, its own log',
    [
      [
        `time="2026-11-20T03:12:04Z" level=error msg="${index}" providerName=docker`,
        {at: S, level: 'error', message: index},
      ],
      [
        `time="2026-11-20T03:12:04Z" level=info msg="Configuration loaded from flags."`,
        {at: S, level: 'info', message: 'Configuration loaded from flags.'},
      ],
    ],
  ],
  mongodb: [
    'MongoDB 4.4 and later, structured logs',
    [
      [
        `{"t":{"$date":"2026-11-20T03:12:04.118+00:00"},"s":"I","c":"NETWORK","id":22943,"ctx":"listener","msg":"Connection accepted","attr":{"remote":"10.0.0.9:40122"}}`,
        {at: AT, level: 'info', message: 'Connection accepted'},
      ],
      [
        `{"t":{"$date":"2026-11-20T03:12:04.118+00:00"},"s":"I","c":"COMMAND","id":51803,"ctx":"conn3","msg":"Slow query","attr":{"type":"command","ns":"shop.cars","durationMillis":1900}}`,
        {at: AT, level: 'info', message: 'Slow query', durationMs: 1900},
      ],
      [
        `{"t":{"$date":"2026-11-20T03:12:04.118+00:00"},"s":"E","c":"STORAGE","id":22435,"ctx":"initandlisten","msg":"${index}"}`,
        {at: AT, level: 'error', message: index},
      ],
      [
        `{"t":{"$date":"2026-11-20T03:12:04.118+00:00"},"s":"F","c":"CONTROL","id":23091,"ctx":"main","msg":"Fatal assertion"}`,
        {at: AT, level: 'critical', message: 'Fatal assertion'},
      ],
    ],
  ],
  'envoy-json': [
    'Envoy, access log in JSON',
    [
      [
        `{"start_time":"2026-11-20T03:12:04.118Z","method":"POST","path":"/pay?x=1","protocol":"HTTP/1.1","response_code":503,"response_flags":"UF","bytes_received":0,"bytes_sent":91,"duration":1900,"upstream_service_time":null,"x_forwarded_for":"10.0.0.9","user_agent":"curl/8","request_id":"8a1c7c1c-3a3c-4a7e-9d2d-8c1c2f1d0e11","authority":"shop"}`,
        {
          at: AT,
          level: null,
          message: 'any',
          path: '/pay',
          status: 503,
          durationMs: 1900,
          requestId: '8a1c7c1c-3a3c-4a7e-9d2d-8c1c2f1d0e11',
        },
      ],
      [
        `{"start_time":"2026-11-20T03:12:04.118Z","method":"GET","path":"/cars/7","response_code":200,"duration":12,"x_request_id":"req-81"}`,
        {at: AT, level: null, message: 'any', path: '/cars/7', status: 200, durationMs: 12, requestId: 'req-81'},
      ],
    ],
  ],
  'envoy-text': [
    'Envoy, its default access log',
    [
      [
        `[2026-11-20T03:12:04.118Z] "GET /cars/7?x=1 HTTP/1.1" 200 - 0 2 12 11 "10.0.0.9" "curl/8" "8a1c7c1c-3a3c-4a7e-9d2d-8c1c2f1d0e11" "shop" "172.18.0.3:80"`,
        {
          at: AT,
          level: null,
          message: 'GET /cars/7',
          path: '/cars/7',
          status: 200,
          durationMs: 'any',
          requestId: 'any',
        },
      ],
    ],
  ],
  'logstash-logback': [
    'logstash-logback-encoder',
    [
      [
        `{"@timestamp":"2026-11-20T03:12:04.118Z","@version":"1","message":"started","logger_name":"shop.Pay","thread_name":"main","level":"INFO","level_value":20000}`,
        {at: AT, level: 'info', message: 'started'},
      ],
      [
        `{"@timestamp":"2026-11-20T03:12:04.118Z","@version":"1","message":"${index}","logger_name":"shop.Pay","thread_name":"main","level":"ERROR","level_value":40000,"stack_trace":"java.lang.IllegalStateException: boom\\n\\tat shop.Pay.charge(Pay.java:3)"}`,
        {at: AT, level: 'error', message: index, exception: 'at shop.Pay.charge(Pay.java:3)'},
      ],
    ],
  ],
  'ecs-java': [
    'ecs-logging-java',
    [
      [
        `{"@timestamp":"2026-11-20T03:12:04.118Z","log.level": "INFO","message":"started","ecs.version": "1.2.0","service.name":"shop","event.dataset":"shop","process.thread.name":"main","log.logger":"shop.Pay"}`,
        {at: AT, level: 'info', message: 'started'},
      ],
      [
        `{"@timestamp":"2026-11-20T03:12:04.118Z","log.level":"ERROR","message":"${index}","http.response.status_code":503,"url.path":"/pay","event.duration":1900000000,"http.request.id":"req-81","error.type":"java.lang.IllegalStateException","error.message":"boom","error.stack_trace":"java.lang.IllegalStateException: boom\\n\\tat shop.Pay.charge(Pay.java:3)"}`,
        {
          at: AT,
          level: 'error',
          message: index,
          status: 503,
          path: '/pay',
          durationMs: 1900,
          requestId: 'req-81',
          exception: 'at shop.Pay.charge(Pay.java:3)',
        },
      ],
    ],
  ],
  'spring-logback-structured': [
    'Spring Boot 3.4, structured logging as ECS, nested',
    [
      [
        `{"@timestamp":"2026-11-20T03:12:04.118Z","log":{"level":"WARN","logger":"shop.Pay"},"process":{"pid":1,"thread":{"name":"main"}},"service":{"name":"shop"},"message":"cache is cold","ecs":{"version":"8.11"}}`,
        {at: AT, level: 'warning', message: 'cache is cold'},
      ],
    ],
  ],
  'otlp-json': [
    'OpenTelemetry, OTLP file exporter',
    [
      [
        `{"timeUnixNano":"1795144324118000000","observedTimeUnixNano":"1795144324118000000","severityNumber":17,"severityText":"ERROR","body":{"stringValue":"${index}"},"attributes":[],"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174"}`,
        {at: AT, level: 'error', message: index},
      ],
      [
        `{"timeUnixNano":"1795144324118000000","severityNumber":9,"severityText":"INFO","body":{"stringValue":"started"}}`,
        {at: AT, level: 'info', message: 'started'},
      ],
    ],
  ],
  'gcp-http-request': [
    'Google Cloud, structured logging',
    [
      [
        `{"severity":"ERROR","time":"2026-11-20T03:12:04.118Z","message":"payment failed","httpRequest":{"requestMethod":"POST","requestUrl":"https://shop.example/pay?x=1","status":503,"latency":"1.900s","userAgent":"curl/8"},"logging.googleapis.com/trace":"projects/shop/traces/5b8e"}`,
        {at: AT, level: 'error', message: 'payment failed', path: '/pay', status: 503, durationMs: 1900},
      ],
    ],
  ],
  datadog: [
    'Datadog, standard attributes',
    [
      [
        `{"timestamp":"2026-11-20T03:12:04.118Z","status":"error","message":"payment failed","http":{"method":"POST","url":"https://shop.example/pay?x=1","status_code":503,"request_id":"req-81"},"duration":1900000000,"dd":{"trace_id":"5","span_id":"7"},"error":{"kind":"Error","message":"boom","stack":"Error: boom\\n    at pay (/app/pay.js:3:9)"}}`,
        {
          at: AT,
          level: 'any',
          message: 'payment failed',
          path: '/pay',
          status: 503,
          durationMs: 'any',
          requestId: 'req-81',
          exception: 'at pay (/app/pay.js:3:9)',
        },
      ],
    ],
  ],
  'asgi-otel-attributes': [
    'OpenTelemetry, attributes of HTTP spans in a JSON log',
    [
      [
        `{"ts":"2026-11-20T03:12:04.118Z","level":"error","msg":"payment failed","http.method":"POST","http.target":"/pay?x=1","http.status_code":503}`,
        {at: AT, level: 'error', message: 'payment failed', path: '/pay', status: 503},
      ],
      [
        `{"ts":"2026-11-20T03:12:04.118Z","level":"info","msg":"served","http":{"method":"GET","target":"/cars/7","status_code":200}}`,
        {at: AT, level: 'info', message: 'served', path: '/cars/7', status: 200},
      ],
    ],
  ],
  'syslog-5424': [
    'RFC 5424',
    [
      [`<11>1 2026-11-20T03:12:04.118Z web-1 shop 7 - - ${index}`, {at: AT, level: 'error', message: index}],
      [`<14>1 2026-11-20T03:12:04.118Z web-1 shop 7 - - started`, {at: AT, level: 'info', message: 'started'}],
    ],
  ],
  rails: [
    'Rails 7, its default log',
    [
      [
        `Started POST "/pay" for 10.0.0.9 at 2026-11-20 03:12:04 +0000`,
        {at: 'any', level: null, message: 'Started POST "/pay"', path: '/pay'},
      ],
      [
        `Completed 503 Service Unavailable in 1900ms (Views: 0.3ms | ActiveRecord: 1.2ms | Allocations: 112)`,
        {level: null, message: 'Completed 503', status: 503, durationMs: 1900},
      ],
    ],
  ],
  phoenix: [
    'Phoenix, its default log',
    [
      [
        `03:12:04.118 request_id=F3hxQk [info] GET /cars/7`,
        {level: 'info', message: 'GET /cars/7', path: '/cars/7', requestId: 'F3hxQk'},
      ],
      [
        `03:12:04.130 request_id=F3hxQk [info] Sent 200 in 12ms`,
        {level: 'info', message: 'Sent 200 in 12ms', status: 200, durationMs: 12, requestId: 'F3hxQk'},
      ],
    ],
  ],
  rabbitmq: [
    'RabbitMQ 3.9 and later',
    [
      [
        `2026-11-20 03:12:04.118000+00:00 [info] <0.222.0> Server startup complete`,
        {at: AT, level: 'info', message: 'Server startup complete'},
      ],
      [`2026-11-20 03:12:04.118000+00:00 [error] <0.700.0> ${index}`, {at: AT, level: 'error', message: index}],
    ],
  ],
  mysql: [
    'MySQL 8 and MariaDB, error log',
    [
      [
        `2026-11-20T03:12:04.118000Z 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections.`,
        {at: AT, level: 'any', message: 'ready for connections'},
      ],
      [
        `2026-11-20T03:12:04.118000Z 0 [ERROR] [MY-010119] [Server] Aborting`,
        {at: AT, level: 'error', message: 'Aborting'},
      ],
      [
        `2026-11-20  3:12:04 0 [Note] mariadbd: ready for connections.`,
        {at: S, level: 'info', message: 'ready for connections'},
      ],
      [`2026-11-20  3:12:04 0 [Warning] cache is cold`, {at: S, level: 'warning', message: 'cache is cold'}],
    ],
  ],
  elasticsearch: [
    'Elasticsearch 7, plain log',
    [
      [
        `[2026-11-20T03:12:04,118][INFO ][o.e.n.Node               ] [node-1] started`,
        {at: AT, level: 'info', message: 'started'},
      ],
      [
        `[2026-11-20T03:12:04,118][ERROR][o.e.b.Bootstrap          ] [node-1] ${index}`,
        {at: AT, level: 'error', message: index},
      ],
    ],
  ],
  kafka: [
    'Apache Kafka, its log4j pattern',
    [
      [
        `[2026-11-20 03:12:04,118] INFO [KafkaServer id=1] started (kafka.server.KafkaServer)`,
        {at: AT, level: 'info', message: 'started'},
      ],
      [`[2026-11-20 03:12:04,118] ERROR ${index} (kafka.server.KafkaServer)`, {at: AT, level: 'error', message: index}],
    ],
  ],
  clickhouse: [
    'ClickHouse server',
    [
      [
        `2026.11.20 03:12:04.118000 [ 1 ] {} <Information> Application: Ready for connections.`,
        {at: AT, level: 'info', message: 'Ready for connections.'},
      ],
      [`2026.11.20 03:12:04.118000 [ 1 ] {} <Error> Application: ${index}`, {at: AT, level: 'error', message: index}],
    ],
  ],
  'pm2-prefix': [
    'PM2, `pm2-runtime` with a prefix',
    [
      [`0|web  | {"level":50,"time":1795144324118,"msg":"${index}"}`, {at: AT, level: 'error', message: index}],
      [`0|web  | 2026-11-20T03:12:04.118Z info: started`, {at: 'any', level: 'info', message: 'started'}],
    ],
  ],
  'foreman-prefix': [
    'Foreman',
    [
      [
        `03:12:04 web.1  | {"severity":"ERROR","time":"2026-11-20T03:12:04.118Z","message":"${index}"}`,
        {at: AT, level: 'error', message: index},
      ],
    ],
  ],
  'supervisor-prefix': [
    'supervisord with a prefix of its stdout plugin',
    [
      [
        `[web] {"level":"error","time":"2026-11-20T03:12:04.118Z","msg":"${index}","status":503,"duration_ms":1500}`,
        {at: AT, level: 'error', message: index, status: 503, durationMs: 1500},
      ],
      [
        `2026-11-20T03:12:04.118Z {"level":"warn","msg":"stamp before it"}`,
        {at: AT, level: 'warning', message: 'stamp before it'},
      ],
    ],
  ],
  'gelf-text': [
    'GELF 1.1',
    [
      [
        `{"version":"1.1","host":"web-1","short_message":"${index}","full_message":"${index}\\n  at Pay","timestamp":1795144324.118,"level":3,"_status":503,"_request_id":"req-81"}`,
        {at: AT, level: 'error', message: index, status: 503, requestId: 'req-81', exception: 'any'},
      ],
      [
        `{"version":"1.1","host":"web-1","short_message":"started","timestamp":1795144324.118,"level":6}`,
        {at: AT, level: 'info', message: 'started'},
      ],
      [
        `{"version":"1.1","host":"web-1","short_message":"details","timestamp":1795144324.118,"level":7}`,
        {at: AT, level: 'debug', message: 'details'},
      ],
    ],
  ],
  'epoch-units': [
    'the four units of an epoch, in numbers and in texts',
    [
      [
        '{"level":"info","timestamp":1795144324118000,"msg":"microseconds"}',
        {at: AT, level: 'info', message: 'microseconds'},
      ],
      [
        '{"level":"info","timestamp":1795144324118000000,"msg":"nanoseconds"}',
        {at: AT, level: 'info', message: 'nanoseconds'},
      ],
      [
        '{"level":"info","timestamp":"1795144324118","msg":"milliseconds in quotes"}',
        {at: AT, level: 'info', message: 'milliseconds in quotes'},
      ],
      ['{"level":"info","ts":1795144324.118,"msg":"seconds"}', {at: AT, level: 'info', message: 'seconds'}],
    ],
  ],
  kong: [
    'Kong, the http-log and file-log plugins',
    [
      [
        `{"request":{"method":"POST","uri":"/pay?x=1","url":"http://shop:8000/pay","id":"req-81","size":91},"response":{"status":503,"size":11},"latencies":{"request":1900,"kong":1,"proxy":1899},"started_at":1795144324118}`,
        {at: 'any', level: null, message: 'any', path: '/pay', status: 503, durationMs: 'any', requestId: 'any'},
      ],
    ],
  ],
  'words-in-messages': [
    'made up: words that are no level',
    [
      ['the error budget of /cars is 12 ms, WARN is not set', {level: 'any', message: 'the error budget of /cars'}],
      ['listening on port 8080', {level: null, message: 'listening on port 8080'}],
      ['user 503 paid 200 EUR in 12 days', {level: null, message: 'user 503 paid'}],
      ['processed 404 items, 0 failed', {level: null, message: 'processed 404 items'}],
    ],
  ],
}

for (const [name, [from, entries]] of Object.entries(FORMATS)) {
  const body = entries.map(
    ([text, said]) =>
      `${text
        .split('\n')
        .map((line) => `> ${line}`)
        .join('\n')}\n= ${JSON.stringify(said)}\n`,
  )
  writeFileSync(join(here, '..', 'formats', `${name}.txt`), `# by hand, after: ${from}\n${body.join('')}`)
}
