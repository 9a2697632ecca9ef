import {FaciError} from '../../domain/errors.js'
import {copiesOf} from '../../domain/stack/compose-project.js'
import type {Engine} from '../../ports/engine.js'

export interface FoundProject {
  readonly project: string
  /** Somebody has named it: it is this one, whatever runs. */
  readonly isNamed: boolean
  readonly files: readonly string[]
}

/**
 * The project that is meant where nobody has named one: that of the folder, or, where that has no container, the only other one whose
 * running containers say that they were made from this very file, as after `docker compose -p NAME up`. An engine that does not answer
 * decides nothing: who needs it says so.
 */
export async function runningProject(
  engine: () => Promise<Pick<Engine, 'projects'>>,
  {project, isNamed, files: [file]}: FoundProject,
  realPath: (path: string) => string,
): Promise<string> {
  if (isNamed || file === undefined) return project
  try {
    const projects = await (await engine()).projects()
    if (projects.some((one) => one.project === project)) return project
    const found = copiesOf({project, file, services: []}, projects, realPath).filter(({kind}) => kind === 'compose')
    const [only] = found
    return found.length === 1 && only !== undefined ? only.project : project
  } catch (error) {
    if (error instanceof FaciError && error.code !== 'interrupted') return project
    throw error
  }
}
