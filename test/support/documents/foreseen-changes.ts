import type {StackChange} from '../../../src/domain/change/change.js'
import {keptReference} from '../../../src/domain/stack/kept-image.js'
import type {ChangeDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {changeStack} from '../../../src/usecases/change/change-stack.js'
import {aModel, definitionsOf} from '../builders/compose-model.js'
import {aContainer} from '../builders/container.js'
import {changeInput, changeWorld, type ChangeWorld} from '../change-world.js'

const UP: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}

const MODEL = aModel(['api', 'redis'], {profiled: ['load']})
/** `redis` as a job, which `api` waits for. */
const JOBS = {...MODEL, expected: MODEL.expected.map((one) => ({...one, isJob: one.service === 'redis'}))}

function hasRunItsJob(world: ChangeWorld): void {
  world.containers = [aContainer(), aContainer({service: 'redis', state: 'exited', exitCode: 0})]
}

async function planned(change: StackChange, now: Date, arrange: (world: ChangeWorld) => void): Promise<ChangeDocument> {
  const world = changeWorld()
  const model = arrange === hasRunItsJob ? JOBS : MODEL
  const definitions = definitionsOf(model).map((one) => ({
    ...one,
    ...(one.service === 'api' ? {dependencies: ['redis'], follows: ['redis']} : {refreshed: 'pulled' as const}),
  }))
  arrange(world)
  const compose = {...world.deps.compose, definitions: () => Promise.resolve({model, definitions})}
  return envelope('change', await changeStack({...world.deps, compose}, changeInput(change, {dryRun: true})), now)
}

function wentBack({images}: ChangeWorld): void {
  images.names.set(keptReference('faciliauto', 'api', 'previous'), 'sha256:api')
  images.names.set(keptReference('faciliauto', 'api', 'left'), 'sha256:bad')
  images.foreign.set('faciliauto/api:1', 'sha256:bad')
}

function replicasOf(...services: readonly string[]) {
  return services.flatMap((service) => [1, 2].map((replica) => aContainer({service, replica})))
}

/** What runs was made elsewhere, with other variables, by another Compose. */
function madeOtherwise(world: ChangeWorld, edited: readonly {file: string; editedAt: string}[] = []): void {
  const api = {configHash: 'other', createdAt: '2026-11-23T06:00:00.000Z', workingDirectory: '/srv/faciliauto'}
  world.containers = [
    aContainer({...api, composeFiles: ['/srv/faciliauto/prod.yml'], envFiles: ['/srv/faciliauto/prod.env']}),
    aContainer({...api, service: 'redis', workingDirectory: '/home/bia', composeVersion: '2.26.1'}),
    aContainer({service: 'load'}),
  ]
  const pieces = [{variables: ['RELEASE'], isUnset: true, value: '1'}]
  const uses = [{service: 'api', at: ['environment', 'RELEASE'], pieces}]
  const file = {file: '/srv/faciliauto/docker-compose.yml', editedAt: '2026-11-23T05:00:00.000Z'}
  const {compose, engine} = world.deps
  Object.assign(compose, {sources: () => Promise.resolve({uses, files: [file, ...edited]})})
  Object.assign(engine, {inspect: () => Promise.resolve({Config: {Env: ['RELEASE=prod-7']}})})
}

function runsElsewhere(world: ChangeWorld): void {
  world.containers = []
  const copy = {project: 'prod', kind: 'compose' as const, directory: '/srv/faciliauto', services: ['api', 'redis']}
  const files = ['/srv/faciliauto/docker-compose.yml']
  Object.assign(world.deps.engine, {projects: () => Promise.resolve([{...copy, files, running: 2, total: 2}])})
}

/** Plans that tell of more than what was asked for. */
export async function foreseenChanges(now: Date): Promise<readonly ChangeDocument[]> {
  return Promise.all([
    planned(UP, now, (world) => {
      world.images.foreign.set('faciliauto/api:1', 'sha256:bad')
      world.containers = [aContainer({configHash: null})]
    }),
    planned(UP, now, wentBack),
    planned({kind: 'up', services: [], build: false, recreate: false, replicas: {}, unpin: true}, now, wentBack),
    planned({kind: 'scale', replicas: {api: 3}}, now, (world) => {
      world.containers = replicasOf('api', 'redis')
    }),
    planned(UP, now, madeOtherwise),
    planned(UP, now, (world) => {
      madeOtherwise(world, [{file: '/srv/faciliauto/.env', editedAt: '2026-11-23T06:10:00.000Z'}])
    }),
    planned(UP, now, runsElsewhere),
    planned(UP, now, ({deps, containers}) => {
      const [api, redis] = ['api', 'redis'].map((service) => containers.filter((one) => one.service === service))
      const names = (all: ChangeWorld['containers'] = []): readonly string[] => all.map(({name}) => name)
      const said = {
        recreated: names(redis),
        stopped: names(api),
        networks: ['faciliauto_back'],
        keptVolumes: ['faciliauto_data'],
      }
      Object.assign(deps.compose, {foretell: () => Promise.resolve({running: [], ...said})})
    }),
    planned({kind: 'scale', replicas: {api: 2}}, now, hasRunItsJob),
    planned(UP, now, hasRunItsJob),
    planned({kind: 'restart', services: ['redis']}, now, (world) => {
      world.containers = [aContainer({dependsOn: ['redis']}), aContainer({service: 'redis'})]
    }),
    planned({kind: 'down'}, now, (world) => {
      world.containers = replicasOf('api', 'load', 'gone')
    }),
  ])
}
