import {mkdtemp, rm} from 'node:fs/promises'
import {connect, createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'

export interface BusyEngine {
  /** For `DOCKER_HOST`. */
  readonly host: string
  readonly stop: () => Promise<void>
}

/** The real engine behind a socket on which it is so busy that what describes one container comes `seconds` later. */
export async function busyEngine(seconds: number): Promise<BusyEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'faci-busy-'))
  const path = join(folder, 'docker.sock')
  const server = createServer((client) => {
    const engine = connect('/var/run/docker.sock')
    const end = (): void => {
      client.destroy()
      engine.destroy()
    }
    for (const stream of [client, engine]) stream.on('error', end).on('close', end)
    client.on('data', (chunk: Buffer) => {
      const isDescription = /^GET \/(?:v[\d.]+\/)?containers\/[0-9a-f]+\/json/.test(chunk.toString('latin1'))
      setTimeout(() => engine.write(chunk), isDescription ? seconds * 1000 : 0)
    })
    engine.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
  return {
    host: `unix://${path}`,
    stop: async () => {
      server.close()
      await rm(folder, {recursive: true, force: true})
    },
  }
}
