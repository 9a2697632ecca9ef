import {request} from 'node:http'

const USAGE = `usage: faultctl show | set JSON | reset | crash
  e.g. faultctl set '{"errors":{"ratio":1}}'`

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: string
}

function readCall([verb, json, ...rest]: readonly string[]): Call | undefined {
  if (rest.length > 0 || (verb === 'set') !== (json !== undefined)) return undefined
  switch (verb) {
    case 'show':
      return {method: 'GET', path: '/faults'}
    case 'set':
      return {method: 'PUT', path: '/faults', body: json ?? ''}
    case 'reset':
      return {method: 'DELETE', path: '/faults'}
    case 'crash':
      return {method: 'POST', path: '/faults/crash'}
    case undefined:
    default:
      return undefined
  }
}

function fail(message: string, exitCode: number): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = exitCode
}

function send({method, path, body}: Call): void {
  const outgoing = request(
    {
      host: '127.0.0.1',
      port: process.env['FAULTS_PORT'] ?? 8001,
      method,
      path,
      timeout: 5000,
      headers: body === undefined ? {} : {'content-type': 'application/json'},
    },
    (incoming) => {
      incoming.setEncoding('utf8')
      let text = ''
      incoming.on('data', (chunk: string) => (text += chunk))
      incoming.on('end', () => {
        if ((incoming.statusCode ?? 500) < 300) process.stdout.write(`${text}\n`)
        else fail(text, 1)
      })
    },
  )
  outgoing.on('timeout', () => outgoing.destroy(new Error('no answer within 5 s')))
  outgoing.on('error', (error) => {
    fail(`the fault switches cannot be reached (is FAULTS=enabled?): ${error.message}`, 1)
  })
  outgoing.end(body)
}

const call = readCall(process.argv.slice(2))
if (call === undefined) fail(USAGE, 2)
else send(call)
