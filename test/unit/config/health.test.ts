import {describe, expect, it} from 'vitest'
import {healthSchema, toHealth} from '../../../src/config/health.js'

function read(entry: unknown) {
  return toHealth(healthSchema.parse(entry))
}

function problem(entry: unknown): string {
  const {success, error} = healthSchema.safeParse(entry)
  return success ? '' : (error.issues[0]?.message ?? '?')
}

describe('an entry of health', () => {
  it('is a URL, as before', () => {
    expect(read({url: 'http://localhost/health'})).toEqual({url: 'http://localhost/health', timeoutSeconds: 2})
    expect(read({url: 'http://localhost/health', timeout: '500ms'}).timeoutSeconds).toBe(0.5)
  })

  it('may say what is expected of the answer', () => {
    const wanted = {status: [200, 204], body: 'ready', header: {'X-Role': 'leader'}}
    expect(read({url: 'http://localhost/', expect: wanted}).probe).toEqual({
      ...{kind: 'http', expect: {statuses: [200, 204], body: 'ready', headers: {'x-role': 'leader'}}},
    })
    expect(read({url: 'http://localhost/', expect: {status: 401}}).probe).toEqual({
      ...{kind: 'http', expect: {statuses: [401], body: null, headers: {}}},
    })
  })

  it.each([
    ['localhost:6379', 'localhost', 6379, 'tcp://localhost:6379'],
    ['tcp://db.internal:5432', 'db.internal', 5432, 'tcp://db.internal:5432'],
    ['[::1]:6379', '::1', 6379, 'tcp://[::1]:6379'],
  ])('may be a port: %s', (tcp, host, port, url) => {
    expect(read({tcp})).toEqual({url, timeoutSeconds: 2, probe: {kind: 'tcp', host, port}})
  })

  it('may be a command, as Compose takes one: words, or a text for the shell', () => {
    expect(read({exec: ['pg_isready', '-U', 'a b']})).toEqual({
      ...{url: "exec: pg_isready -U 'a b'", timeoutSeconds: 2},
      probe: {kind: 'exec', command: ['pg_isready', '-U', 'a b']},
    })
    expect(read({exec: 'redis-cli ping | grep PONG'})).toMatchObject({
      ...{url: 'exec: redis-cli ping | grep PONG'},
      probe: {command: ['/bin/sh', '-c', 'redis-cli ping | grep PONG']},
    })
  })

  it.each([
    [{}, /exactly one of url, tcp and exec/],
    [{url: 'http://localhost/', tcp: 'localhost:1'}, /exactly one/],
    [{tcp: 'localhost:1', expect: {status: 200}}, /only a url can have/],
    [{tcp: 'localhost'}, /write host:port/],
    [{tcp: 'localhost:0'}, /write host:port/],
    [{tcp: 'localhost:65536'}, /write host:port/],
    [{tcp: 'http://localhost:80'}, /write host:port/],
    [{tcp: '::1:6379'}, /write host:port/],
    [{exec: []}, /./],
    [{exec: ''}, /./],
    [{url: 'http://localhost/', expect: {status: 99}}, /./],
    [{url: 'http://localhost/', expect: {body: ''}}, /./],
    [{url: 'http://localhost/', expect: {json: 1}}, /./],
  ])('is refused: %j', (entry, message) => {
    expect(problem(entry)).toMatch(message)
  })
})
