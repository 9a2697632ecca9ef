import {z} from 'zod'
import {FaciError} from '../../domain/errors.js'

/** The parts of the Engine API's answers that faci reads (API 1.41 and later; what newer ones add is ignored). */
export const VERSION = z.object({Version: z.string(), ApiVersion: z.string()})

const labels = z.record(z.string(), z.string()).nullish()

export const LISTED = z.array(z.object({Id: z.string(), Labels: labels}))

export const INSPECTED = z.object({
  Id: z.string(),
  Name: z.string(),
  Created: z.string(),
  Image: z.string(),
  RestartCount: z.number(),
  State: z.object({
    Status: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    OOMKilled: z.boolean(),
    ExitCode: z.number(),
    StartedAt: z.string(),
    FinishedAt: z.string(),
    Health: z.object({Status: z.enum(['', 'none', 'starting', 'healthy', 'unhealthy'])}).nullish(),
  }),
  Config: z.object({Image: z.string(), Labels: labels, Tty: z.boolean()}),
  HostConfig: z.object({
    Memory: z.number().nullish(),
    NanoCpus: z.number().nullish(),
    CpuQuota: z.number().nullish(),
    CpuPeriod: z.number().nullish(),
  }),
})

export type Inspected = z.infer<typeof INSPECTED>

export const IMAGE = z.object({Id: z.string(), RepoTags: z.array(z.string()).nullish(), Created: z.string().nullish()})

const cpu = z.object({
  cpu_usage: z.object({total_usage: z.number()}),
  system_cpu_usage: z.number().nullish(),
  online_cpus: z.number().nullish(),
})

const transfer = z.object({op: z.string(), value: z.number()})

export const STATS = z.object({
  cpu_stats: cpu,
  precpu_stats: cpu,
  memory_stats: z.object({
    usage: z.number().nullish(),
    limit: z.number().nullish(),
    stats: z.record(z.string(), z.number()).nullish(),
  }),
  networks: z.record(z.string(), z.object({rx_bytes: z.number(), tx_bytes: z.number()})).nullish(),
  blkio_stats: z.object({io_service_bytes_recursive: z.array(transfer).nullish()}).nullish(),
  pids_stats: z.object({current: z.number().nullish()}).nullish(),
})

export type Stats = z.infer<typeof STATS>

/** Throws `badAnswer` naming the first place that is not as expected. */
export function checked<T>(schema: z.ZodType<T>, answer: unknown, what: string): T {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const place = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.')}`
  throw new FaciError('badAnswer', `Docker's answer about ${what} is not what the Engine API describes${place}`, {
    suggestions: ['docker version'],
  })
}
