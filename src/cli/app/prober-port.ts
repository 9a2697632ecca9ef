import type {DockerConnection} from '../../adapters/docker/docker-connection.js'
import type {HealthProber} from '../../ports/health-prober.js'
import type {BackendPorts, DockerPorts} from './app-ports.js'
import {once} from './once.js'

interface ProberOptions extends Pick<BackendPorts, 'http'>, Pick<DockerPorts, 'engine' | 'place'> {
  readonly connection: () => Promise<DockerConnection>
}

/** Each way of asking is loaded when it is first used. */
export function proberPort({http, engine, place, connection}: ProberOptions): () => Promise<HealthProber> {
  const serviceExec = once(async () => {
    const {createServiceExec} = await import('../../adapters/docker/service-exec.js')
    const {project} = await place()
    return createServiceExec({connection: await connection(), engine: await engine(), project})
  })
  return once(async () => {
    const {send} = await http()
    return {
      send,
      connect: async (target) => (await import('../../adapters/tcp/tcp-connect.js')).tcpConnect(target),
      run: async (target) => (await serviceExec())(target),
    }
  })
}
