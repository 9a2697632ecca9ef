import type {StackChange} from '../../../src/domain/change/change.js'
import {keptReference} from '../../../src/domain/stack/kept-image.js'
import type {ChangeDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {changeStack} from '../../../src/usecases/change/change-stack.js'
import {aModel, definitionsOf} from '../builders/compose-model.js'
import {aContainer} from '../builders/container.js'
import {changeInput, changeWorld, type ChangeWorld} from '../change-world.js'

const UP: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}

async function planned(change: StackChange, now: Date, arrange: (world: ChangeWorld) => void): Promise<ChangeDocument> {
  const world = changeWorld()
  const model = aModel(['api', 'redis'], {profiled: ['load']})
  const definitions = definitionsOf(model).map((one) => ({
    ...one,
    ...(one.service === 'api' ? {dependencies: ['redis']} : {refreshed: 'pulled' as const}),
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
    planned({kind: 'down'}, now, (world) => {
      world.containers = replicasOf('api', 'load', 'gone')
    }),
  ])
}
