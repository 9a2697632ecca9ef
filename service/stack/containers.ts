import {execa, execaSync} from 'execa'

export interface ContainerState {
  readonly id: string
  readonly name: string
  readonly service: string
  readonly state: string
  /** As `docker ps` puts it: `Up 3 seconds (healthy)`. */
  readonly status: string
}

/** All containers of a Compose project, stopped ones too: found by label, because v1 and v2 name them differently. */
export async function projectContainers(project: string): Promise<ContainerState[]> {
  const format = ['{{.ID}}', '{{.Names}}', '{{.Label "com.docker.compose.service"}}', '{{.State}}', '{{.Status}}'].join(
    '\t',
  )
  const filter = `label=com.docker.compose.project=${project}`
  const {stdout} = await execa('docker', ['ps', '--all', '--no-trunc', '--filter', filter, '--format', format])
  const lines = stdout.split('\n').filter((line) => line !== '')
  return lines.map((line) => {
    const [id = '', name = '', service = '', state = '', status = ''] = line.split('\t')
    return {id, name, service, state, status}
  })
}

export function isHealthy(container: ContainerState): boolean {
  return container.state === 'running' && container.status.includes('(healthy)')
}

/**
 * Removes what carries the project's label, and the names that faci gave to images of it: under `compose down` as a safety net, and for the stacks of dead runs.
 * Synchronous, so that it also works while the process exits.
 */
export function removeProject(project: string): void {
  const filter = `label=com.docker.compose.project=${project}`
  const kinds = [
    {list: ['ps', '--all', '--quiet', '--filter', filter], remove: ['rm', '--force', '--volumes']},
    {list: ['network', 'ls', '--quiet', '--filter', filter], remove: ['network', 'rm']},
    {list: ['volume', 'ls', '--quiet', '--filter', filter], remove: ['volume', 'rm', '--force']},
    {
      list: ['images', '--filter', `reference=faci/${project}/*`, '--format', '{{.Repository}}:{{.Tag}}'],
      remove: ['rmi'],
    },
  ]
  // Twice: an engine still finishes a creation whose client was killed.
  for (const {list, remove} of [...kinds, ...kinds]) {
    const {stdout} = execaSync('docker', list, {reject: false, timeout: 30_000})
    const ids = stdout.split('\n').filter((id) => id !== '')
    if (ids.length > 0) execaSync('docker', [...remove, ...ids], {reject: false, timeout: 60_000})
  }
}
