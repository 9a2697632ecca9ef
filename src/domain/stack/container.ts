import type {IsoTime} from '../time/iso-time.js'

/** `unknown`: a word of the engine's that faci does not know. */
export type ContainerState =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown'

/** Docker's own health check: `none` when the image and the Compose file declare none. */
export type ContainerHealth = 'none' | 'starting' | 'healthy' | 'unhealthy'

/** The container whose network another one is on, as it is now. */
export interface NetworkOwner {
  /** null when it no longer exists. */
  readonly name: string | null
  readonly startedAt: IsoTime | null
  readonly isRunning: boolean
}

/** One container of a Compose project, as the engine describes it. */
export interface Container {
  readonly id: string
  readonly name: string
  readonly service: string
  readonly project: string
  readonly replica: number
  readonly state: ContainerState
  readonly health: ContainerHealth
  readonly image: string
  readonly imageId: string
  readonly createdAt: IsoTime
  readonly startedAt: IsoTime | null
  readonly finishedAt: IsoTime | null
  readonly exitCode: number | null
  readonly outOfMemory: boolean
  readonly restartCount: number
  /** Bytes; null when unlimited. */
  readonly memoryLimitBytes: number | null
  /** Cores; null when unlimited. */
  readonly cpuLimitCores: number | null
  /** The checkout that made it: Compose's working_dir label. */
  readonly workingDirectory: string | null
  /** The Compose files that it was made from, in their order: Compose's config_files label; empty when it does not tell. */
  readonly composeFiles: readonly string[]
  /** The env files that Compose was told to read instead of `.env`, in their order: its environment_file label; empty: none. */
  readonly envFiles: readonly string[]
  /** The services that it depends on: Compose v2's depends_on label; empty when its labels do not tell. */
  readonly dependsOn: readonly string[]
  /** Compose's hash of what it was made of; null when its labels do not tell. */
  readonly configHash: string | null
  /** Of the Compose that made it; null when its labels do not tell. */
  readonly composeVersion: string | null
  /** Of one that is on another container's network, which ends with each life of that; null when it is not, or that is on the host's. */
  readonly networkOwner: NetworkOwner | null
  /** True when started with a TTY: its log stream has no frames. */
  readonly tty: boolean
}

/** One measurement of a running container. */
export interface ContainerStats {
  readonly containerId: string
  /** Cores in use over the sampling interval (1 = one core fully used); null where the engine does not measure it. */
  readonly cpuCores: number | null
  /** Cores available to it: its limit, else the host's; null where it is not told. */
  readonly cpuAvailableCores: number | null
  /** Working set: usage without the reclaimable page cache, as `docker stats` shows; null where no controller counts it. */
  readonly memoryBytes: number | null
  /** null where it is not told; without a limit of its own it is what the host has. */
  readonly memoryLimitBytes: number | null
  readonly networkReceivedBytes: number
  readonly networkSentBytes: number
  readonly blockReadBytes: number
  readonly blockWrittenBytes: number
  readonly processes: number
}
