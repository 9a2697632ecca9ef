import {createServer} from 'node:net'

const first = 10_000
const last = 32_767

/**
 * Free TCP ports of 127.0.0.1 in 10000–32767: above those that services own, below the range from which
 * the kernel picks outgoing ports, so that nothing takes one between this call and its use.
 */
export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const taken = new Set<number>()
  const entries: [Name, number][] = []
  for (const name of names) {
    const port = await freePort(taken)
    taken.add(port)
    entries.push([name, port])
  }
  return Object.fromEntries(entries) as Record<Name, number>
}

async function freePort(taken: ReadonlySet<number>): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = first + Math.floor(Math.random() * (last - first + 1))
    if (!taken.has(port) && (await canListen(port))) return port
  }
  throw new Error(`No free TCP port between ${String(first)} and ${String(last)} on 127.0.0.1.`)
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => {
      resolve(false)
    })
    server.listen({port, host: '127.0.0.1', exclusive: true}, () => {
      server.close(() => {
        resolve(true)
      })
    })
  })
}
