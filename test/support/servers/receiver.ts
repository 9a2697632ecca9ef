import {createServer, type IncomingMessage, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface ReceivedCall {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What happens to the next call, once it has arrived in full. */
export type Answer = (response: ServerResponse, request: IncomingMessage) => void

export interface ReceiverServer {
  readonly url: string
  readonly calls: readonly ReceivedCall[]
  readonly answerNext: (...answers: readonly Answer[]) => void
  readonly close: () => Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Whoever is called by a webhook, on loopback. */
export async function receiverServer(): Promise<ReceiverServer> {
  const calls: ReceivedCall[] = []
  const answers: Answer[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      calls.push({headers: request.headers as Record<string, string>, body})
      const answer = answers.shift()
      if (answer === undefined) response.writeHead(204).end()
      else answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/faci?key=k3y-in-the-path`,
    calls,
    answerNext: (...next) => {
      answers.push(...next)
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
