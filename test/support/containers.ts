import {execa} from 'execa'

export interface Replica {
  readonly id: string
  readonly running: boolean
  readonly startedAt: string
}

/** The containers of a service as the engine itself shows them, oldest first. */
export async function replicas(project: string, service: string): Promise<readonly Replica[]> {
  const label = (name: string, value: string) => ['--filter', `label=com.docker.compose.${name}=${value}`]
  const listed = await execa('docker', [
    ...['ps', '--all', '--quiet', '--no-trunc'],
    ...label('project', project),
    ...label('service', service),
  ])
  const ids = listed.stdout.split('\n').filter((id) => id !== '')
  if (ids.length === 0) return []
  const format = '{{.Id}} {{.State.Running}} {{.State.StartedAt}}'
  const {stdout} = await execa('docker', ['inspect', '--format', format, ...ids.reverse()])
  return stdout.split('\n').map((line) => {
    const [id = '', running, startedAt = ''] = line.split(' ')
    return {id, running: running === 'true', startedAt}
  })
}

/** `docker COMMAND … ID` on the first container of a service. */
export async function onContainer(
  project: string,
  service: string,
  command: (id: string) => readonly string[],
): Promise<string> {
  const [first] = await replicas(project, service)
  if (first === undefined) throw new Error(`${service} has no container`)
  return (await execa('docker', command(first.id))).stdout
}

/** The id of the image that a service's first container runs. */
export async function imageOf(project: string, service: string): Promise<string> {
  return (await onContainer(project, service, (id) => ['inspect', '--format', '{{.Image}}', id])).trim()
}
