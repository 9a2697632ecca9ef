import {dirname, isAbsolute, resolve} from 'node:path'
import type {Container} from '../../domain/stack/container.js'
import type {Inspected} from './engine-answers.js'

const PREFIX = 'com.docker.compose'

/** Compose's labels on the containers it makes; v1 and v2 alike. */
export const LABELS = {
  project: `${PREFIX}.project`,
  service: `${PREFIX}.service`,
  replica: `${PREFIX}.container-number`,
  workingDirectory: `${PREFIX}.project.working_dir`,
  composeFiles: `${PREFIX}.project.config_files`,
  envFiles: `${PREFIX}.project.environment_file`,
  oneOff: `${PREFIX}.oneoff`,
  version: `${PREFIX}.version`,
  configHash: `${PREFIX}.config-hash`,
} as const

/** Of the tasks of a Swarm stack, which Compose has not made. */
export const SWARM = {stack: 'com.docker.stack.namespace', service: 'com.docker.swarm.service.name'} as const

/** The engine's zero time stands for never. */
function time(text: string): string | null {
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) || milliseconds <= 0 ? null : new Date(milliseconds).toISOString()
}

function positive(value: number | null | undefined): number | null {
  return value === null || value === undefined || value <= 0 ? null : value
}

export function cpuLimit({NanoCpus, CpuQuota, CpuPeriod}: Inspected['HostConfig']): number | null {
  const nano = positive(NanoCpus)
  const quota = positive(CpuQuota)
  if (nano !== null) return nano / 1e9
  return quota === null ? null : quota / (positive(CpuPeriod) ?? 100_000)
}

/** Which of a project's containers it is, by Compose's labels; `name` stands in for a service that is not labelled. */
export function composeIdentity(
  labels: Readonly<Record<string, string>>,
  name: string,
): Pick<Container, 'service' | 'replica'> {
  const number = Number(labels[LABELS.replica])
  return {service: labels[LABELS.service] ?? name, replica: Number.isInteger(number) ? number : 1}
}

/** v2 writes whole paths, v1 what was typed, from wherever that was: its working directory is the folder of the first file. */
function typedIn(composeFiles: string, workingDirectory: string): string {
  const [first = ''] = composeFiles.split(',')
  const folder = dirname(first)
  const isBelow = !isAbsolute(first) && !folder.split('/').includes('..')
  return isBelow && workingDirectory.endsWith(`/${folder}`)
    ? workingDirectory.slice(0, -folder.length - 1) || '/'
    : workingDirectory
}

function filesIn(label: string | undefined, folder: string): readonly string[] {
  return label === undefined || label === '' ? [] : label.split(',').map((file) => resolve(folder, file))
}

/** From what it was made, by its labels. */
export function madeFrom(
  labels: Readonly<Record<string, string>>,
): Pick<Container, 'workingDirectory' | 'composeFiles' | 'envFiles'> {
  const workingDirectory = labels[LABELS.workingDirectory] ?? null
  const folder = typedIn(labels[LABELS.composeFiles] ?? '', workingDirectory ?? '/')
  return {
    workingDirectory,
    composeFiles: filesIn(labels[LABELS.composeFiles], folder),
    envFiles: filesIn(labels[LABELS.envFiles], folder),
  }
}

function identity({
  Id,
  Name,
  Config,
}: Inspected): Pick<
  Container,
  | 'id'
  | 'name'
  | 'service'
  | 'project'
  | 'replica'
  | 'workingDirectory'
  | 'composeFiles'
  | 'envFiles'
  | 'configHash'
  | 'composeVersion'
> {
  const labels = Config.Labels ?? {}
  const name = Name.replace(/^\//, '')
  return {
    id: Id,
    name,
    ...composeIdentity(labels, name),
    project: labels[LABELS.project] ?? '',
    ...madeFrom(labels),
    configHash: labels[LABELS.configHash] ?? null,
    composeVersion: labels[LABELS.version] ?? null,
  }
}

function health({Health}: Inspected['State']): Container['health'] {
  const status = Health?.Status ?? ''
  return status === '' ? 'none' : status
}

export function toContainer(answer: Inspected): Container {
  const {State: state, Config: config, HostConfig: host} = answer
  const ended = state.Status === 'exited' || state.Status === 'dead'
  return {
    ...identity(answer),
    state: state.Status,
    health: health(state),
    image: config.Image,
    imageId: answer.Image,
    createdAt: time(answer.Created) ?? answer.Created,
    startedAt: time(state.StartedAt),
    finishedAt: time(state.FinishedAt),
    exitCode: ended ? state.ExitCode : null,
    outOfMemory: state.OOMKilled,
    restartCount: answer.RestartCount,
    memoryLimitBytes: positive(host.Memory),
    cpuLimitCores: cpuLimit(host),
    tty: config.Tty,
  }
}
