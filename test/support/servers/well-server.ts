import {createServer} from 'node:http'
import type {AddressInfo} from 'node:net'

export interface WellServer {
  readonly url: string
  readonly close: () => void
}

/**
 * Always answers 200: as the `health:` of a throwaway service it spares waiting until the service is steady, and the engine a process in
 * the container every second or two, which is most of what such a test costs.
 */
export async function wellServer(): Promise<WellServer> {
  const server = createServer((_, response) => response.end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
