import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {localImage} from '../../service/images/import-image.js'
import {recipes} from '../../service/images/recipes.js'
import {composeCommand, type ComposeGeneration} from '../../service/stack/compose-command.js'
import {removeProject} from '../../service/stack/containers.js'
import {ensureEngine} from '../../service/stack/engine.js'
import {uniqueProject} from '../../service/stack/stack.js'
import {createExecaCompose} from '../../src/adapters/compose/execa-compose.js'
import type {Compose} from '../../src/ports/compose.js'
import {placeOf} from './compose-place.js'

/** A Compose project of a test's own, on the real engine. */
export interface ThrowawayProject {
  readonly project: string
  readonly file: string
  /** What every service runs: node and nothing else. */
  readonly image: string
  readonly compose: Compose
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly remove: () => Promise<void>
}

export interface ServiceScript {
  /** JavaScript that the service runs. */
  readonly script: string
  /** Further keys of the service in the Compose file. */
  readonly keys?: Readonly<Record<string, unknown>>
}

function silent(): void {
  // The contract tests say nothing about the engine they use.
}

/** Writes the Compose file (JSON is YAML) and gives the real Compose adapter on it; nothing is started yet. */
export async function throwawayProject(
  services: Readonly<Record<string, ServiceScript>>,
  generation?: ComposeGeneration,
): Promise<ThrowawayProject> {
  const engine = await ensureEngine({install: true, say: silent})
  const recipe = recipes.find(({name}) => name === 'node')
  if (recipe === undefined) throw new Error('there is no recipe for a node image')
  const image = await localImage(recipe, silent)
  const folder = await mkdtemp(join(tmpdir(), 'faci-compose-'))
  const file = join(folder, 'docker-compose.yml')
  const entries = Object.entries(services).map(([name, {script, keys = {}}]): readonly [string, unknown] => [
    name,
    {image, command: ['node', '-e', script.replaceAll('$', () => '$$')], stop_signal: 'SIGKILL', ...keys},
  ])
  await writeFile(file, JSON.stringify({version: '3.8', services: Object.fromEntries<unknown>(entries)}))
  const project = uniqueProject('faci-test')
  const {env} = await composeCommand(generation)
  const environment = {...process.env, ...env}
  const compose = createExecaCompose({
    place: placeOf(file, project),
    environment,
    mask: (text) => text,
    scratchDirectory: () => join(folder, 'scratch'),
    graceSeconds: 1,
  })
  return {
    project,
    file,
    image,
    compose,
    environment,
    remove: async () => {
      removeProject(project)
      await rm(folder, {recursive: true, force: true})
      await engine.stop()
    },
  }
}
