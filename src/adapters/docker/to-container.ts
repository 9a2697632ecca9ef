import {dirname, isAbsolute, relative, resolve} from 'node:path'
import type {Container, ContainerHealth, ContainerState} from '../../domain/stack/container.js'
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
  /** `db:service_healthy:true,cache:service_started:false` */
  dependsOn: `${PREFIX}.depends_on`,
  version: `${PREFIX}.version`,
  configHash: `${PREFIX}.config-hash`,
  /** The id of the image, by v2; v1 has it in the hash. */
  image: `${PREFIX}.image`,
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

/**
 * v2 writes whole paths, v1 what was typed, from wherever that was: its working directory is the folder of the first Compose file, and
 * the others are where they are from there.
 */
function filesIn(label: string | undefined, first: string, workingDirectory: string): readonly string[] {
  if (label === undefined || label === '') return []
  const from = isAbsolute(first) ? '' : dirname(first)
  const place = (file: string): string => (isAbsolute(file) ? file : relative(from, file))
  return label.split(',').map((file) => resolve(workingDirectory, place(file)))
}

/** From what it was made, by its labels. */
export function madeFrom(
  labels: Readonly<Record<string, string>>,
): Pick<Container, 'workingDirectory' | 'composeFiles' | 'envFiles'> {
  const workingDirectory = labels[LABELS.workingDirectory] ?? null
  const [first = ''] = (labels[LABELS.composeFiles] ?? '').split(',')
  return {
    workingDirectory,
    composeFiles: filesIn(labels[LABELS.composeFiles], first, workingDirectory ?? '/'),
    envFiles: filesIn(labels[LABELS.envFiles], first, workingDirectory ?? '/'),
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
  | 'dependsOn'
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
    dependsOn: Array.from((labels[LABELS.dependsOn] ?? '').matchAll(/(?:^|,)([^:,]+)/g), ([, service = '']) => service),
    configHash: labels[LABELS.configHash] ?? null,
    composeVersion: labels[LABELS.version] ?? null,
  }
}

/** Podman's words beside Docker's; what stands for nothing here hides no other container. */
const STATES: ReadonlyMap<string, ContainerState> = new Map<string, ContainerState>([
  ...(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead'] as const).map(
    (state) => [state, state] as const,
  ),
  ['configured', 'created'],
  ['initialized', 'created'],
  ['stopped', 'exited'],
])

const HEALTH: ReadonlySet<string> = new Set<ContainerHealth>(['none', 'starting', 'healthy', 'unhealthy'])

function isHealth(text: string): text is ContainerHealth {
  return HEALTH.has(text)
}

/** A word that nobody knows is not seen to be well. */
function health({Health}: Inspected['State']): ContainerHealth {
  const status = Health?.Status ?? ''
  if (status === '') return 'none'
  return isHealth(status) ? status : 'starting'
}

/** Of which container's network it is part; null where it has its own, or the host's. */
export function sharedNetworkId({HostConfig: {NetworkMode: mode}}: Pick<Inspected, 'HostConfig'>): string | null {
  return /^container:(.+)$/.exec(mode ?? '')?.[1] ?? null
}

/** A container as somebody sees it who is on its network; null: there is no such one any more. */
export function networkOwner(answer: Inspected | null): Container['networkOwner'] {
  if (answer === null) return {name: null, startedAt: null, isRunning: false}
  const {State: state, HostConfig: host, Name: name} = answer
  // The host's network, and none at all, last.
  if (host.NetworkMode === 'host' || host.NetworkMode === 'none') return null
  return {
    name: name.replace(/^\//, ''),
    startedAt: time(state.StartedAt),
    isRunning: state.Status === 'running' || state.Status === 'paused',
  }
}

export function toContainer(answer: Inspected, owner: Container['networkOwner'] = null): Container {
  const {State: state, Config: config, HostConfig: host} = answer
  const known = STATES.get(state.Status) ?? 'unknown'
  const ended = known === 'exited' || known === 'dead'
  return {
    ...identity(answer),
    state: known,
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
    networkOwner: owner,
    tty: config.Tty,
  }
}
