/** What each logger is told to log, and what is then to be understood. `at` is the fixed clock's unless it says otherwise. */
const TEXTS = ['started', 'cache is cold, no error yet', 'cannot reach the price index']
const three = (levels = ['info', 'warning', 'error']) => levels.map((level, index) => ({level, message: TEXTS[index]}))
const [T0, T1, T2] = TEXTS.map((text) => JSON.stringify(text))
const plain = (log) => `${log}.info(${T0}); ${log}.warn(${T1}); ${log}.error(${T2})`

const LATER = '2026-11-20T03:12:04.130Z'
const LAST = '2026-11-20T03:12:06.030Z'
/** GET /cars/7?x=1 is 200 after 12 ms, POST /pay is 503 after 1900 ms more. */
const served = (one = {}, two = {}) => [
  {at: LATER, level: 'info', status: 200, path: '/cars/7', durationMs: 12, ...one},
  {at: LAST, level: 'error', status: 503, path: '/pay', durationMs: 1900, ...two},
]
const CALL = `
const call = (port) => new Promise((done) => {
  const get = (method, path, next) => http.request({port, method, path, headers: {'x-request-id': 'req-81', 'user-agent': 'curl/8'}}, (res) => { res.resume(); res.on('end', () => setTimeout(next, 150)) }).end()
  get('GET', '/cars/7?x=1', () => get('POST', '/pay', done))
})`
const EXPRESS = (middleware) => `
import http from 'node:http'
const express = require('express')
${CALL}
const app = express()
${middleware}
app.get('/cars/:id', (req, res) => { tick(12); res.json({ok: true}) })
app.post('/pay', (req, res) => { tick(1900); res.status(503).json({error: 'gateway'}) })
if (globalThis.after) app.use(globalThis.after)
const server = app.listen(0, '127.0.0.1', async () => { await call(server.address().port); process.exit(0) })
`
const S0 = '2026-11-20T03:12:04.000Z'
const S2 = '2026-11-20T03:12:06.000Z'

export const FORMATS = {
  pino: {
    packages: ['pino'],
    code: `const log = require('pino')(); ${plain('log')}; log.error(Object.assign(new Error('boom'), {stack: 'Error: boom\\n    at pay (/app/pay.js:3:9)'}), 'payment failed'); log.fatal('lost the lease')`,
    expect: [
      ...three(),
      {level: 'error', message: 'payment failed', exception: 'at pay (/app/pay.js:3:9)'},
      {level: 'critical', message: 'lost the lease'},
    ],
  },
  'pino-labels-iso': {
    packages: ['pino'],
    code: `const pino = require('pino'); const log = pino({formatters: {level: (label) => ({level: label})}, timestamp: pino.stdTimeFunctions.isoTime, messageKey: 'message'}); ${plain('log')}`,
    expect: three(),
  },
  'pino-unix-time': {
    packages: ['pino'],
    code: `const pino = require('pino'); const log = pino({timestamp: pino.stdTimeFunctions.unixTime}); ${plain('log')}`,
    expect: three(),
    at: S0,
  },
  'pino-stackdriver': {
    packages: ['pino'],
    code: `const pino = require('pino'); const log = pino({messageKey: 'message', timestamp: () => ',"timestamp":{"seconds":1795144324,"nanos":118000000}', formatters: {level: (label) => ({severity: {info: 'INFO', warn: 'WARNING', error: 'ERROR'}[label]})}}); ${plain('log')}; log.error({httpRequest: {requestMethod: 'POST', requestUrl: '/pay?x=1', status: 503, latency: '1.9s'}}, 'request')`,
    expect: [...three(), {level: 'error', message: 'request', status: 503, path: '/pay', durationMs: 1900}],
  },
  'pino-pretty': {
    packages: ['pino', 'pino-pretty'],
    code: `const pretty = require('pino-pretty'); const log = require('pino')(pretty({colorize: true, sync: true})); ${plain('log')}`,
    expect: three().map((each) => ({...each, at: 'engine'})),
  },
  'pino-http': {
    packages: ['pino', 'pino-http', 'express'],
    code: EXPRESS(`app.use(require('pino-http')({genReqId: (req) => req.headers['x-request-id']}))`),
    expect: served(
      {message: 'request completed', requestId: 'req-81'},
      {level: 'info', message: 'request errored', requestId: 'req-81', exception: 'failed with status code 503'},
    ),
  },
  'pino-http-numeric-id': {
    packages: ['pino', 'pino-http', 'express'],
    code: EXPRESS(`app.use(require('pino-http')())`),
    expect: served(
      {message: 'request completed', requestId: '1'},
      {level: 'info', message: 'request errored', requestId: '2', exception: 'failed with status code 503'},
    ),
  },
  fastify: {
    packages: ['fastify'],
    code: `import http from 'node:http'
${CALL}
const app = require('fastify')({logger: true, genReqId: (req) => req.headers['x-request-id']})
app.get('/cars/:id', async () => { tick(12); return {} })
app.post('/pay', async (req, reply) => { tick(1900); reply.code(503); return {} })
await app.listen({port: 0, host: '127.0.0.1'})
await call(app.server.address().port); process.exit(0)`,
    expect: [
      {level: 'info', message: 'Server listening at http://127.0.0.1'},
      {level: 'info', message: 'incoming request', requestId: 'req-81', path: '/cars/7'},
      {at: LATER, level: 'info', message: 'request completed', requestId: 'req-81', status: 200, durationMs: 12},
      {at: LATER, level: 'info', message: 'incoming request', requestId: 'req-81', path: '/pay'},
      {at: LAST, level: 'info', message: 'request completed', requestId: 'req-81', status: 503, durationMs: 1900},
    ],
  },
  'hapi-pino': {
    packages: ['@hapi/hapi', 'hapi-pino'],
    code: `import http from 'node:http'
${CALL}
const server = require('@hapi/hapi').server({port: 0, host: '127.0.0.1'})
await server.register({plugin: require('hapi-pino'), options: {logEvents: ['response']}})
server.route({method: 'GET', path: '/cars/{id}', handler: () => { tick(12); return {} }})
server.route({method: 'POST', path: '/pay', handler: (request, h) => { tick(1900); return h.response({}).code(503) }})
await server.start(); await call(server.info.port); process.exit(0)`,
    expect: served({message: 'get /cars/7', requestId: 'any'}, {level: 'info', message: 'post /pay', requestId: 'any'}),
  },
  'winston-json': {
    packages: ['winston'],
    code: `const w = require('winston'); const log = w.createLogger({format: w.format.combine(w.format.timestamp(), w.format.errors({stack: true}), w.format.json()), transports: [new w.transports.Console()]}); ${plain('log')}; log.error(Object.assign(new Error('boom'), {stack: 'Error: boom\\n    at pay (/app/pay.js:3:9)'})); log.error('payment failed', {requestId: 'req-81'})`,
    expect: [
      ...three(),
      {level: 'error', message: 'boom', exception: 'at pay (/app/pay.js:3:9)'},
      {level: 'error', message: 'payment failed', requestId: 'req-81'},
    ],
  },
  'winston-simple': {
    packages: ['winston'],
    code: `const w = require('winston'); const log = w.createLogger({format: w.format.simple(), transports: [new w.transports.Console()]}); ${plain('log')}`,
    expect: three().map((each) => ({...each, at: 'engine'})),
  },
  'winston-colour': {
    packages: ['winston'],
    code: `const w = require('winston'); const f = w.format; const log = w.createLogger({format: f.combine(f.colorize(), f.timestamp(), f.printf((i) => i.timestamp + ' ' + i.level + ': ' + i.message)), transports: [new w.transports.Console()]}); ${plain('log')}`,
    expect: three(),
  },
  'winston-logstash': {
    packages: ['winston'],
    code: `const w = require('winston'); const log = w.createLogger({format: w.format.combine(w.format.timestamp(), w.format.logstash()), transports: [new w.transports.Console()]}); ${plain('log')}; log.error('payment failed', {status: 503, path: '/pay', requestId: 'req-81'})`,
    expect: [
      ...three().map((each) => each),
      {level: 'error', message: 'payment failed', status: 503, path: '/pay', requestId: 'req-81'},
    ],
  },
  'winston-syslog-levels': {
    packages: ['winston'],
    code: `const w = require('winston'); const log = w.createLogger({levels: w.config.syslog.levels, format: w.format.combine(w.format.timestamp(), w.format.json()), transports: [new w.transports.Console({level: 'debug'})]}); log.notice('started'); log.warning('cache is cold, no error yet'); log.crit('lost the lease'); log.emerg('disk gone'); log.debug('tick')`,
    expect: [
      {level: 'info', message: 'started'},
      {level: 'warning', message: TEXTS[1]},
      {level: 'critical', message: 'lost the lease'},
      {level: 'critical', message: 'disk gone'},
      {level: 'debug', message: 'tick'},
    ],
  },
  'express-winston': {
    packages: ['winston', 'express-winston', 'express'],
    code: EXPRESS(
      `const w = require('winston'); app.use(require('express-winston').logger({transports: [new w.transports.Console()], format: w.format.json(), statusLevels: true}))`,
    ),
    expect: served(
      {at: 'engine', message: 'HTTP GET /cars/7?x=1', requestId: 'any'},
      {at: 'engine', message: 'HTTP POST /pay', requestId: 'any'},
    ),
  },
  'winston-gelf': {
    packages: ['winston'],
    note: 'the GELF fields as winston’s formatters for Graylog build them (1.1 of the specification)',
    code: `const w = require('winston'); const log = w.createLogger({levels: w.config.syslog.levels, format: w.format.printf((i) => JSON.stringify({version: '1.1', host: 'web-1', short_message: i.message, full_message: i.full, timestamp: Date.now() / 1000, level: w.config.syslog.levels[i.level], _status: i.status})), transports: [new w.transports.Console()]}); log.info('started'); log.warning(${T1}); log.error(${T2}, {full: 'Error: down\\n    at pay (/app/pay.js:3:9)', status: 503}); log.crit('lost the lease')`,
    expect: [
      ...three().slice(0, 2),
      {level: 'error', message: TEXTS[2], status: 503, exception: 'at pay (/app/pay.js:3:9)'},
      {level: 'critical', message: 'lost the lease'},
    ],
  },
  bunyan: {
    packages: ['bunyan'],
    code: `const log = require('bunyan').createLogger({name: 'shop', serializers: require('bunyan').stdSerializers}); ${plain('log')}; log.error({err: Object.assign(new Error('boom'), {stack: 'Error: boom\\n    at pay (/app/pay.js:3:9)'}), req_id: 'req-81'}, 'payment failed')`,
    expect: [
      ...three(),
      {level: 'error', message: 'payment failed', requestId: 'req-81', exception: 'at pay (/app/pay.js:3:9)'},
    ],
  },
  log4js: {
    packages: ['log4js'],
    code: `const l = require('log4js'); l.configure({appenders: {out: {type: 'stdout', layout: {type: 'basic'}}}, categories: {default: {appenders: ['out'], level: 'info'}}}); const log = l.getLogger('shop'); ${plain('log')}; log.fatal('lost the lease')`,
    expect: [...three(), {level: 'critical', message: 'lost the lease'}],
  },
  'log4js-colour': {
    packages: ['log4js'],
    code: `const l = require('log4js'); const log = l.getLogger('shop'); log.level = 'info'; ${plain('log')}`,
    expect: three(),
  },
  'morgan-combined': {
    packages: ['morgan', 'express'],
    code: EXPRESS(`app.use(require('morgan')('combined'))`),
    expect: served(
      {level: null, at: S0, durationMs: undefined, message: 'GET /cars/7?x=1'},
      {level: null, at: S2, durationMs: undefined, message: 'POST /pay'},
    ),
  },
  'morgan-dev': {
    packages: ['morgan', 'express'],
    code: EXPRESS(`app.use(require('morgan')('dev'))`),
    expect: served(
      {level: null, at: 'engine', message: 'GET /cars/7?x=1'},
      {level: null, at: 'engine', message: 'POST /pay'},
    ),
  },
  'morgan-tiny': {
    packages: ['morgan', 'express'],
    code: EXPRESS(`app.use(require('morgan')('tiny'))`),
    expect: served(
      {level: null, at: 'engine', message: 'GET /cars/7?x=1'},
      {level: null, at: 'engine', message: 'POST /pay'},
    ),
  },
  'morgan-short': {
    packages: ['morgan', 'express'],
    code: EXPRESS(`app.use(require('morgan')('short'))`),
    expect: served(
      {level: null, at: 'engine', message: 'GET /cars/7?x=1'},
      {level: null, at: 'engine', message: 'POST /pay'},
    ),
  },
  'koa-logger': {
    packages: ['koa', 'koa-logger'],
    code: `import http from 'node:http'
import Koa from 'koa'
import logger from 'koa-logger'
${CALL}
const app = new Koa(); app.use(logger())
app.use(async (ctx) => { if (ctx.path === '/pay') { tick(1900); ctx.status = 503 } else { tick(12); ctx.body = {} } })
const server = app.listen(0, '127.0.0.1', async () => { await call(server.address().port); process.exit(0) })`,
    expect: [
      {at: 'engine', level: null, message: 'GET /cars/7?x=1', path: '/cars/7'},
      {at: 'engine', level: null, message: 'GET /cars/7?x=1', path: '/cars/7', status: 200, durationMs: 12},
      {at: 'engine', level: null, message: 'POST /pay', path: '/pay'},
      {at: 'engine', level: null, message: 'POST /pay', path: '/pay', status: 503, durationMs: 1900},
    ],
  },
  'hono-logger': {
    packages: ['hono', '@hono/node-server'],
    code: `import http from 'node:http'
import {Hono} from 'hono'
import {logger} from 'hono/logger'
import {serve} from '@hono/node-server'
${CALL}
const app = new Hono(); app.use(logger())
app.get('/cars/:id', (c) => { tick(12); return c.json({}) }); app.post('/pay', (c) => { tick(700); return c.json({}, 503) })
const server = serve({fetch: app.fetch, port: 0, hostname: '127.0.0.1'}, async ({port}) => { await call(port); process.exit(0) })`,
    expect: [
      {at: 'engine', level: null, message: 'GET /cars/7?x=1', path: '/cars/7'},
      {at: 'engine', level: null, message: 'GET /cars/7?x=1', path: '/cars/7', status: 200, durationMs: 12},
      {at: 'engine', level: null, message: 'POST /pay', path: '/pay'},
      {at: 'engine', level: null, message: 'POST /pay', path: '/pay', status: 503, durationMs: 700},
    ],
  },
  'loglevel-prefix': {
    packages: ['loglevel', 'loglevel-plugin-prefix'],
    code: `const log = require('loglevel'); const p = require('loglevel-plugin-prefix'); p.reg(log); log.enableAll(); p.apply(log, {format: (level, name, timestamp) => '[' + timestamp.toISOString() + '] ' + level + ' (' + name + '):', timestampFormatter: (date) => date}); ${plain('log')}`,
    expect: three(),
  },
  signale: {
    packages: ['signale'],
    code: `const {Signale} = require('signale'); const log = new Signale(); log.success('deployed'); ${plain('log')}; log.fatal('lost the lease')`,
    expect: [{level: 'any', message: 'deployed'}, ...three(), {level: 'critical', message: 'lost the lease'}].map(
      (each) => ({...each, at: 'engine'}),
    ),
    env: {FORCE_COLOR: '1'},
  },
  consola: {
    packages: ['consola'],
    code: `import {createConsola} from 'consola'; const log = createConsola({fancy: false}); ${plain('log')}; log.fatal('lost the lease')`,
    expect: [...three(), {level: 'critical', message: 'lost the lease'}].map((each) => ({...each, at: 'engine'})),
  },
  tslog: {
    packages: ['tslog'],
    code: `import {Logger} from 'tslog'; const log = new Logger({type: 'pretty'}); ${plain('log')}`,
    expect: three(),
  },
  'tslog-json': {
    packages: ['tslog'],
    code: `import {Logger} from 'tslog'; const log = new Logger({type: 'json'}); ${plain('log')}`,
    expect: three(),
  },
  roarr: {
    packages: ['roarr'],
    code: `const {Roarr: log} = require('roarr'); ${plain('log')}`,
    env: {ROARR_LOG: 'true'},
    expect: three(),
  },
  npmlog: {
    packages: ['npmlog'],
    code: `const log = require('npmlog'); log.info('shop', ${T0}); log.warn('shop', ${T1}); log.error('shop', ${T2}); log.http('GET', '200 https://registry.example/x')`,
    expect: [...three(), {level: 'any', message: '200 https://registry.example/x', status: 'any', path: 'any'}].map(
      (each) => ({...each, at: 'engine'}),
    ),
  },
  nestjs: {
    packages: ['@nestjs/common'],
    code: `import 'reflect-metadata'; import {ConsoleLogger} from '@nestjs/common'; const log = new ConsoleLogger('OrderService', {colors: true}); log.log(${T0}); log.warn(${T1}); log.error(${T2}); log.verbose('details')`,
    expect: [...three(), {level: 'debug', message: 'details'}].map((each) => ({...each, at: S0})),
  },
  'nestjs-no-colour': {
    packages: ['@nestjs/common'],
    code: `import 'reflect-metadata'; import {ConsoleLogger} from '@nestjs/common'; const log = new ConsoleLogger('OrderService', {colors: false}); log.log(${T0}); log.warn(${T1}); log.error(${T2}); log.fatal('lost the lease')`,
    expect: [...three(), {level: 'critical', message: 'lost the lease'}].map((each) => ({...each, at: S0})),
  },
  'nestjs-json': {
    packages: ['@nestjs/common'],
    code: `import 'reflect-metadata'; import {ConsoleLogger} from '@nestjs/common'; const log = new ConsoleLogger('OrderService', {json: true, colors: false}); log.log(${T0}); log.warn(${T1}); log.error(${T2})`,
    expect: three(),
  },
  'electron-log': {
    packages: ['electron-log'],
    code: `import log from 'electron-log/node.js'; log.transports.file.level = false; ${plain('log')}`,
    note: 'without its level, by default',
    expect: three().map((each) => ({...each, level: null, at: 'engine'})),
  },
  tracer: {
    packages: ['tracer'],
    code: `const log = require('tracer').console(); ${plain('log')}`,
    expect: three().map((each) => ({...each, at: S0})),
  },
  debug: {
    packages: ['debug'],
    code: `const log = require('debug')('shop:pay'); log('started'); log('no error yet')`,
    env: {DEBUG: '*'},
    expect: [
      {level: null, message: 'started'},
      {level: null, message: 'no error yet'},
    ],
    stream: 'stderr',
  },
  adze: {
    packages: ['adze'],
    code: `import adze, {setup} from 'adze'; setup({activeLevel: 'debug'}); const log = adze.seal(); log.info(${T0}); log.warn(${T1}); log.error(${T2})`,
    expect: three().map((each) => ({...each, at: 'engine'})),
  },
  'ecs-pino': {
    packages: ['@elastic/ecs-pino-format', 'pino'],
    code: `const {ecsFormat} = require('@elastic/ecs-pino-format'); const log = require('pino')(ecsFormat()); ${plain('log')}; log.error({err: Object.assign(new Error('boom'), {stack: 'Error: boom\\n    at pay (/app/pay.js:3:9)'})}, 'payment failed')`,
    expect: [...three(), {level: 'error', message: 'payment failed', exception: 'at pay (/app/pay.js:3:9)'}],
  },
  'ecs-pino-http': {
    packages: ['@elastic/ecs-pino-format', 'pino', 'pino-http', 'express'],
    code: EXPRESS(
      `const {ecsFormat} = require('@elastic/ecs-pino-format'); app.use(require('pino-http')({...ecsFormat({convertReqRes: true}), genReqId: (req) => req.headers['x-request-id']}))`,
    ),
    expect: served(
      {level: 'info', message: 'request completed', requestId: 'req-81'},
      {level: 'info', message: 'request errored', requestId: 'req-81', exception: 'failed with status code 503'},
    ),
  },
  'ecs-winston': {
    packages: ['@elastic/ecs-winston-format', 'winston'],
    code: `const w = require('winston'); const {ecsFormat} = require('@elastic/ecs-winston-format'); const log = w.createLogger({format: ecsFormat({convertReqRes: true}), transports: [new w.transports.Console()]}); ${plain('log')}; log.error('payment failed', {err: Object.assign(new Error('boom'), {stack: 'Error: boom\\n    at pay (/app/pay.js:3:9)'}), event: {duration: 1900000000}, http: {response: {status_code: 503}}, url: {path: '/pay'}})`,
    expect: [
      ...three(),
      {
        level: 'error',
        message: 'payment failed',
        status: 503,
        path: '/pay',
        durationMs: 1900,
        exception: 'at pay (/app/pay.js:3:9)',
      },
    ],
  },
  'ecs-morgan': {
    packages: ['@elastic/ecs-morgan-format', 'morgan', 'express'],
    code: EXPRESS(`const {ecsFormat} = require('@elastic/ecs-morgan-format'); app.use(require('morgan')(ecsFormat()))`),
    expect: served(
      {message: 'GET /cars/7?x=1', durationMs: undefined, requestId: 'req-81'},
      {message: 'POST /pay', durationMs: undefined, requestId: 'req-81'},
    ),
  },
  'lambda-powertools': {
    packages: ['@aws-lambda-powertools/logger'],
    code: `import {Logger} from '@aws-lambda-powertools/logger'; const log = new Logger({serviceName: 'shop'}); ${plain('log')}; log.error('payment failed', {correlation_id: 'req-81'}); log.critical('lost the lease')`,
    expect: [
      ...three(),
      {level: 'error', message: 'payment failed', requestId: 'req-81'},
      {level: 'critical', message: 'lost the lease'},
    ],
  },
  'node-uncaught': {
    packages: [],
    code: `console.log('started')\nconsole.log('cold')\nfunction pay() {\n  throw new TypeError('boom', {cause: new Error('gateway down')})\n}\nsetTimeout(pay, 1)`,
    lines: [1, 1, 15],
    expect: [
      {at: 'engine', level: null, message: 'started'},
      {at: 'engine', level: null, message: 'cold'},
      {at: 'engine', level: 'error|critical', exception: '[cause]: Error: gateway down'},
    ],
  },
}
