import type {Container} from './container.js'

/** A Compose project that the engine has containers of. */
export interface ComposeProject {
  readonly project: string
  /** The checkout that made it; null when its containers do not tell. */
  readonly directory: string | null
  readonly services: readonly string[]
  readonly running: number
  readonly total: number
}

/** What the list of containers tells of one of them. */
export interface ProjectContainer extends Pick<Container, 'project' | 'service' | 'workingDirectory'> {
  readonly isRunning: boolean
}

/** The projects that have containers, by name. */
export function projectsOf(containers: readonly ProjectContainer[]): readonly ComposeProject[] {
  const names = [...new Set(containers.map(({project}) => project))].sort()
  return names.map((project) => {
    const own = containers.filter((container) => container.project === project)
    return {
      project,
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
  const own = running.find((one) => one.directory === directory)
  if (own !== undefined) return {project, projects, next: `write compose: {project: ${own.project}} in faci.yml`}
  const alike = running.filter((one) => services.length > 0 && services.every((name) => one.services.includes(name)))
  return {project, projects, next: orSecondCopy(alike)}
}
