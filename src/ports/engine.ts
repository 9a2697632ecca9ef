import type {ComposeProject} from '../domain/stack/compose-project.js'
import type {ContainerEvent} from '../domain/stack/container-event.js'
import type {Container, ContainerStats} from '../domain/stack/container.js'

export interface EngineInfo {
  readonly version: string
  readonly apiVersion: string
  /** Where it is, without credentials: `unix:///var/run/docker.sock`. */
  readonly endpoint: string
}

export interface ImageInfo {
  readonly id: string
  readonly tags: readonly string[]
  readonly createdAt: string
}

/**
 * Reads containers through the Docker Engine API. Every call has a deadline.
 * Errors: `unreachable`, `timedOut`, `badAnswer` (FaciError).
 */
export interface Engine {
  readonly info: () => Promise<EngineInfo>
  /** All containers of a Compose project, stopped ones too, ordered by service and replica. */
  readonly containers: (project: string) => Promise<readonly Container[]>
  /** Every Compose project that has containers, by name; of those that only ran for once (`run`) nothing is said. */
  readonly projects: () => Promise<readonly ComposeProject[]>
  /**
   * What became of a project's containers since then, in the order of time, those that are gone too; as much of it as the engine remembers
   * (Docker: its last 256 events of any kind). Of those that only ran for once nothing is said.
   */
  readonly events: (project: string, since: Date, until: Date) => Promise<readonly ContainerEvent[]>
  readonly images: (ids: readonly string[]) => Promise<readonly ImageInfo[]>
  /** Waits for two samples, so that the CPU figure is of now; takes about a second. */
  readonly stats: (containerIds: readonly string[]) => Promise<readonly ContainerStats[]>
  /** Names of the containers that are on a network now, of whatever project; none where there is no such network. */
  readonly attached: (network: string) => Promise<readonly string[]>
  /** The full inspection document, for evidence; may hold secrets: mask before keeping. */
  readonly inspect: (containerId: string) => Promise<unknown>
}
