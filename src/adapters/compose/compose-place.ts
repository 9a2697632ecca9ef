import {existsSync, statSync} from 'node:fs'
import {basename, dirname, join, resolve} from 'node:path'
import {parseAllDocuments} from 'yaml'
import {FaciError} from '../../domain/errors.js'
import {readPlainText, whyUnreadable} from '../../files/plain-file.js'
import {parseDotenv} from '../../formats/compose/dotenv.js'
import {interpolate, type Variables} from '../../formats/compose/interpolate.js'
import type {ComposePlace, ComposeSetting} from '../../ports/compose.js'

export interface PlaceOptions {
  readonly setting: ComposeSetting
  readonly environment: Variables
  readonly generation: 'v1' | 'v2'
  /** Throws for a file that was found and is not to be obeyed. */
  readonly check: (file: string) => void
}

const NAMES = {
  v2: ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'],
  v1: ['docker-compose.yml', 'docker-compose.yaml', 'compose.yml', 'compose.yaml'],
} as const

const OVERRIDES = {
  v2: ['compose.override.yml', 'compose.override.yaml', 'docker-compose.override.yml', 'docker-compose.override.yaml'],
  v1: ['docker-compose.override.yml', 'docker-compose.override.yaml', 'compose.override.yml', 'compose.override.yaml'],
} as const

/** At the margin, or anywhere in a text that does not begin there; also by way of `<<`. */
const NAME_LINE = /^\uFEFF?(?:["']?name["']?|<<)[ \t]*:/m
const BEGINS_ELSEWHERE = /^\uFEFF?(?:(?:[#%].*|---.*|[ \t]*)\r?\n)*(?:[{!&]|[ \t]+[^#\s])/

function firstOf(folder: string, names: readonly string[]): readonly string[] {
  const found = names.map((name) => join(folder, name)).find((file) => existsSync(file))
  return found === undefined ? [] : [found]
}

/** In this folder, else in the next one above that has any. */
function defaultFiles(folder: string, generation: PlaceOptions['generation']): readonly string[] {
  const found = firstOf(folder, NAMES[generation])
  if (found.length > 0) return [...found, ...firstOf(folder, OVERRIDES[generation])]
  return dirname(folder) === folder ? [] : defaultFiles(dirname(folder), generation)
}

function filesOf({COMPOSE_FILE: list = '', COMPOSE_PATH_SEPARATOR: separator}: Variables, directory: string) {
  if (list === '') return null
  return list
    .split(separator === undefined || separator === '' ? ':' : separator)
    .map((file) => resolve(directory, file))
}

function isOn(text: string | undefined): boolean {
  return /^(?:1|t|true)$/i.test(text ?? '')
}

/** Errors: `configInvalid`. */
function readEnvFile(file: string, check: PlaceOptions['check']): string {
  try {
    check(file)
    return readPlainText(file)
  } catch (error) {
    if (error instanceof FaciError) throw error
    throw new FaciError('configInvalid', `the env file ${file} cannot be read (${whyUnreadable(error)})`, {
      suggestions: ['compose: {envFiles: […]} in faci.yml, or COMPOSE_ENV_FILES'],
      cause: error,
    })
  }
}

function dotenvIn(folder: string): readonly string[] {
  const file = join(folder, '.env')
  return statSync(file, {throwIfNoEntry: false})?.isFile() === true ? [file] : []
}

/** The variables of files, the later ones first, under those of the environment. */
function variablesOf(files: readonly string[], {environment, check}: PlaceOptions): Variables {
  let known = environment
  const set: Record<string, string> = {}
  for (const file of files) {
    Object.assign(set, parseDotenv(readEnvFile(file, check), known))
    known = {...set, ...environment}
  }
  return known
}

/** Named in faci.yml or in the environment: then `.env` is not read. */
function namedEnvFiles({setting, environment, generation}: PlaceOptions): readonly string[] | null {
  if (setting.envFiles !== null) return setting.envFiles
  const {COMPOSE_ENV_FILES: list = '', COMPOSE_DISABLE_ENV_FILE: disabled} = environment
  if (generation === 'v1') return null
  if (list !== '') return list.split(',').map((file) => resolve(setting.directory, file))
  return isOn(disabled) ? [] : null
}

interface Found {
  readonly files: readonly string[]
  readonly directory: string
  readonly variables: Variables
  /** Of which the later ones come first; null: the `.env` of the project's folder, as Compose reads it by itself. */
  readonly envFiles: readonly string[] | null
  /** Nobody named them. */
  readonly isUsual: boolean
}

/** Where Compose looks first: for v2 the files that it would take if there were no `.env`. */
function firstFolder({setting, environment, generation}: PlaceOptions): string {
  const named = setting.files ?? filesOf(environment, setting.directory)
  const files = named ?? (generation === 'v2' ? defaultFiles(setting.directory, generation) : [])
  return files[0] === undefined ? setting.directory : dirname(files[0])
}

/** `.env` may itself name the files, beside which v2 reads another one: what the first says goes before. */
function found(options: PlaceOptions): Found {
  const {setting, generation} = options
  const named = namedEnvFiles(options)
  const first = named ?? dotenvIn(firstFolder(options))
  const early = variablesOf(first, options)
  const files = setting.files ?? filesOf(early, setting.directory) ?? defaultFiles(setting.directory, generation)
  const directory = files[0] === undefined ? setting.directory : dirname(files[0])
  if (named !== null) return {files, directory, variables: early, envFiles: named, isUsual: false}
  const own = dotenvIn(directory)
  if (first[0] === own[0]) return {files, directory, variables: early, envFiles: null, isUsual: true}
  // v1 reads none beside them then.
  const all = generation === 'v2' ? [...own, ...first] : first
  return {files, directory, variables: variablesOf(all, options), envFiles: all, isUsual: true}
}

/** Lower case, without what a name may not hold. */
function normalized(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '')
}

/** The name that a file's text gives, the last of its documents that has one; a text that cannot be read gives none, and Compose will say why. */
function nameIn(text: string, variables: Variables): string {
  // Most files have none, and need no parser to tell.
  if (!NAME_LINE.test(text) && !BEGINS_ELSEWHERE.test(text)) return ''
  try {
    const documents = [parseAllDocuments(text, {logLevel: 'silent', merge: true})].flat()
    const names = documents.map((one) => (one.toJS() as {readonly name?: unknown} | null)?.name)
    const name = names.findLast((one) => typeof one === 'string' && one !== '')
    return typeof name === 'string' ? interpolate(name, variables) : ''
  } catch {
    return ''
  }
}

function textOf(file: string): string {
  try {
    return readPlainText(file)
  } catch {
    return ''
  }
}

/** The last file that gives one wins. */
function nameOfFiles({files, variables}: Found): string | undefined {
  return files
    .map((file) => normalized(nameIn(textOf(file), variables)).replace(/^[_-]+/, ''))
    .findLast((name) => name !== '')
}

function givenName({setting}: PlaceOptions, {variables}: Found): string {
  return setting.project ?? variables['COMPOSE_PROJECT_NAME'] ?? ''
}

/** v1 knows no names in files. */
function projectOf(options: PlaceOptions, place: Found): string {
  const {generation} = options
  const given = givenName(options, place)
  if (given !== '') return generation === 'v1' ? normalized(given) : given
  const ofFolder = normalized(basename(place.directory))
  if (generation === 'v1') return ofFolder === '' ? 'default' : ofFolder
  return nameOfFiles(place) ?? ofFolder.replace(/^[_-]+/, '')
}

/**
 * Which project `docker compose` would work on, typed in the folder of faci.yml: its files, also those that `.env` names and override
 * files, its folder, its name, its variables. `files` is empty where there is no Compose file. Errors: `configInvalid` for an env file
 * that cannot be read, what `check` throws.
 */
export function findComposePlace(options: PlaceOptions): ComposePlace {
  const {setting, check} = options
  const place = found(options)
  // What faci.yml names outside of its folder, its author has vouched for.
  const unnamed = place.files.filter((file) => setting.files === null || file.startsWith(`${setting.directory}/`))
  for (const file of unnamed) if (existsSync(file)) check(file)
  const {files, directory, envFiles} = place
  const profiles =
    setting.profiles.length > 0 ? setting.profiles : (place.variables['COMPOSE_PROFILES'] ?? '').split(',')
  return {
    ...{files, directory, envFiles},
    project: projectOf(options, place),
    isNamed: givenName(options, place) !== '',
    envFilesAreUsual: place.isUsual,
    profiles: profiles.map((profile) => profile.trim()).filter((profile) => profile !== ''),
    variables: place.variables,
  }
}
