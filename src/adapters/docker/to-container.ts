import type {Container} from '../../domain/stack/container.js'
import type {Inspected} from './engine-answers.js'

const PREFIX = 'com.docker.compose'

/** Compose's labels on the containers it makes; v1 and v2 alike. */
export const LABELS = {
  project: `${PREFIX}.project`,
  service: `${PREFIX}.service`,
  replica: `${PREFIX}.container-number`,
  workingDirectory: `${PREFIX}.project.working_dir`,
  oneOff: `${PREFIX}.oneoff`,
} as const

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

export function toContainer(answer: Inspected): Container {
  const {State: state, Config: config, HostConfig: host} = answer
  const labels = config.Labels ?? {}
  const ended = state.Status === 'exited' || state.Status === 'dead'
  const health = state.Health?.Status ?? ''
  return {
    id: answer.Id,
    name: answer.Name.replace(/^\//, ''),
    service: labels[LABELS.service] ?? answer.Name.replace(/^\//, ''),
    project: labels[LABELS.project] ?? '',
    replica: Number(labels[LABELS.replica] ?? '1') || 1,
    state: state.Status,
    health: health === '' ? 'none' : health,
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
    workingDirectory: labels[LABELS.workingDirectory] ?? null,
    tty: config.Tty,
  }
}
