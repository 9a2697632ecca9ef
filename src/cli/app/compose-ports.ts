import type {Config} from '../../config/config.js'
import type {Masker} from '../../domain/secrets/masker.js'
import type {Leases} from '../../ports/lease.js'
import type {DockerPorts} from './app-ports.js'
import {once} from './once.js'
import {realPath} from '../process/real-path.js'

/** Where Compose is looked for when the environment says nothing of it, as under a bare cron. */
const USUAL_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

interface ComposePortsOptions {
  readonly masker: Masker
  readonly onStart: Leases['keepFor']
  readonly engine: DockerPorts['engine']
  readonly images: DockerPorts['images']
}

/** Which project it is, and what Compose says of it. */
export function composePorts(
  {compose: setting, trust, storeDirectory, storeGroup}: Config,
  {masker: {mask}, onStart, engine, images}: ComposePortsOptions,
): Pick<DockerPorts, 'place' | 'compose' | 'stackModel'> {
  const environment = {PATH: USUAL_PATH, ...process.env}
  const caches = once(async () => {
    const {cacheKey, parseCache} = await import('../../config/parse-cache.js')
    return {key: cacheKey(process.env), of: (kind?: string) => parseCache(process.env, kind)}
  })
  const place = once(async () => {
    const [{findComposePlace}, {composeGeneration}, {runningProject}, {of}] = await Promise.all([
      import('../../adapters/compose/compose-place.js'),
      import('../../adapters/compose/compose-tool.js'),
      import('../../usecases/stack/running-project.js'),
      caches(),
    ])
    const generation = await composeGeneration(environment, of())
    const found = findComposePlace({setting, environment, generation, check: trust.check})
    return {...found, project: await runningProject(engine, found, realPath)}
  })
  const compose = once(async () => {
    const [{createExecaCompose}, {overlayFolder}, {rememberedCompose}, {key, of}, found] = await Promise.all([
      import('../../adapters/compose/execa-compose.js'),
      import('../../adapters/compose/overlay-folder.js'),
      import('../../adapters/compose/remembered-compose.js'),
      caches(),
      place(),
    ])
    const scratchDirectory = (): string => overlayFolder({store: storeDirectory, group: storeGroup, environment})
    const options = {place: found, mask, onStart, environment, scratchDirectory, memory: of()}
    return rememberedCompose(
      {place: found, environment, memory: of('planned'), key, images},
      createExecaCompose(options),
    )
  })
  return {
    place,
    compose,
    stackModel: once(async () => {
      const [{rememberedModel}, {key, of}, found] = await Promise.all([
        import('../../adapters/compose/remembered-model.js'),
        caches(),
        place(),
      ])
      const options = {place: found, environment: process.env, memory: of('compose'), key}
      return rememberedModel(options, {model: async () => (await compose()).model()})
    }),
  }
}
