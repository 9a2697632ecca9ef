import {FaciError} from '../../../src/domain/errors.js'
import {projectsOf} from '../../../src/domain/stack/compose-project.js'
import type {Container, ContainerStats} from '../../../src/domain/stack/container.js'
import type {Engine, ImageInfo} from '../../../src/ports/engine.js'

export interface FakeEngine extends Engine {
  containersNow: readonly Container[]
}

/** An engine with these containers; `containersNow` changes what runs. */
export function fakeEngine(
  containers: readonly Container[] = [],
  {stats = [], images = []}: {readonly stats?: readonly ContainerStats[]; readonly images?: readonly ImageInfo[]} = {},
): FakeEngine {
  const engine: FakeEngine = {
    containersNow: containers,
    info: () => Promise.resolve({version: '28.2.2', apiVersion: '1.50', endpoint: 'unix:///var/run/docker.sock'}),
    containers: (project) =>
      Promise.resolve(
        engine.containersNow
          .filter((container) => container.project === project)
          .toSorted((one, other) => one.service.localeCompare(other.service) || one.replica - other.replica),
      ),
    projects: () =>
      Promise.resolve(
        projectsOf(
          engine.containersNow.map((one) => ({...one, kind: 'compose' as const, isRunning: one.state === 'running'})),
        ),
      ),
    events: (project, since, until) =>
      Promise.resolve(
        engine.containersNow
          .filter((one) => one.project === project && one.state === 'exited')
          .flatMap(({id, service, replica, exitCode, finishedAt}) =>
            finishedAt === null || Date.parse(finishedAt) < since.getTime() || Date.parse(finishedAt) > until.getTime()
              ? []
              : [{at: finishedAt, kind: 'ended' as const, containerId: id, service, replica, exitCode}],
          ),
      ),
    images: (ids) => Promise.resolve(images.filter(({id}) => ids.includes(id))),
    stats: (ids) => Promise.resolve(ids.flatMap((id) => stats.filter(({containerId}) => containerId === id))),
    attached: (network) =>
      Promise.resolve(
        engine.containersNow
          .filter(({project, state}) => state === 'running' && network === `${project}_default`)
          .map(({name}) => name),
      ),
    inspect: (id) => {
      const found = engine.containersNow.find((container) => container.id === id)
      return found === undefined
        ? Promise.reject(new FaciError('badAnswer', `Docker has no container ${id} (any more)`))
        : Promise.resolve({Id: found.id, Name: `/${found.name}`})
    },
  }
  return engine
}
