import {existsSync} from 'node:fs'
import {z} from 'zod'
import {parseDuration} from '../domain/time/duration.js'
import type {SecretReference} from './config.js'

// Compiling a validator pays off after thousands of documents; faci reads one.
z.config({jitless: true})

const duration = z.string().transform((text, context): number => {
  try {
    return parseDuration(text)
  } catch (error) {
    context.addIssue({code: 'custom', message: error instanceof Error ? error.message : 'is not a duration'})
    return z.NEVER
  }
})

const percent = z
  .number()
  .min(0)
  .max(100)
  .transform((value) => value / 100)

const url = z.string().refine((text) => /^https?:\/\/[^\s/]/.test(text) && URL.canParse(text), {
  message: 'is not an http(s) URL: write http://host:port',
})

const SECRET = /^(env|file):(.+)$/

const secret = z.string().transform((text, context): SecretReference => {
  const match = SECRET.exec(text)
  if (match?.[2] === undefined) {
    context.addIssue({
      code: 'custom',
      message: 'a secret is never written into faci.yml: write env:NAME or file:/run/secrets/name',
    })
    return z.NEVER
  }
  return {from: match[1] === 'env' ? 'env' : 'file', name: match[2]}
})

const headers = z.record(
  z.string(),
  z.string().transform((text): string | SecretReference => {
    const match = SECRET.exec(text)
    return match?.[2] === undefined ? text : {from: match[1] === 'env' ? 'env' : 'file', name: match[2]}
  }),
)

const timezone = z.string().refine(
  (name) => {
    // Intl takes 15 ms to wake up; where the system has its own zone files, looking there is free.
    if (/^[A-Za-z]+(?:[/_+-][A-Za-z0-9]+)*$/.test(name) && existsSync(`/usr/share/zoneinfo/${name}`)) return true
    try {
      new Intl.DateTimeFormat('en', {timeZone: name})
      return true
    } catch {
      return false
    }
  },
  {message: 'is not an IANA time zone such as America/Sao_Paulo'},
)

const compose = z.strictObject({
  file: z.union([z.string(), z.array(z.string()).min(1)]).default('docker-compose.yml'),
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower case letters, digits, _ and -')
    .optional(),
})

const targets = z.strictObject({
  latency: z
    .strictObject({p50: duration.default(0.2), p95: duration.default(0.5), p99: duration.default(1)})
    .prefault({}),
  errors: percent.default(0.005),
  serverErrors: percent.default(0.001),
  clientErrors: percent.default(0.02),
  cpu: percent.default(0.7),
  memory: percent.default(0.8),
  disk: percent.default(0.85),
})

const slack = z
  .strictObject({
    token: secret.optional(),
    channel: z.string().optional(),
    webhook: secret.optional(),
    apiUrl: url.optional(),
  })
  .refine((value) => (value.token === undefined) !== (value.webhook === undefined), {
    message: 'needs either token (with channel) or webhook',
  })
  .refine((value) => value.token === undefined || value.channel !== undefined, {message: 'token needs a channel too'})

/** faci.yml as it is written: units as people write them. `load.ts` turns it into `Config`. */
export const configSchema = z.strictObject({
  service: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be a name without spaces'),
  environment: z.string().min(1).default('development'),
  locale: z.enum(['pt-BR', 'en']).default('en'),
  timezone: timezone.default('UTC'),
  compose,
  health: z.record(z.string(), z.strictObject({url, timeout: duration.default(2)})).default({}),
  prometheus: z
    .strictObject({
      url,
      job: z.string().optional(),
      headers: headers.default({}),
      tenant: z.string().optional(),
      partialResponse: z.enum(['allow', 'deny']).default('deny'),
    })
    .optional(),
  alertmanager: z.strictObject({url, headers: headers.default({})}).optional(),
  targets: targets.prefault({}),
  notices: z.strictObject({slack: slack.optional()}).prefault({}),
  runbooks: z.strictObject({path: z.string().default('runbooks')}).prefault({}),
  store: z.strictObject({path: z.string().default('.faci')}).prefault({}),
})

export type ConfigDocument = z.output<typeof configSchema>
