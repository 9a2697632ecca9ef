import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'

/** Receives Alertmanager's notifications and logs each as one JSON line: the receiver that needs no account. */

const port = Number(process.env['PORT'] ?? '9099')
const maximumBytes = 1_000_000

function log(level: 'info' | 'warning', message: string, fields: Readonly<Record<string, unknown>>): void {
  process.stdout.write(`${JSON.stringify({timestamp: new Date().toISOString(), level, message, ...fields})}\n`)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maximumBytes) throw new Error(`body over ${String(maximumBytes)} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function isNotification(value: unknown): value is {status: string; receiver: string; alerts: unknown[]} {
  return typeof value === 'object' && value !== null && 'alerts' in value && Array.isArray(value.alerts)
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const notification: unknown = JSON.parse(await bodyOf(request))
    if (!isNotification(notification)) throw new Error('not an Alertmanager notification')
    log('info', 'notification', {notification})
    response.writeHead(204).end()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log('warning', 'rejected', {reason})
    response.writeHead(400, {'content-type': 'application/json'}).end(JSON.stringify({title: reason, status: 400}))
  }
}

const server = createServer((request, response) => {
  if (request.method === 'POST' && request.url === '/alerts') void receive(request, response)
  else response.writeHead(request.method === 'GET' && request.url === '/health' ? 200 : 404).end()
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
  })
}

server.listen(port, () => {
  log('info', 'listening', {port})
})
