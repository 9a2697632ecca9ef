import type {Container} from './container.js'
import {isOverlay} from './kept-image.js'
import {command} from '../text/shell-command.js'

/** A Compose project that the engine has containers of, or a Swarm stack that it has tasks of. */
export interface ComposeProject {
  readonly project: string
  readonly kind: 'compose' | 'swarm'
  /** The checkout that made it; null when its containers do not tell. */
  readonly directory: string | null
  /** The Compose files that its containers were made from; empty when they do not tell. */
  readonly files: readonly string[]
  readonly services: readonly string[]
  readonly running: number
  readonly total: number
}

/** What the list of containers tells of one of them. */
export interface ProjectContainer extends Pick<Container, 'project' | 'service' | 'workingDirectory' | 'composeFiles'> {
  readonly kind: ComposeProject['kind']
  readonly isRunning: boolean
}

/** The projects that have containers, by name. */
export function projectsOf(containers: readonly ProjectContainer[]): readonly ComposeProject[] {
  const names = [...new Set(containers.map(({project}) => project))].sort()
  return names.map((project) => {
    const own = containers.filter((container) => container.project === project)
    return {
      project,
      kind: own.some(({kind}) => kind === 'swarm') ? 'swarm' : 'compose',
      files: [...new Set(own.flatMap(({composeFiles}) => composeFiles))].filter((file) => !isOverlay(file)),
      directory: own.find(({workingDirectory}) => workingDirectory !== null)?.workingDirectory ?? null,
      services: [...new Set(own.map(({service}) => service))].sort(),
      running: own.filter(({isRunning}) => isRunning).length,
      total: own.length,
    }
  })
}

/** Nothing of a project is there: what runs on the engine instead, and what to type. */
export interface Absence {
  readonly project: string
  readonly projects: readonly ComposeProject[]
  readonly next: string
}

function hasAll(one: ComposeProject, services: readonly string[]): boolean {
  return services.length > 0 && services.every((name) => one.services.includes(name))
}

function swarmText({project}: ComposeProject): string {
  return `it runs as the Swarm stack ${project}, which faci does not act on: ${command`docker stack services ${project}`}`
}

/**
 * The projects that run from this file: a project of the same Compose file under another name is a copy. A Swarm stack does not tell
 * of what it was made: one is a copy that has the project's name, or all of its services.
 */
export function copiesOf(
  {project, file, services}: {readonly project: string; readonly file: string; readonly services: readonly string[]},
  projects: readonly ComposeProject[],
  realPath: (path: string) => string,
): readonly ComposeProject[] {
  return projects.filter((one) => {
    if (one.running === 0) return false
    if (one.kind === 'swarm') return one.project === project || hasAll(one, services)
    return one.project !== project && one.files.some((other) => realPath(other) === realPath(file))
  })
}

interface Wanted {
  readonly project: string
  readonly directory: string
  readonly services: readonly string[]
}

/** A second copy may be what is wanted, and a stranger's project never is: who has one of these says so. */
function orSecondCopy(alike: readonly ComposeProject[]): string {
  const [first] = alike
  if (first === undefined) return 'faci up'
  const which = alike.length === 1 ? `${first.project} is yours` : 'one of the projects below is yours'
  const name = alike.length === 1 ? first.project : 'ITS NAME'
  return `if ${which}, write compose: {project: ${name}} in faci.yml; if not, faci up`
}

/** Never a second copy, unasked, of what runs under another name: the project made from this folder, or one with all of its services. */
export function absenceOf({project, directory, services}: Wanted, projects: readonly ComposeProject[]): Absence {
  const running = projects.filter((one) => one.running > 0)
  const stack = running.find((one) => one.kind === 'swarm' && (one.project === project || hasAll(one, services)))
  if (stack !== undefined) return {project, projects, next: swarmText(stack)}
  const own = running.find((one) => one.directory === directory)
  if (own !== undefined) return {project, projects, next: `write compose: {project: ${own.project}} in faci.yml`}
  const alike = running.filter((one) => hasAll(one, services))
  return {project, projects, next: orSecondCopy(alike)}
}
