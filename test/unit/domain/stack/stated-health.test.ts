import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {statedHealth} from '../../../../src/domain/stack/stated-health.js'

const DB = {status: 'DOWN', details: {error: 'Connection refused'}}

/** Bodies as the frameworks write them. */
const STATED: readonly (readonly [
  string,
  unknown,
  'healthy' | 'degraded' | 'failing' | 'unknown',
  string,
  string[],
])[] = [
  ['Spring, up', {status: 'UP', components: {db: {status: 'UP'}}}, 'healthy', 'UP', []],
  ['Spring, down', {status: 'DOWN', components: {db: DB, disk: {status: 'UP'}}}, 'failing', 'DOWN', ['db']],
  ['Spring 2.0', {status: 'DOWN', details: {db: DB}}, 'failing', 'DOWN', ['db']],
  ['Spring, out of service', {status: 'OUT_OF_SERVICE'}, 'failing', 'OUT_OF_SERVICE', []],
  ['Spring, unknown', {status: 'UNKNOWN', components: {db: {status: 'UNKNOWN'}}}, 'unknown', 'UNKNOWN', ['db']],
  ['health+json, pass', {status: 'pass', checks: {'db:time': [{status: 'pass'}]}}, 'healthy', 'pass', []],
  [
    'health+json, warn',
    {status: 'warn', checks: {'db:time': [{status: 'pass'}, {status: 'warn'}]}},
    'degraded',
    'warn',
    ['db:time'],
  ],
  ['health+json, fail', {status: 'fail', checks: {}}, 'failing', 'fail', []],
  [
    'ASP.NET',
    {status: 'Unhealthy', entries: {db: {status: 'Unhealthy'}, cache: {status: 'Healthy'}}},
    'failing',
    'Unhealthy',
    ['db'],
  ],
  [
    'ASP.NET, a list',
    {Status: 'Degraded', Checks: [{Component: 'db', Status: 'Degraded'}]},
    'degraded',
    'Degraded',
    ['db'],
  ],
  [
    'MicroProfile',
    {
      status: 'DOWN',
      checks: [
        {name: 'db', status: 'DOWN'},
        {name: 'heap', status: 'UP'},
      ],
    },
    'failing',
    'DOWN',
    ['db'],
  ],
  [
    'terminus, ok',
    {status: 'ok', info: {db: {status: 'up'}}, error: {}, details: {db: {status: 'up'}}},
    'healthy',
    'ok',
    [],
  ],
  ['terminus, error', {status: 'error', info: {}, error: {redis: {status: 'down'}}}, 'failing', 'error', ['redis']],
  ['terminus, shutting down', {status: 'shutting_down'}, 'failing', 'shutting_down', []],
  ['ok: false', {ok: false}, 'failing', 'ok: false', []],
  ['healthy: false', {healthy: false, version: '1.2'}, 'failing', 'healthy: false', []],
  ['alive', {alive: true}, 'healthy', 'alive: true', []],
  ['not alive', {alive: 'false'}, 'failing', 'false', []],
  ['the worst of several', {status: 'ok', healthy: false}, 'failing', 'healthy: false', []],
  ['gRPC, as JSON', {status: 'NOT_SERVING'}, 'failing', 'NOT_SERVING', []],
  ['Elasticsearch', {cluster_name: 'x', status: 'red'}, 'failing', 'red', []],
  ['with spaces', {status: ' Service Unavailable '}, 'failing', 'Service Unavailable', []],
  ['only of parts', {checks: {db: 'down', cache: 'up'}}, 'degraded', 'down', ['db']],
  ['only of parts, by yes and no', {checks: {db: false}}, 'degraded', 'false', ['db']],
  ['only of parts, all well', {checks: {db: {status: 'ok'}}}, 'healthy', 'ok', []],
]

/** What other servers answer with 200: the outcome, and whom they name. */
const FURTHER: readonly (readonly [string, unknown, 'healthy' | 'degraded' | 'failing', string[]])[] = [
  ['Spring, up with a part down', {status: 'UP', components: {db: DB, disk: {status: 'UP'}}}, 'degraded', ['db']],
  [
    'Spring, up with a part unknown',
    {status: 'UP', components: {discovery: {status: 'UNKNOWN'}}},
    'healthy',
    ['discovery'],
  ],
  [
    'health+json, pass with a warning',
    {status: 'pass', checks: {'mem:util': [{status: 'warn'}]}},
    'degraded',
    ['mem:util'],
  ],
  ['MicroProfile 1', {outcome: 'DOWN', checks: [{name: 'db', state: 'DOWN'}]}, 'failing', ['db']],
  ['Kong', {database: {reachable: false}, server: {connections_active: 1}}, 'degraded', ['database']],
  ['Kong, well', {database: {reachable: true}, server: {connections_active: 1}}, 'healthy', []],
  ['Grafana', {database: 'failing', version: '10'}, 'degraded', ['database']],
  ['Vault, sealed', {initialized: true, sealed: true, standby: true}, 'failing', []],
  [
    'Consul',
    [
      {CheckID: 'serf', Status: 'passing'},
      {CheckID: 'web', Status: 'critical'},
    ],
    'degraded',
    ['web'],
  ],
  ['Consul, an agent', [{AggregatedStatus: 'critical', Service: {ID: 'web-1'}, Checks: []}], 'degraded', ['web-1']],
  ['Consul, a service', [{Service: {ID: 'web'}, Checks: [{CheckID: 'tcp', Status: 'warning'}]}], 'degraded', ['tcp']],
  ['Elasticsearch, _cat', [{cluster: 'main', status: 'red'}], 'degraded', ['main']],
  ['Dropwizard', {deadlocks: {healthy: true}, db: {healthy: false, message: 'x'}}, 'degraded', ['db']],
  [
    'Spatie',
    {
      checkResults: [
        {name: 'Debug', status: 'failed'},
        {name: 'DB', status: 'ok'},
      ],
    },
    'degraded',
    ['Debug'],
  ],
  ['django', {Cache: 'working', DatabaseBackend: 'unavailable: x'}, 'degraded', ['DatabaseBackend']],
  ['django, well', {Cache: 'working', DatabaseBackend: 'working'}, 'healthy', []],
  ['hellofresh', {status: 'Partially Available', failures: {mq: 'no'}}, 'degraded', []],
  ['wrapped', {data: {status: 'DOWN'}}, 'failing', []],
  ['wrapped in success', {success: true, data: {status: 'DOWN'}}, 'failing', []],
  ['JSON:API', {data: {type: 'health', attributes: {status: 'down'}}}, 'failing', []],
  ['isHealthy', {isHealthy: false}, 'failing', []],
  ['up: false', {up: false}, 'failing', []],
  ['overall', {overall: 'critical', services: {}}, 'failing', []],
  ['maintenance', {status: 'maintenance'}, 'degraded', []],
  ['starting', {status: 'starting'}, 'degraded', []],
  ['a status of HTTP', {status: 503, message: 'Service Unavailable'}, 'failing', []],
  ['a good status of HTTP beside a word', {status: 'ok', statusCode: 200}, 'healthy', []],
  ['GraphQL', {data: null, errors: [{message: 'db'}]}, 'degraded', []],
  ['an error', {error: 'cannot reach the database'}, 'degraded', []],
  [
    'what is off, past and asked for is no part',
    {status: 'ok', history: [{status: 'down'}], jobs: [{status: 'failed'}]},
    'healthy',
    [],
  ],
]

const TEXTS: readonly (readonly [string, 'healthy' | 'degraded' | 'failing' | 'unknown'])[] = [
  ['OK', 'healthy'],
  ['ok\n', 'healthy'],
  ['UP', 'healthy'],
  ['Healthy', 'healthy'],
  ['Degraded', 'degraded'],
  ['Unhealthy', 'failing'],
  ['unhealthy.', 'failing'],
  ['DOWN', 'failing'],
  ['NOT OK', 'failing'],
  ['not-ready', 'failing'],
  ['DOWN: no database', 'failing'],
  ['unhealthy (redis)\nsee the log', 'failing'],
  ['status: DOWN', 'failing'],
  ['status=degraded', 'degraded'],
  ['"DOWN"', 'failing'],
  ['false', 'failing'],
  ['true', 'healthy'],
  ['\uFEFF{"status":"DOWN"}', 'failing'],
  ['  {"status":"DOWN"}\n', 'failing'],
  ['Service is down.', 'failing'],
  ['The database is currently unavailable', 'failing'],
  ['SERVER_IS_NOT_READY', 'failing'],
  ['CRITICAL - connection refused', 'failing'],
  ['WARNING - load is 5', 'degraded'],
  ['OK - 3 of 3 up | t=1', 'healthy'],
  ['OK\nlast check: 12:00', 'healthy'],
  ['db: OK\nredis: FAIL\n', 'degraded'],
  ['status: DOWN\ncomponents:\n  db: DOWN\n', 'failing'],
  ['[+]ping ok\n[-]etcd failed: reason withheld\nhealthz check failed\n', 'failing'],
  ['[+]ping ok\n[+]log ok\nlivez check passed\n', 'healthy'],
  ['{"name":"a","status":"up"}\n{"name":"b","status":"down"}\n', 'degraded'],
  ['<?xml version="1.0"?><health><status>DOWN</status></health>', 'failing'],
  ['<html><head><title>x</title></head><body><h1>Unhealthy</h1></body></html>', 'failing'],
  ['<pre>DOWN</pre>', 'failing'],
]

const SAYS_NOTHING = [
  '',
  '<!doctype html><title>DOWN</title>',
  'The service is not down, all is well',
  'Down for maintenance is what this page never says',
  'No service is down.',
  'What to do if the service is down',
  'This page is down',
  '<html><body><h1>Status</h1><p>The gateway is DOWN</p></body></html>',
  '{"error":"none"}',
  '{"error":null,"errors":[]}',
  '{"name":"down-detector","version":"1"}',
  '{"status":200}',
  'error: none',
  'warning: 0',
  'Prometheus Server is Healthy.',
  '{}',
  '[]',
  '[{"status":"DOWN"}]',
  'null',
  '503',
  '{"status":"deployed"}',
  '{"message":"the database is DOWN"}',
  '{"data":{"job":{"status":"fail"}}}',
  '{"name":"error","ok":"down to business"}',
  '{"services":[{"status":"DOWN"}]}',
  'error\n'.repeat(20),
]

/** As a long body is cut. */
const cut = (value: unknown): string => JSON.stringify(value).slice(0, 64 * 1024)
const LARGE = Object.fromEntries(Array.from({length: 5000}, (_, index) => [`part${String(index)}`, {status: 'UP'}]))

describe('what a body says of health', () => {
  it.each(STATED)('%s', (_, document, outcome, word, parts) => {
    for (const body of [JSON.stringify(document), JSON.stringify(document, null, 2), `\r\n${JSON.stringify(document)}`])
      expect(statedHealth(body)).toEqual({outcome, word, parts})
  })

  it.each(FURTHER)('%s', (_, document, outcome, parts) => {
    expect(statedHealth(JSON.stringify(document))).toMatchObject({outcome, parts})
  })

  it.each(TEXTS)('%j', (body, outcome) => {
    expect(statedHealth(body)?.outcome).toBe(outcome)
  })

  it.each(SAYS_NOTHING)('%j says nothing', (body) => {
    expect(statedHealth(body)).toBeNull()
  })

  it('is read as far as the body goes', () => {
    expect(statedHealth(cut({status: 'DOWN', components: LARGE}))).toMatchObject({outcome: 'failing', word: 'DOWN'})
    expect(statedHealth(cut({components: {db: {status: 'DOWN'}}, ok: false, more: LARGE}))?.outcome).toBe('failing')
    expect(statedHealth(cut({components: {...LARGE, db: {status: 'DOWN'}}}))).toBeNull()
    expect(statedHealth('{"a":"\\"status\\":\\"DOWN\\"", "x":')).toBeNull()
    expect(statedHealth('{"status":"DOWN","sta')?.outcome).toBe('failing')
    expect(statedHealth('{"a":[{"status":"DOWN"}],"b":"DOWN"')).toBeNull()
  })

  it('names a few parts, none of them at any length', () => {
    const many = Object.fromEntries(
      Array.from({length: 50}, (_, index) => [`${'x'.repeat(500)}${String(index)}`, 'down']),
    )
    const parts = statedHealth(JSON.stringify({status: 'fail', checks: many}))?.parts ?? []
    expect(parts.length).toBeLessThanOrEqual(5)
    expect(parts.every((name) => name.length <= 60)).toBe(true)
  })
})

/** Words that are no status, so that only what a test puts in states anything. */
const word = fc.string({maxLength: 12}).map((text) => `x${text}`)
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    {maxDepth: 4},
    word,
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), {maxLength: 4}),
    tie('object'),
  ),
  object: fc.dictionary(word, tie('value'), {maxKeys: 4}),
}))
const FAILING = fc.constantFrom('DOWN', 'down', 'fail', 'Unhealthy', 'OUT_OF_SERVICE', 'error')

/** Of which patterns of texts, lines and markup could take long. */
const LONG = [
  '\n{',
  'a b ',
  '<b>',
  '<a ',
  'x="',
  'OK\nat x.y(',
  'a=b;',
  'a: b ',
  'connection ',
  'a.',
  '. ',
  '[OK] ',
  '✅',
  "{'a':",
  '<h1>',
]

describe('whatever else is in a body', () => {
  it('it is read, in time, and never throws', () => {
    fc.assert(fc.property(fc.string({unit: 'binary', maxLength: 300}), (body) => void statedHealth(body)))
    for (const unit of ['[', '{', '{"a":', '"', '\\', '{"checks":[', 'status:', ' ', '\n', 'DOWN ', ...LONG]) {
      const started = performance.now()
      statedHealth(unit.repeat(Math.floor((64 * 1024) / unit.length)))
      statedHealth(`{${unit.repeat(Math.floor((64 * 1024) / unit.length))}`)
      expect(performance.now() - started).toBeLessThan(5000)
    }
  })

  it('a status at its top level counts, beside any other fields and in any place', () => {
    fc.assert(
      fc.property(json.object, FAILING, fc.boolean(), (others, said, isFirst) => {
        const document = isFirst ? {status: said, ...others} : {...others, status: said}
        expect(statedHealth(JSON.stringify(document))).toMatchObject({outcome: 'failing', word: said})
      }),
    )
  })

  it('a status further down says nothing of the whole', () => {
    fc.assert(
      fc.property(json.object, FAILING, word, (others, said, key) => {
        expect(statedHealth(JSON.stringify({...others, [key]: {status: said}}))).toBeNull()
      }),
    )
  })

  it('an error beside the name of a check is seen, and never taken for the worst', () => {
    const name = fc.constantFrom('db', 'goroutine', "Cache(alias='default')", 'payment-gateway', 'Database')
    const errors = [
      ...['connection refused', 'dial tcp 10.0.0.5:5432: i/o timeout', 'unavailable: no route to host'],
      ...['context deadline exceeded', 'could not connect to server: Connection refused', 'ECONNREFUSED 10.0.0.3:6379'],
      ...['unexpected result: check failed: x', 'SQLSTATE[HY000] [2002] No such file or directory'],
    ]
    const wells = fc.dictionary(word, fc.constantFrom('OK', 'working', 'up', 'healthy'), {maxKeys: 4})
    fc.assert(
      fc.property(wells, name, fc.constantFrom(...errors), fc.boolean(), (others, check, error, isWell) => {
        const body = JSON.stringify({...others, ...(isWell ? {status: 'ok'} : {}), [check]: error})
        expect(statedHealth(body)).toMatchObject({outcome: 'degraded', parts: [check]})
      }),
    )
  })

  it('a document says the same whatever stands before it', () => {
    const before = fc.constantFrom(
      ")]}'\n",
      'Notice: Undefined index: x in /v/h.php on line 3\n',
      '<br />\n',
      'callback(',
    )
    fc.assert(
      fc.property(before, FAILING, (text, said) => {
        const tail = text.endsWith('(') ? ');' : ''
        expect(statedHealth(`${text}${JSON.stringify({status: said})}${tail}`)).toMatchObject({
          outcome: 'failing',
          word: said,
        })
        expect(statedHealth(`${text}${JSON.stringify({status: 'ok'})}${tail}`)?.outcome).toBe('healthy')
      }),
    )
  })

  it('cut anywhere after its status it says the same, and before it nothing', () => {
    fc.assert(
      fc.property(json.object, FAILING, fc.nat(), (others, said, at) => {
        const head = `{"status":${JSON.stringify(said)}`
        const body = `${head},"x":${JSON.stringify(others)}}`
        const length = at % body.length
        expect(statedHealth(body.slice(0, length))?.outcome ?? null).toBe(length < head.length ? null : 'failing')
      }),
    )
  })
})
