import {FaciError} from '../../domain/errors.js'
import {once} from './once.js'

const ENGINE_SECONDS = 2.5

/** Which engine it is that this command would change, asked once; null when it does not tell. */
export const dockerEngineId = once(async (): Promise<string | null> => {
  const [{openDocker}, {resolveDockerEndpoint}, engine] = await Promise.all([
    import('../../adapters/docker/docker-connection.js'),
    import('../../adapters/docker/docker-endpoint.js'),
    import('../../adapters/docker/engine-id.js'),
  ])
  try {
    return await engine.engineId(openDocker(resolveDockerEndpoint(process.env)), ENGINE_SECONDS)
  } catch (error) {
    // A Docker context that is wrong is told by whoever needs the engine.
    if (error instanceof FaciError) return null
    throw error
  }
})
