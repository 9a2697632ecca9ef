import {basename, dirname, join} from 'node:path'
import * as z from 'zod/mini'
import type {Container} from '../../../domain/stack/container.js'
import type {DockerConnection} from '../docker-connection.js'
import {jsonFileFormat} from './json-file-format.js'
import {localFormat} from './local-format.js'
import type {LogFormat} from './log-format.js'

/** Where the log of a container lies on the engine's host, as the engine tells it. */
export interface LogPlace {
  /** Of the newest file; older ones have a number behind. */
  readonly path: string
  /** Of all files together. */
  readonly mostFiles: number
  readonly format: () => LogFormat
}

const ANSWER = z.object({
  LogPath: z.string(),
  /** Beside its log, whatever the engine's root folder is. */
  HostsPath: z.string(),
  HostConfig: z.object({
    LogConfig: z.object({Type: z.string(), Config: z.nullish(z.record(z.string(), z.string()))}),
  }),
})

const DEADLINE_SECONDS = 3

function filesOf(config: Readonly<Record<string, string>> | null | undefined, usual: number): number {
  const count = Number(config?.['max-file'] ?? usual)
  return Number.isInteger(count) && count >= 1 && count <= 1000 ? count : 0
}

/** null where only the engine can read it: another driver, an engine that is elsewhere, a place that is not this container's own. */
export async function findLogFiles(
  {get, shown}: DockerConnection,
  {id}: Pick<Container, 'id'>,
): Promise<LogPlace | null> {
  if (!shown.startsWith('unix://')) return null
  const answer = ANSWER.safeParse(
    await get({path: `/containers/${id}/json`, what: 'describe a container', deadlineSeconds: DEADLINE_SECONDS}),
  )
  if (!answer.success) return null
  const {LogPath, HostsPath, HostConfig} = answer.data
  const folder = dirname(HostsPath)
  if (basename(folder) !== id || basename(dirname(folder)) !== 'containers') return null
  const {Type, Config} = HostConfig.LogConfig
  switch (Type) {
    case 'json-file': {
      const path = join(folder, `${id}-json.log`)
      const mostFiles = filesOf(Config, 1)
      return LogPath === path && mostFiles > 0 ? {path, mostFiles, format: jsonFileFormat} : null
    }
    case 'local': {
      const mostFiles = filesOf(Config, 5)
      return mostFiles > 0 ? {path: join(folder, 'local-logs', 'container.log'), mostFiles, format: localFormat} : null
    }
    default:
      return null
  }
}
