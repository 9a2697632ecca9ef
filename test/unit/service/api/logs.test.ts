import {describe, expect, it} from 'vitest'
import {readConfig} from '../../../../service/api/src/config.js'
import {requestLevel} from '../../../../service/api/src/http/request-record.js'
import {parseFrame} from '../../../../service/api/src/logging/call-site.js'
import {WISHES, recordLog, startHarness} from './service-harness.js'

describe('a log line', () => {
  it('is one JSON object with what the formatter of the guide gives', () => {
    const log = recordLog('debug')
    function sayHello(): void {
      log.logger.info('hello\nthere', {request_id: 'r-1', user_id: 'ana'})
    }
    sayHello()
    expect(log.text().trimEnd().split('\n')).toHaveLength(1)
    expect(log.lines()).toEqual([
      {
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        level: 'INFO',
        message: 'hello\nthere',
        module: 'logs.test',
        function: 'sayHello',
        line: expect.any(Number) as number,
        request_id: 'r-1',
        user_id: 'ana',
      },
    ])
  })

  it('names the line it was logged from', () => {
    const log = recordLog('debug')
    log.logger.info('first')
    log.logger.info('second')
    const [first, second] = log.lines().map(({line}) => Number(line))
    expect(first).toBeGreaterThan(20)
    expect(second).toBe((first ?? 0) + 1)
  })

  it('spells the levels as Python does', () => {
    const log = recordLog('debug')
    for (const level of ['debug', 'info', 'warning', 'error', 'critical'] as const) log.logger[level]('x')
    expect(log.lines().map(({level}) => level)).toEqual(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'])
  })

  it('holds an exception as a string, with its stack and its causes', () => {
    const log = recordLog('debug')
    const error = new Error('outer', {cause: new TypeError('inner')})
    log.logger.error('failed', {exception: error})
    const exception = String(log.lines()[0]?.['exception'])
    expect(exception).toMatch(/^Error: outer\n {4}at .*logs\.test\.ts/)
    expect(exception).toContain('\nCaused by: TypeError: inner\n    at ')
  })

  it.each([
    ['    at readOne (/app/src/main.ts:12:3)', {module: 'main', function: 'readOne', line: 12}],
    [
      '    at async Object.answerCars (/a b/cars-route.ts:7:1)',
      {module: 'cars-route', function: 'answerCars', line: 7},
    ],
    ['    at new Pool (file:///app/pool.js:9:5)', {module: 'pool', function: 'Pool', line: 9}],
    ['    at Object.run [as execute] (/app/x.js:1:2)', {module: 'x', function: 'run', line: 1}],
    ['    at /app/main.cjs:100:7', {module: 'main', function: '<anonymous>', line: 100}],
    ['    at Server.<anonymous> (/app/main.cjs:5:7)', {module: 'main', function: '<anonymous>', line: 5}],
    ['nonsense', {module: 'unknown', function: '<anonymous>', line: 0}],
  ])('reads the frame %s', (frame, site) => {
    expect(parseFrame(frame)).toEqual(site)
  })
})

describe('the level', () => {
  it.each([
    ['development', 'debug'],
    ['staging', 'info'],
    ['production', 'warning'],
  ])('in %s is %s', (environment, level) => {
    expect(readConfig({APP_ENV: environment}).logLevel).toBe(level)
  })

  it('can be set apart from the environment', () => {
    expect(readConfig({APP_ENV: 'production', LOG_LEVEL: 'DEBUG'}).logLevel).toBe('debug')
  })

  it.each([
    ['/cars', 200, 12, 'info'],
    ['/cars', 200, 999.9, 'info'],
    ['/cars', 200, 1000, 'warning'],
    ['/cars', 404, 1, 'warning'],
    ['/cars', 500, 1, 'error'],
    ['/cars', 503, 5000, 'error'],
    ['/health', 200, 1, 'debug'],
    ['/metrics', 200, 1, 'debug'],
    ['/health', 200, 1500, 'warning'],
    ['/health', 503, 1, 'error'],
  ])('of %s answered %i in %d ms is %s', (endpoint, status, durationMs, level) => {
    expect(requestLevel(endpoint, status, durationMs)).toBe(level)
  })
})

describe('a request', () => {
  it('is logged with its route, its path without query, its status, its time, its id and its buyer', async () => {
    const {app, log} = startHarness()
    await app.inject({method: 'POST', url: '/recommend?x', payload: WISHES, headers: {'x-request-id': 'abc-1'}})
    await app.inject('/cars?q=segredo')
    expect(log.lines()).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'POST /recommend 200',
        module: 'request-record',
        function: 'recordRequest',
        request_id: 'abc-1',
        user_id: 'ana',
        method: 'POST',
        endpoint: '/recommend',
        path: '/recommend',
        status: 200,
        duration_ms: expect.any(Number) as number,
      }),
      expect.not.objectContaining({user_id: expect.anything() as string, exception: expect.anything() as string}),
    ])
    expect(log.text()).not.toContain('segredo')
  })

  it('in production is logged only when refused, failed or slow', async () => {
    const {app, log, faults} = startHarness({level: 'warning'})
    faults.apply({
      errors: {ratio: 1, endpoints: ['/stats']},
      latency: {'/cars/:id/whatsapp': {ms: 1010}, '/cars': {ms: 20}},
    })
    await app.inject('/cars')
    await app.inject('/health')
    await app.inject('/metrics')
    await app.inject({method: 'POST', url: '/recommend', payload: WISHES})
    await app.inject('/nope')
    await app.inject('/stats')
    await app.inject({method: 'POST', url: '/cars/rc-001/whatsapp'})
    const requests = log.lines().map(({level, path, status}) => [level, path, status])
    expect(requests).toEqual([
      ['WARNING', '/nope', 404],
      ['ERROR', '/stats', 500],
      ['WARNING', '/cars/rc-001/whatsapp', 201],
    ])
    expect(log.lines()[2]?.['duration_ms']).toBeGreaterThanOrEqual(1000)
  })

  it('that fails is logged with the exception behind it', async () => {
    const {app, log, cache} = startHarness({level: 'error'})
    cache.get = () => Promise.reject(new RangeError('broken adapter'))
    await app.inject({method: 'POST', url: '/recommend', payload: WISHES})
    expect(log.lines()).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        user_id: 'ana',
        status: 500,
        exception: expect.stringMatching(/^RangeError: broken adapter\n {4}at /) as string,
      }),
    ])
  })

  it('that is refused is logged with its buyer too', async () => {
    const {app, log} = startHarness()
    await app.inject({method: 'POST', url: '/recommend', payload: {user_id: 'ana'}})
    expect(log.lines()[0]).toMatchObject({level: 'WARNING', status: 400, user_id: 'ana'})
  })
})

describe('the request id', () => {
  it('is the one given, and comes back', async () => {
    const {app} = startHarness()
    const response = await app.inject({url: '/cars', headers: {'x-request-id': 'proxy:42_a.b-c'}})
    expect(response.headers['x-request-id']).toBe('proxy:42_a.b-c')
  })

  it.each(['a b', 'x'.repeat(129), 'a"b', '<script>', 'é'])('is replaced when it is %s', async (given) => {
    const {app} = startHarness()
    const response = await app.inject({url: '/cars', headers: {'x-request-id': given}})
    expect(response.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
  })
})
