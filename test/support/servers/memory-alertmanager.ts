import {createServer, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'

interface SentAlert {
  readonly labels: Readonly<Record<string, string>>
  /** Prometheus leaves it away where there are none. */
  readonly annotations?: Readonly<Record<string, string>>
  readonly startsAt: string
  readonly endsAt: string
}

export interface MemoryAlertmanager {
  readonly url: string
  /** `host:port` */
  readonly target: string
  /** As after a restart: it knows nothing until Prometheus tells it again. */
  readonly forget: () => void
  readonly stop: () => Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text)
}

function asListed({labels, annotations = {}, startsAt}: SentAlert) {
  const status = {state: 'active', silencedBy: [], inhibitedBy: []}
  return {fingerprint: JSON.stringify(labels), labels, annotations, startsAt, receivers: [{name: 'ops'}], status}
}

/** What a real Prometheus needs of Alertmanager's API v2, and what faci reads of it. (A real one is in the integration tests.) */
export async function memoryAlertmanager(): Promise<MemoryAlertmanager> {
  const alerts = new Map<string, SentAlert>()
  const server = createServer((request, response) => {
    const answer = (body: unknown): void => {
      response.writeHead(200, {'Content-Type': 'application/json'}).end(JSON.stringify(body))
    }
    if (request.method === 'POST') {
      void bodyOf(request).then((body) => {
        for (const alert of body as readonly SentAlert[]) alerts.set(JSON.stringify(alert.labels), alert)
        answer({})
      })
      return
    }
    const active = [...alerts.values()].filter(({endsAt}) => Date.parse(endsAt) > Date.now())
    answer(request.url?.startsWith('/api/v2/alerts') === true ? active.map(asListed) : [])
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const target = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    ...{url: `http://${target}`, target},
    forget: () => {
      alerts.clear()
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
