import * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'

/** The parts of the Engine API's answers that faci reads (API 1.41 and later; what newer ones add is ignored). */
export const VERSION = z.object({Version: z.string(), ApiVersion: z.string()})

const labels = z.nullish(z.record(z.string(), z.string()))

export const LISTED = z.array(
  z.object({Id: z.string(), ImageID: z.nullish(z.string()), Labels: labels, State: z.nullish(z.string())}),
)

export const LISTED_IMAGES = z.array(z.object({Id: z.string(), Labels: labels}))

export type Listed = z.infer<typeof LISTED>

export const INSPECTED = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  Image: z.string(),
  RestartCount: z.number(),
  State: z.object({
    /** Docker's seven, and others of Podman's. */
    Status: z.string(),
    OOMKilled: z.boolean(),
    ExitCode: z.number(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
    Health: z.nullish(z.object({Status: z.string()})),
  }),
  Config: z.object({Image: z.string(), Labels: labels, Tty: z.boolean()}),
  HostConfig: z.object({
    NetworkMode: z.nullish(z.string()),
    Memory: z.nullish(z.number()),
    NanoCpus: z.nullish(z.number()),
    CpuQuota: z.nullish(z.number()),
    CpuPeriod: z.nullish(z.number()),
  }),
})

export type Inspected = z.infer<typeof INSPECTED>

export const EVENT = z.object({
  Action: z.string(),
  Actor: z.object({ID: z.string(), Attributes: labels}),
  timeNano: z.number(),
})

/** A name that the engine takes. */
const NAME = z.string().check(z.regex(/^[\w.-]+$/))
export const NETWORK = z.object({Containers: z.nullish(z.record(z.string(), z.object({Name: NAME})))})

export const IMAGE = z.object({
  Id: z.string(),
  RepoTags: z.nullish(z.array(z.string())),
  Created: z.nullish(z.string()),
})

const cpu = z.object({
  cpu_usage: z.object({total_usage: z.number()}),
  system_cpu_usage: z.nullish(z.number()),
  online_cpus: z.nullish(z.number()),
})

const transfer = z.object({op: z.string(), value: z.number()})

export const STATS = z.object({
  cpu_stats: cpu,
  precpu_stats: cpu,
  memory_stats: z.object({
    usage: z.nullish(z.number()),
    limit: z.nullish(z.number()),
    stats: z.nullish(z.record(z.string(), z.number())),
  }),
  networks: z.nullish(z.record(z.string(), z.object({rx_bytes: z.number(), tx_bytes: z.number()}))),
  blkio_stats: z.nullish(z.object({io_service_bytes_recursive: z.nullish(z.array(transfer))})),
  pids_stats: z.nullish(z.object({current: z.nullish(z.number())})),
})

export type Stats = z.infer<typeof STATS>

/** Throws `badAnswer` naming the first place that is not as expected. */
export function checked<T>(schema: z.ZodMiniType<T>, answer: unknown, what: string): T {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`
  throw new FaciError('badAnswer', `Docker's answer about ${what} is not what the Engine API describes${place}`, {
    suggestions: ['docker version'],
  })
}
