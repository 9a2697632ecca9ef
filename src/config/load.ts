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
import {parseDotenv} from '../formats/compose/dotenv.js'
import {interpolate, type Variables} from '../formats/compose/interpolate.js'
import {includedRota, inlineRota, type RotaSource} from './included-rota.js'
import {type Environment, readDocument} from './read-document.js'
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

interface Read {
  readonly document: ConfigDocument
  /** The first is the default. */
  readonly channels: Config['channels']
  readonly rotaPath: string | null
}

/** What `oncall` says when it is no rota but the path of a file with one. */
function includedPath(value: unknown): string | null {
  const {oncall} = (value ?? {}) as {readonly oncall?: unknown}
  return typeof oncall === 'string' ? oncall : null
}

function withoutPath(value: unknown): unknown {
  if (includedPath(value) === null) return value
  return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== 'oncall'))
}

async function parse(file: string, text: string, environment: Environment): Promise<Read> {
  const {value, data} = await readDocument({file, text, schema: configSchema}, environment, withoutPath)
  const {notices} = (value ?? {}) as {readonly notices?: unknown}
  const channels = inWrittenOrder(channelsOf(data.notices), notices).flat()
  return {document: data, channels, rotaPath: includedPath(value)}
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

type Settings = Omit<Config, 'secretVariables' | 'oncall'>

function toConfig(file: string, {document, channels}: Read, trust: Trust): Settings {
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
    retention: document.store.retention,
    runbooksDirectory: absolute(document.runbooks.path),
    trust,
  }
}

function rotaOf(
  file: string,
  {document: {oncall, timezone}, rotaPath}: Read,
  around: {readonly trust: Trust; readonly environment: Environment},
): RotaSource | null {
  if (rotaPath !== null) {
    const path = interpolate(rotaPath, around.environment.variables)
    return includedRota(file, path, {...around, timezone})
  }
  return oncall === undefined ? null : inlineRota(file, oncall, {...around, timezone})
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
  const environment = {environment: source.environment, variables}
  const read = await parse(file, text, environment)
  const oncall = rotaOf(file, read, {trust, environment})
  return {...toConfig(file, read, trust), oncall, secretVariables: secretVariables(text, variables)}
}
