import {existsSync, realpathSync} from 'node:fs'
import {dirname, isAbsolute, join, resolve} from 'node:path'
import {isProduction} from '../domain/environment.js'
import {FaciError} from '../domain/errors.js'
import {type FieldRules, LOG_PRESETS} from '../domain/logs/field-rules.js'
import {isDistinctive, tellsSecret} from '../domain/secrets/telling-name.js'
import {readPlainText, whyUnreadable} from '../files/plain-file.js'
import {fileTrust, type Trust} from '../files/trust.js'
import type {ComposeSetting} from '../ports/compose.js'
import type {Config, NoticesConfig, PrometheusConfig} from './config.js'
import {toHealth} from './health.js'
import {parseCache} from './parse-cache.js'
import {parseDotenv} from '../formats/compose/dotenv.js'
import {interpolate, type Variables} from '../formats/compose/interpolate.js'
import {channelsOf, type ConfigDocument, configSchema} from './schema.js'
import {toAdjustment, toObjective} from './slo.js'
import {toQuiet} from './notices.js'
import {inWrittenOrder} from './written-order.js'

const FILE_NAME = 'faci.yml'

export interface ConfigSource {
  /** Where the search upwards begins. */
  readonly directory: string
  /** `--config` or FACI_CONFIG; then nothing is searched. */
  readonly file: string | undefined
  readonly environment: Variables
}

interface Environment {
  readonly environment: Variables
  /** The environment over what is in `.env`. */
  readonly variables: Variables
}

/** HOME, by both its names where it is a link. */
function homes({HOME: home}: Variables): readonly string[] {
  if (home === undefined || home === '') return []
  return [resolve(home), existsSync(home) ? realpathSync(home) : home]
}

/** Upwards, and not further than HOME: what lies above that is no business of this account's. */
function searched({directory: from, environment}: ConfigSource): string | null {
  const last = homes(environment)
  for (let directory = resolve(from); ; directory = dirname(directory)) {
    const file = join(directory, FILE_NAME)
    if (existsSync(file)) return file
    if (last.includes(directory) || dirname(directory) === directory) return null
  }
}

function find(source: ConfigSource): string {
  if (source.file !== undefined) {
    const file = resolve(source.directory, source.file)
    if (existsSync(file)) return file
    throw new FaciError('configInvalid', `there is no configuration file ${file}`, {
      suggestions: ['check --config or FACI_CONFIG'],
    })
  }
  const file = searched(source)
  if (file !== null) return file
  throw new FaciError('configInvalid', `no ${FILE_NAME} here or in any folder above`, {
    suggestions: [
      `write a ${FILE_NAME} beside your Compose file, with one line: "service: NAME"`,
      'or name one: --config PATH, or FACI_CONFIG=PATH',
    ],
  })
}

/** Throws `configInvalid` when it is no regular file, or may not be read, and `refused` when it is not to be trusted. */
function readText(file: string, trust: Trust | null): string {
  try {
    return readPlainText(file, (stats) => trust?.check(file, stats))
  } catch (error) {
    if (error instanceof FaciError) throw error
    throw new FaciError('configInvalid', `${file} cannot be read (${whyUnreadable(error)})`, {
      suggestions: ['check --config or FACI_CONFIG, and who may read it'],
    })
  }
}

/** Every text in it with its variables put in; names of keys stay as they are. */
function interpolated(value: unknown, variables: Variables): unknown {
  if (typeof value === 'string') return interpolate(value, variables)
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]))
}

interface Read {
  readonly document: ConfigDocument
  /** The first is the default. */
  readonly channels: Config['channels']
}

async function parse(file: string, text: string, {environment, variables}: Environment): Promise<Read> {
  const memory = parseCache(environment)
  const remembered = memory.get(file, text)
  const {value} = remembered ?? (await import('../formats/yaml/yaml-document.js')).readYaml(file, text)
  const parsed = configSchema.safeParse(interpolated(value ?? {}, variables), {reportInput: true})
  if (!parsed.success) {
    const {schemaError} = await import('../formats/yaml/yaml-document.js')
    throw schemaError({file, text, schema: configSchema}, parsed.error.issues)
  }
  if (remembered === null) memory.set(file, text, value)
  const {notices} = (value ?? {}) as {readonly notices?: unknown}
  return {document: parsed.data, channels: inWrittenOrder(channelsOf(parsed.data.notices), notices).flat()}
}

function prometheusOf(
  prometheus: NonNullable<ConfigDocument['prometheus']>,
  absolute: (path: string) => string,
): PrometheusConfig {
  const {job = null, tenant = null, rules} = prometheus
  return {...prometheus, job, tenant, rules: rules === undefined ? null : [rules].flat().map(absolute)}
}

function composeOf(
  {file, project, envFiles, profiles}: ConfigDocument['compose'],
  directory: string,
  absolute: (path: string) => string,
): ComposeSetting {
  const files = file === undefined ? null : [file].flat().flatMap((name) => name.split(':'))
  return {
    directory,
    files: files?.map(absolute) ?? null,
    project: project ?? null,
    envFiles: envFiles === undefined ? null : [envFiles].flat().map(absolute),
    profiles,
  }
}

/** What is written wins over the preset. */
function toFieldRules({preset, ...own}: ConfigDocument['logs'][string]): FieldRules {
  return {...(preset === undefined ? {} : LOG_PRESETS[preset]), ...own}
}

function holdOf({notices: {quiet, limit}, timezone}: ConfigDocument): NoticesConfig['hold'] {
  return {quiet: toQuiet(quiet, timezone), limit: limit.P2 ?? null}
}

function fallbackOf({
  fallback: channel,
  fallbackAfter: afterSeconds,
}: ConfigDocument['notices']): NoticesConfig['fallback'] {
  return channel === undefined ? null : {channel, afterSeconds}
}

function toConfig(file: string, {document, channels}: Read, trust: Trust): Omit<Config, 'secretVariables'> {
  const directory = dirname(file)
  const absolute = (path: string): string => (isAbsolute(path) ? path : join(directory, path))
  const {targets, prometheus, alertmanager} = document
  return {
    file,
    directory,
    service: document.service,
    environment: document.environment,
    production: isProduction(document.environment, document.production),
    locale: document.locale,
    timezone: document.timezone,
    compose: composeOf(document.compose, directory, absolute),
    health: Object.fromEntries(Object.entries(document.health).map(([name, entry]) => [name, toHealth(entry)])),
    prometheus: prometheus ? prometheusOf(prometheus, absolute) : null,
    alertmanager: alertmanager ?? null,
    targets: {
      latency: targets.latency,
      errorRatio: targets.errors,
      serverErrorRatio: targets.serverErrors,
      clientErrorRatio: targets.clientErrors,
      trafficPerSecond: targets.traffic ?? null,
      cacheHitRatio: targets.cacheHits,
      cpuRatio: targets.cpu,
      memoryRatio: targets.memory,
      diskRatio: targets.disk,
    },
    logs: Object.fromEntries(Object.entries(document.logs).map(([name, rules]) => [name, toFieldRules(rules)])),
    slos: document.slos.map(toObjective),
    adjustments: document.adjustments.map(toAdjustment),
    channels,
    notices: {fallback: fallbackOf(document.notices), hold: holdOf(document)},
    incidents: {
      watchSeconds: document.incidents.watch,
      updates: document.incidents.updates,
      routes: document.notices.routes,
    },
    storeDirectory: absolute(document.store.path),
    storeGroup: document.store.group?.toString() ?? null,
    runbooksDirectory: absolute(document.runbooks.path),
    trust,
  }
}

const REFERENCED = /\$\{?([A-Za-z_]\w*)/g

/** Only by its name: what `${HOST}` holds is a word that stands everywhere. */
function secretVariables(text: string, variables: Variables): readonly string[] {
  const names = new Set([...text.matchAll(REFERENCED)].map(([, name]) => name ?? ''))
  return [...names].filter(tellsSecret).flatMap((name) => {
    const value = variables[name]
    return value !== undefined && isDistinctive(value) ? [value] : []
  })
}

/**
 * Finds, reads, interpolates and validates faci.yml. Throws `configInvalid` with file, line and column of every problem, and `refused`
 * for what was found and is not to be trusted. Who names a file has said that it is, and so is its folder.
 */
export async function loadConfig(source: ConfigSource): Promise<Config> {
  const file = find(source)
  const isNamed = source.file !== undefined
  const trust = fileTrust({environment: source.environment, named: isNamed ? [dirname(file)] : []})
  const text = readText(file, isNamed ? null : trust)
  const dotenv = join(dirname(file), '.env')
  const variables = {...(existsSync(dotenv) ? parseDotenv(readText(dotenv, trust)) : {}), ...source.environment}
  const config = toConfig(file, await parse(file, text, {environment: source.environment, variables}), trust)
  return {...config, secretVariables: secretVariables(text, variables)}
}
