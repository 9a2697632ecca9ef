import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo, Socket} from 'node:net'

export type Misbehaviour = 'slow' | 'trickle' | 'junk' | 'html' | 'wrongShape' | 'error500' | 'reset'

export interface MisbehavingServer {
  readonly url: string
  readonly requests: () => number
  readonly close: () => Promise<void>
}

function answer(how: Misbehaviour, response: ServerResponse, socket: Socket): void {
  switch (how) {
    case 'slow':
      return
    case 'trickle': {
      response.writeHead(200, {'Content-Type': 'application/json'})
      const timer = setInterval(() => response.write(' '), 50)
      response.once('close', () => {
        clearInterval(timer)
      })
      return
    }
    case 'junk':
      response.end('\u0000\u0001 {not json')
      return
    case 'html':
      response.setHeader('Content-Type', 'text/html')
      response.end('<html><title>Welcome to nginx!</title></html>')
      return
    case 'wrongShape':
      response.end('{"status":"success","data":{"resultType":"vector","result":"none"}}')
      return
    case 'error500':
      response.statusCode = 500
      response.end('Internal Server Error')
      return
    case 'reset':
      socket.destroy()
  }
}

/** A backend having a bad day, on loopback. */
export async function misbehavingServer(how: Misbehaviour): Promise<MisbehavingServer> {
  let requests = 0
  const server = createServer((request, response) => {
    requests += 1
    answer(how, response, request.socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
