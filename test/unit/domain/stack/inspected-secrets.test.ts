import {describe, expect, it} from 'vitest'
import {inspectedSecrets} from '../../../../src/domain/stack/inspected-secrets.js'
import {inspectionText} from '../../../../src/domain/stack/inspection-text.js'

describe('what is secret in an inspection', () => {
  it.each([
    ['a variable named like one', {Env: ['PGPASSWORD=hunter22', 'API_KEY=k-123456']}, ['hunter22', 'k-123456']],
    ['a variable in camel case', {Env: ['authToken=abcdefgh']}, ['abcdefgh']],
    [
      'no variable that is only about one',
      {Env: ['TOKEN_TTL=86400000', 'AUTH_HOST=auth-server', 'KEY_FILE=/run/k.pem']},
      [],
    ],
    ['credentials of a URL', {Env: ['DATABASE_URL=postgres://app:p%40ssw0rd@db/x']}, ['p%40ssw0rd', 'p@ssw0rd']],
    ['a parameter of a URL', {Env: ['HOOK=https://h.example/?v=12345678&token=abcdef12']}, ['abcdef12']],
    ['an argument', {Cmd: ['redis-server', '--requirepass', 'correct-horse']}, ['correct-horse']],
    ['an argument with =', {Entrypoint: ['app', '--api-key=correct-horse']}, ['correct-horse']],
    ['a line of a shell', {Cmd: ['sh', '-c', `exec app --token "correct-horse"; true`]}, ['correct-horse']],
    ['a health test', {Healthcheck: {Test: ['CMD-SHELL', 'redis-cli -a staple-77 ping']}}, ['staple-77']],
    ['a health test of mysql', {Healthcheck: {Test: ['CMD', 'mysqladmin', '-pstaple-77', 'ping']}}, ['staple-77']],
    ['a label', {Labels: {'app.auth': 'admin:apr1xyz', 'app.tier': 'backend-of-all'}}, ['admin:apr1xyz']],
    ['a variable that begins as an option or a name does', {Env: ['DB_PASSWORD=$ecret123!']}, ['$ecret123!']],
    ['a variable that begins with a dash', {Env: ['DB_PASSWORD=-Xk29abc77']}, ['-Xk29abc77']],
    ['a connection string', {Env: ['ConnectionStrings__Default=Server=db;Password=Sup3rS3cret!;']}, ['Sup3rS3cret!']],
    ['a document', {Env: ['SPRING_APPLICATION_JSON={"db":{"password":"correct-horse"}}']}, ['correct-horse']],
    ['an address of Go', {Env: ['DATABASE_URL=app:staple-77@tcp(db:3306)/app']}, ['staple-77']],
    ['a connection of libpq', {Env: ["PG=host=db password='staple-77' user=app"]}, ['staple-77']],
    ['no name in place of a value', {Cmd: ['app', '--password', '$PASSWORD', '--token', '--verbose']}, []],
    ['no value that could be any word', {Env: ['PASSWORD=secret', 'TOKEN=1234567']}, []],
  ])('%s', (_, config, expected) => {
    expect(inspectedSecrets({Config: config})).toEqual(expected)
  })

  it.each([null, undefined, 'text', {}, {Config: null}, {Config: {Env: 'x', Labels: [1], Cmd: [1, null]}}])(
    'of what is no inspection, %j: nothing',
    (inspection) => {
      expect(inspectedSecrets(inspection)).toEqual([])
      expect(inspectionText(inspection)).toBeTypeOf('string')
    },
  )
})

describe('an inspection that is kept', () => {
  it('has no field that is not on the list', () => {
    const kept = inspectionText({
      Path: 'redis-server',
      State: {
        ExitCode: 127,
        Error: 'exec: "--password=abc"',
        Health: {Status: 'unhealthy', Log: [{ExitCode: 1, Output: 'x'}]},
      },
      Args: ['--requirepass', 'x'],
      Config: {Cmd: ['x'], Entrypoint: ['x'], Healthcheck: {Test: ['x']}, Labels: {'my.secret': 'x'}, Env: ['A=x']},
      HostConfig: {LogConfig: {Type: 'splunk', Config: {'splunk-token': 'x'}}, Memory: 1},
      NetworkSettings: {Networks: {default: {IPAddress: '10.0.0.2', DriverOpts: {secret: 'x'}}}},
      constructor: 'x',
    })
    expect(JSON.parse(kept)).toEqual({
      State: {ExitCode: 127, Health: {Status: 'unhealthy', Log: [{ExitCode: 1}]}},
      Config: {Labels: {}, Env: ['A']},
      HostConfig: {LogConfig: {Type: 'splunk'}, Memory: 1},
      NetworkSettings: {Networks: {default: {IPAddress: '10.0.0.2'}}},
    })
  })
})
