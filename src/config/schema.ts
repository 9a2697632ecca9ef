import * as z from 'zod/mini'
import {CHANNELS} from '../adapters/channels/registry.js'
import {environmentKind} from '../domain/environment.js'
import {DURATION_UNITS, LOG_PRESETS, type DurationUnit, type LogPreset} from '../domain/logs/field-rules.js'
import {LEVEL_FAMILIES} from '../domain/logs/log-level.js'
import type {SecretReference} from '../domain/secrets/secret-reference.js'
import {correctionOf, guessText} from '../domain/text/did-you-mean.js'
import type {Channel} from '../ports/channel.js'
import {locale, named, parsedText, secretReference, seconds, url} from '../formats/yaml/values.js'
import {healthSchema} from './health.js'
import {incidentsSchema, routesSchema} from './incidents.js'
import {limitSchema, quietSchema} from './notices.js'
import {oncallSchema} from './oncall-schema.js'
import {retentionSchema} from './retention.js'
import {adjustmentsSchema, slosSchema} from './slo.js'
import {DEFAULT_TIMEZONE, timezone} from './timezone.js'

const percent = z.pipe(
  z.number().check(z.minimum(0), z.maximum(100)),
  z.transform((value: number) => value / 100),
)

const headers = z.record(
  z.string(),
  parsedText((text): string | SecretReference => secretReference(text) ?? text),
)

const paths = z.union([z.string(), z.array(z.string()).check(z.minLength(1))])

/** A group of this host; a variable that is put in is text. */
const group = z.union([z.int().check(z.nonnegative()), z.string().check(z.regex(/^[^:\n]+$/))], {
  error: 'must be the name or the id of a group',
})

const compose = z.strictObject({
  file: z.optional(paths),
  project: z.optional(named(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower case letters, digits, _ and -')),
  envFiles: z.optional(paths),
  profiles: z._default(z.array(named(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be the name of a profile')), []),
})

const latency = z.strictObject({
  p50: z._default(seconds, 0.2),
  p95: z._default(seconds, 0.5),
  p99: z._default(seconds, 1),
})

const targets = z.strictObject({
  latency: z.prefault(latency, {}),
  errors: z._default(percent, 0.005),
  serverErrors: z._default(percent, 0.001),
  clientErrors: z._default(percent, 0.02),
  traffic: z.optional(z.number().check(z.positive())),
  cacheHits: z._default(percent, 0.8),
  cpu: z._default(percent, 0.7),
  memory: z._default(percent, 0.8),
  disk: z._default(percent, 0.85),
})

const channels = Object.fromEntries(Object.entries(CHANNELS).map(([name, {schema}]) => [name, z.optional(schema)]))

const notices = z
  .strictObject({
    ...channels,
    routes: z._default(routesSchema, {}),
    fallback: z.optional(z.string()),
    fallbackAfter: z._default(seconds, 600),
    quiet: z.optional(quietSchema),
    limit: z._default(limitSchema, {}),
  })
  .check(({value, issues}) => {
    const message = fallbackProblem(value.fallback, channelsOf(value))
    if (message !== null) issues.push({code: 'custom', path: ['fallback'], input: value.fallback, message})
  })

/** Of what `notices:` was read into, the channels. */
export function channelsOf(value: Readonly<Record<string, unknown>>): Readonly<Record<string, readonly Channel[]>> {
  const kinds = Object.entries(value).filter(([name, of]) => Object.hasOwn(CHANNELS, name) && of !== undefined)
  return Object.fromEntries(kinds.map(([name, of]) => [name, [of as Channel | readonly Channel[]].flat()]))
}

function fallbackProblem(
  fallback: string | undefined,
  kinds: Readonly<Record<string, readonly Channel[]>>,
): string | null {
  const names = Object.values(kinds).flatMap((of) => of.map(({name}) => name))
  if (fallback === undefined || names.includes(fallback)) return null
  if (names.length === 0) return 'is not set up: notices: has no channel'
  return `is not set up under notices: ${guessText(correctionOf(fallback, names), 'there are', names)}`
}

const prometheus = z.strictObject({
  url,
  job: z.optional(z.string()),
  headers: z._default(headers, {}),
  tenant: z.optional(z.string()),
  partialResponse: z._default(z.enum(['allow', 'deny']), 'deny'),
  rules: z.optional(paths),
})

/** A variable that is put in is text. */
const yesOrNo = z.union([z.boolean(), parsedText(readBoolean)], {error: 'must be true or false'})

function readBoolean(text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  throw new Error('must be true or false')
}

const key = z.optional(z.string().check(z.minLength(1)))
const UNITS = Object.keys(DURATION_UNITS) as [DurationUnit, ...DurationUnit[]]

const logFields = z.strictObject({
  preset: z.optional(z.enum(Object.keys(LOG_PRESETS) as [LogPreset, ...LogPreset[]])),
  ...{level: key, time: key, message: key, status: key, path: key, requestId: key},
  levels: z.optional(z.enum(LEVEL_FAMILIES)),
  duration: z.optional(z.strictObject({key: z.string().check(z.minLength(1)), unit: z.enum(UNITS)})),
})

const store = z.strictObject({
  path: z._default(z.string(), '.faci'),
  group: z.optional(group),
  retention: z.prefault(retentionSchema, {}),
})

const document = z.strictObject({
  service: named(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be a name without spaces'),
  environment: z._default(named(/^\S(?:[^\p{Cc}]*\S)?$/u, 'must be one line without spaces around it'), 'development'),
  production: z.optional(yesOrNo),
  locale: z._default(locale, 'en'),
  timezone: z._default(timezone, DEFAULT_TIMEZONE),
  compose: z.prefault(compose, {}),
  health: z._default(z.record(z.string(), healthSchema), {}),
  prometheus: z.optional(prometheus),
  alertmanager: z.optional(z.strictObject({url, headers: z._default(headers, {})})),
  targets: z.prefault(targets, {}),
  logs: z._default(z.record(z.string(), logFields), {}),
  slos: slosSchema,
  adjustments: adjustmentsSchema,
  notices: z.prefault(notices, {}),
  incidents: z.prefault(incidentsSchema, {}),
  oncall: z.optional(oncallSchema),
  runbooks: z.prefault(z.strictObject({path: z._default(z.string(), 'runbooks')}), {}),
  store: z.prefault(store, {}),
})

function environmentProblem({environment, production}: z.output<typeof document>): string | null {
  const kind = environmentKind(environment)
  if (kind === 'unclear' && production === undefined)
    return `${environment} could be production: write \`production: true\` or \`production: false\` beside it`
  if (kind === 'production' && production === false)
    return `${environment} is production: give it another name, or leave out \`production: false\``
  return null
}

/** Where Alertmanager's pages are shared, it is asked for them. */
function pageProblem({alertmanager, notices: value}: z.output<typeof document>): string | null {
  const shares = Object.values(channelsOf(value)).some((of) => of.some(({sharesPages}) => sharesPages !== undefined))
  return shares && alertmanager === undefined
    ? 'needs to know where Alertmanager is: write `alertmanager: {url: http://localhost:9093}` at the top level'
    : null
}

/** faci.yml as it is written: units as people write them. `load.ts` turns it into `Config`. */
export const configSchema = document.check(({value, issues}) => {
  const message = environmentProblem(value)
  if (message !== null) issues.push({code: 'custom', path: ['environment'], input: value.environment, message})
  const shared = pageProblem(value)
  if (shared !== null)
    issues.push({code: 'custom', path: ['notices', 'pagerduty', 'alertmanager'], input: value.notices, message: shared})
})

export type ConfigDocument = z.output<typeof configSchema>
