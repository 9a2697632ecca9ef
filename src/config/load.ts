import {existsSync, readFileSync} from 'node:fs'
import {dirname, isAbsolute, join, resolve} from 'node:path'
import {LineCounter, parseDocument, visit} from 'yaml'
import type * as z from 'zod/mini'
import {FaciError} from '../domain/errors.js'
import type {Config, PrometheusConfig, SlackConfig} from './config.js'
import {parseDotenv} from './dotenv.js'
import {interpolate, type Variables} from './interpolate.js'
import {knownKeys} from './known-keys.js'
import {type Problem, positionOf, unknownKey} from './problem.js'
import {type ConfigDocument, configSchema} from './schema.js'
import {toAdjustment, toObjective} from './slo.js'

const FILE_NAME = 'faci.yml'

export interface ConfigSource {
  /** Where the search upwards begins. */
  readonly directory: string
  /** `--config` or FACI_CONFIG; then nothing is searched. */
  readonly file: string | undefined
  readonly environment: Variables
}

function find(source: ConfigSource): string {
  if (source.file !== undefined) {
    const file = resolve(source.directory, source.file)
    if (existsSync(file)) return file
    throw new FaciError('configInvalid', `there is no configuration file ${file}`, {
      suggestions: ['check --config or FACI_CONFIG'],
    })
  }
  for (let directory = resolve(source.directory); ; directory = dirname(directory)) {
    const file = join(directory, FILE_NAME)
    if (existsSync(file)) return file
    if (dirname(directory) === directory) break
  }
  throw new FaciError('configInvalid', `no ${FILE_NAME} here or in any folder above`, {
    suggestions: [
      `write a ${FILE_NAME} with two lines: "service: NAME" and "compose: {file: docker-compose.yml}"`,
      'or name one: --config PATH, or FACI_CONFIG=PATH',
    ],
  })
}

function invalid(file: string, problems: readonly Problem[]): FaciError {
  const lines = problems.map(({line, column, message}) => `${file}:${String(line)}:${String(column)}: ${message}`)
  return new FaciError('configInvalid', lines.join('\n'), {suggestions: [`mend ${file}, then: faci doctor`]})
}

/** Throws `configInvalid` when it is a folder, or may not be read. */
function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new FaciError('configInvalid', `${file} cannot be read (${why})`, {
      suggestions: ['check --config or FACI_CONFIG, and who may read it'],
    })
  }
}

function problemsOf(
  issue: z.core.$ZodIssue,
  place: (path: readonly PropertyKey[], key?: string) => Problem,
): Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(configSchema, issue.path)
    return issue.keys.map((key) => ({...place(issue.path, key), message: unknownKey(key, issue.path, known)}))
  }
  const name = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.')
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  const message = missing ? `${name} is required` : `${name}: ${issue.message}`
  return [{...place(issue.path), message}]
}

function parse(file: string, text: string, variables: Variables): ConfigDocument {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false, merge: true})
  const [broken] = document.errors
  if (broken !== undefined) {
    const {line, col} = lines.linePos(broken.pos[0])
    throw invalid(file, [{line, column: col, message: broken.message}])
  }
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string' && node.value.includes('$')) {
        node.value = interpolate(node.value, variables)
      }
    },
  })
  const parsed = configSchema.safeParse(document.toJS() ?? {}, {reportInput: true})
  if (parsed.success) return parsed.data
  const place = (path: readonly PropertyKey[], key?: string): Problem => ({
    ...positionOf(document, lines, path, key),
    message: '',
  })
  throw invalid(
    file,
    parsed.error.issues.flatMap((issue) => problemsOf(issue, place)),
  )
}

function slackOf(slack: ConfigDocument['notices']['slack']): SlackConfig | null {
  if (slack === undefined) return null
  return {
    token: slack.token ?? null,
    channel: slack.channel ?? null,
    webhook: slack.webhook ?? null,
    apiUrl: slack.apiUrl ?? null,
  }
}

function prometheusOf(
  prometheus: NonNullable<ConfigDocument['prometheus']>,
  absolute: (path: string) => string,
): PrometheusConfig {
  const {job = null, tenant = null, rules} = prometheus
  return {...prometheus, job, tenant, rules: rules === undefined ? null : [rules].flat().map(absolute)}
}

function toConfig(file: string, document: ConfigDocument): Config {
  const directory = dirname(file)
  const absolute = (path: string): string => (isAbsolute(path) ? path : join(directory, path))
  const {targets, prometheus, alertmanager, notices} = document
  const files = [document.compose.file].flat().flatMap((name) => name.split(':'))
  return {
    file,
    directory,
    service: document.service,
    environment: document.environment,
    locale: document.locale,
    timezone: document.timezone,
    compose: {files: files.map(absolute), project: document.compose.project ?? projectName(directory)},
    health: Object.fromEntries(
      Object.entries(document.health).map(([name, probe]) => [name, {url: probe.url, timeoutSeconds: probe.timeout}]),
    ),
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
    slos: document.slos.map(toObjective),
    adjustments: document.adjustments.map(toAdjustment),
    notices: {slack: slackOf(notices.slack)},
    storeDirectory: absolute(document.store.path),
    runbooksDirectory: absolute(document.runbooks.path),
  }
}

/** Compose's default project name: the folder's, in lower case, without what a name may not hold. */
function projectName(directory: string): string {
  const base = directory.slice(directory.lastIndexOf('/') + 1)
  return base
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')
}

/** Finds, reads, interpolates and validates faci.yml. Throws `configInvalid` with file, line and column of every problem. */
export function loadConfig(source: ConfigSource): Config {
  const file = find(source)
  const dotenv = join(dirname(file), '.env')
  const variables = {...(existsSync(dotenv) ? parseDotenv(readText(dotenv)) : {}), ...source.environment}
  return toConfig(file, parse(file, readText(file), variables))
}
