import {once} from 'node:events'
import {connect} from 'node:net'
import type {AddressInfo} from 'node:net'
import {describe, expect, it} from 'vitest'
import {WISHES, startHarness} from './service-harness.js'

interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly request_id: string
  readonly errors?: readonly {readonly member: string; readonly message: string}[]
}

interface Request {
  readonly url: string
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly payload?: string | object
}

async function ask(options: Request) {
  const {app} = startHarness({withFaults: false})
  const response = await app.inject(options)
  return {response, problem: response.json<Problem>()}
}

const JSON_TYPE = {'content-type': 'application/json'}
const recommend = (payload: unknown): Request => ({
  method: 'POST',
  url: '/recommend',
  headers: JSON_TYPE,
  payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
})

describe('a refused request', () => {
  it.each<[string, number, Request]>([
    ['an unknown path', 404, {url: '/carros'}],
    ['an unknown car', 404, {method: 'POST', url: '/cars/xx-1/whatsapp'}],
    ['a method that the path does not have', 405, {method: 'DELETE', url: '/cars'}],
    ['a body that is too large', 413, recommend({...WISHES, user_id: 'a'.repeat(20_000)})],
    ['a body that is not JSON by its type', 415, {...recommend('x=1'), headers: {'content-type': 'text/plain'}}],
    ['a form', 415, {...recommend('x=1'), headers: {'content-type': 'application/x-www-form-urlencoded'}}],
    ['broken JSON', 400, recommend('{"budget":')],
    ['an empty body', 400, recommend('')],
    ['no body', 400, {method: 'POST', url: '/recommend'}],
    ['a poisoned prototype', 400, recommend('{"__proto__":{"x":1}}')],
    ['a URL with a broken escape', 400, {url: '/cars/%zz'}],
  ])('for %s is problem+json with the request id', async (_, status, options) => {
    const {response, problem} = await ask({...options, headers: {...options.headers, 'x-request-id': 'me-1'}})
    expect(response.statusCode).toBe(status)
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    expect(response.headers['x-request-id']).toBe('me-1')
    expect(problem).toMatchObject({status, request_id: 'me-1', instance: options.url})
    expect(problem.title.length).toBeGreaterThan(3)
    expect(problem.detail.length).toBeGreaterThan(10)
  })

  it('for a wrong method says which are right', async () => {
    const {response} = await ask({method: 'GET', url: '/cars/rc-001/whatsapp'})
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toBe('POST')
  })

  it('names every member at fault', async () => {
    const {problem} = await ask(
      recommend({budget: {max: '90000', tip: 1}, use: 'racing', priorities: {economy: 6, luck: 1}, limit: 0, x: 1}),
    )
    expect(problem.type).toBe('urn:faciliauto:problem:invalid-request')
    expect(problem.errors?.map(({member, message}) => `${member} ${message}`).sort()).toEqual([
      'body.budget.max must be integer',
      'body.budget.tip is not known',
      'body.limit must be >= 1',
      'body.priorities.economy must be <= 5',
      'body.priorities.luck is not known',
      expect.stringMatching(/^body\.use must be equal to one of the allowed values: city, family, /) as string,
      'body.x is not known',
    ])
  })

  it('coerces nothing in a body', async () => {
    for (const max of ['90000', true, null, 90_000.5, [90_000]]) {
      const {response} = await ask(recommend({budget: {max}, use: 'city'}))
      expect(response.statusCode, JSON.stringify(max)).toBe(400)
    }
  })

  it('refuses a budget whose minimum is above its maximum', async () => {
    const {response, problem} = await ask(recommend({budget: {min: 50_000, max: 40_000}, use: 'city'}))
    expect(response.statusCode).toBe(400)
    expect(problem.errors?.[0]?.member).toBe('body.budget.min')
  })

  it.each([
    'per_page=101',
    'per_page=0',
    'page=-1',
    'page=1.5',
    'min_price=abc',
    'min_price=',
    'has_image=yes',
    'dealership=robustcar',
    'fuel=coal',
    'sort=color',
    'brand=',
    'colour=red',
    'brand=Fiat&brand=Ford',
    'max_km=99999999999999999999',
  ])('refuses /cars?%s', async (query) => {
    const {response, problem} = await ask({url: `/cars?${query}`})
    expect(response.statusCode).toBe(400)
    expect(problem.errors?.[0]?.member).toMatch(/^query\./)
  })

  it.each(['per_page=100&page=2', 'has_image=false', 'min_price=0&max_price=50000&sort=-price', 'q=corolla%202020'])(
    'accepts /cars?%s',
    async (query) => {
      const {response} = await ask({url: `/cars?${query}`})
      expect(response.statusCode).toBe(200)
    },
  )

  it('refuses what /stats and a lead click do not know', async () => {
    expect((await ask({url: '/stats?x=1'})).response.statusCode).toBe(400)
    const click = {method: 'POST', url: '/cars/rc-001/whatsapp'} as const
    expect((await ask({...click, payload: {user: 'ana'}})).response.statusCode).toBe(400)
    expect((await ask({...click, payload: {user_id: '<b>'}})).response.statusCode).toBe(400)
    expect((await ask(click)).response.statusCode).toBe(201)
  })
})

describe('a failure inside', () => {
  it('tells the client nothing of what happened', async () => {
    const {app, cache} = startHarness()
    cache.get = () => Promise.reject(new Error('password=hunter2 at /app/secret.ts'))
    const response = await app.inject(recommend(WISHES))
    expect(response.statusCode).toBe(500)
    expect(response.json()).toMatchObject({type: 'about:blank', title: 'Internal Server Error', status: 500})
    expect(response.body).not.toMatch(/hunter2|secret|\bat\b.*\.ts/)
  })

  it('that carries a status of its own is still a 500', async () => {
    const {app, cache} = startHarness()
    cache.get = () => Promise.reject(Object.assign(new Error('x'), {code: 'X', statusCode: 302}))
    expect((await app.inject(recommend(WISHES))).statusCode).toBe(500)
  })
})

describe('on a real socket', () => {
  async function speak(text: string): Promise<string> {
    const {app} = startHarness()
    await app.listen({host: '127.0.0.1', port: 0})
    try {
      return await new Promise<string>((resolve, reject) => {
        const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text))
        let answer = ''
        socket.setEncoding('utf8')
        socket.on('data', (chunk: string) => (answer += chunk))
        socket.on('end', () => resolve(answer))
        socket.on('error', reject)
      })
    } finally {
      await app.close()
    }
  }

  it('answers what is not HTTP with problem+json', async () => {
    const answer = await speak('FOO BAR\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect(answer).toContain('Content-Type: application/problem+json')
  })

  it('answers headers that are too large with 431', async () => {
    const answer = await speak(`GET /cars HTTP/1.1\r\nHost: x\r\nX-Big: ${'a'.repeat(20_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(answer).toContain('"status":431')
  })

  it('counts and logs a client that left before the answer as 499, once', async () => {
    const {app, faults, log, metric} = startHarness()
    faults.apply({latency: {'/cars': {ms: 1000}}})
    await app.listen({host: '127.0.0.1', port: 0})
    const asked = once(app.server, 'request')
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    socket.write('GET /cars HTTP/1.1\r\nHost: x\r\n\r\n')
    await asked
    socket.destroy()
    await expect.poll(() => log.lines().length).toBeGreaterThan(0)
    await app.close()
    expect(log.lines().map(({level, status}) => [level, status])).toEqual([['WARNING', 499]])
    expect(await metric('http_requests_total', {method: 'GET', endpoint: '/cars', status: '499'})).toBe(1)
    expect(await metric('http_requests_total', {method: 'GET', endpoint: '/cars', status: '200'})).toBe(0)
  })
})
