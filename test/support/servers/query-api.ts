import {createServer, type IncomingHttpHeaders, type IncomingMessage} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface AskedQuery {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly form: Readonly<Record<string, string>>
}

export interface QueryApi {
  readonly url: string
  readonly asked: readonly AskedQuery[]
  readonly close: () => void
}

async function formOf(request: IncomingMessage): Promise<Readonly<Record<string, string>>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}

/** A gateway before a query API on loopback: it lets in who shows these headers, remembers what was asked, and gives one answer. */
export async function queryApi(
  wanted: Readonly<Record<string, string>>,
  answer: Readonly<Record<string, unknown>>,
): Promise<QueryApi> {
  const asked: AskedQuery[] = []
  const server = createServer((request, response) => {
    void formOf(request).then((form) => {
      const {method = '', url = '', headers} = request
      asked.push({method, path: url, headers, form})
      const isLetIn = Object.entries(wanted).every(([name, value]) => headers[name] === value)
      response.writeHead(isLetIn ? 200 : 401, {'Content-Type': 'application/json'})
      response.end(isLetIn ? JSON.stringify({status: 'success', ...answer}) : 'no org id')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/tenants/prometheus`,
    asked,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
