import {createHmac} from 'node:crypto'
import {statSync} from 'node:fs'
import {dirname, join, resolve} from 'node:path'
import {parse} from 'yaml'
import {readPlainText} from '../../files/plain-file.js'
import type {ComposePlace} from '../../ports/compose.js'

type Environment = Readonly<Record<string, string | undefined>>

export interface ComposeInputs {
  /** One keyed hash of everything that Compose reads; variables may be secrets, so nothing else of them is kept. */
  readonly state: string
  /** A service's hash depends on containers that run: of another's network, volumes and the like. */
  readonly dependsOnContainers: boolean
}

/** Keys whose texts are names of files that Compose reads. */
const READ_KEYS: ReadonlySet<string> = new Set(['env_file', 'extends.file', 'include', 'label_file'])
const COMPOSE_FILE_KEYS: ReadonlySet<string> = new Set(['extends.file', 'include'])
/** Put together of variables, from elsewhere, or of somebody's home. */
const UNKNOWABLE = /\$|:\/\/|^git@|^~|^-$/
const SHARED_KEYS: ReadonlySet<string> = new Set(['network_mode', 'net', 'ipc', 'pid'])
const OF_A_CONTAINER = /\$|^(?:service|container):/
const WORD = /[A-Za-z_]\w*/g
const PLAIN_NAME = /^[A-Za-z_]\w*$/
/** Variables that tell Compose and Docker themselves something. */
const TOOL_VARIABLE = /^(?:COMPOSE_|DOCKER_|BUILDKIT|HOME$)/
const MOST_FILES = 64
const MOST_BYTES = 1_000_000

/** By what a text below `name` is named: `extends: {file: …}` and `include: {path: …}` are files, `extends: {service: …}` is none. */
function keyBelow(key: string | null, name: string): string {
  if (key === 'extends') return `extends.${name}`
  const isPart = name === 'path' || name === 'required' || name === 'format'
  return key !== null && isPart && READ_KEYS.has(key) ? (name === 'path' ? key : name) : name
}

/** Something decides the answer that cannot be looked at: Compose is asked. */
class Unknowable extends Error {}

class Reading {
  readonly texts = new Map<string, string | null>()
  dependsOnContainers = false
  readonly #walked = new Set<string>()
  readonly #project: string

  constructor(project: string) {
    this.#project = project
  }

  /** null when there is none. */
  read(file: string): string | null {
    const known = this.texts.get(file)
    if (known !== undefined) return known
    if (this.texts.size >= MOST_FILES) throw new Unknowable()
    const found = statSync(file, {throwIfNoEntry: false})
    if (found !== undefined && (!found.isFile() || found.size > MOST_BYTES)) throw new Unknowable()
    const text = found === undefined ? null : readPlainText(file)
    this.texts.set(file, text)
    return text
  }

  composeFile(file: string): void {
    const text = this.read(file)
    if (text === null || this.#walked.has(file)) return
    this.#walked.add(file)
    // Of what is included the folder's variables count.
    this.read(join(dirname(file), '.env'))
    this.#walk(parse(text, {merge: true, logLevel: 'error'}) as unknown, dirname(file), null)
  }

  #walk(node: unknown, folder: string, key: string | null): void {
    if (typeof node === 'string') this.#text(node, folder, key)
    if (typeof node !== 'object' || node === null) return
    if (Array.isArray(node)) {
      for (const one of node) this.#walk(one, folder, key)
      return
    }
    for (const [name, below] of Object.entries(node)) {
      if (name === 'project_directory') throw new Unknowable()
      if (name === 'volumes_from') this.dependsOnContainers = true
      this.#walk(below, folder, keyBelow(key, name))
    }
  }

  #text(text: string, folder: string, key: string | null): void {
    if (key === null) return
    if (SHARED_KEYS.has(key) && OF_A_CONTAINER.test(text)) this.dependsOnContainers = true
    if (!READ_KEYS.has(key)) return
    if (UNKNOWABLE.test(text)) throw new Unknowable()
    const files = [...new Set([folder, this.#project])].map((base) => resolve(base, text))
    // What is in none of the folders may be in a repository: Compose takes `github.com/org/repo.git` too.
    if (COMPOSE_FILE_KEYS.has(key) && files.every((file) => this.read(file) === null)) throw new Unknowable()
    for (const file of files) {
      if (COMPOSE_FILE_KEYS.has(key)) this.composeFile(file)
      else this.read(file)
    }
  }
}

/** Those that a text could mean, by `$NAME` or by handing the name on, and those that Compose itself looks at. */
function variables(texts: Iterable<string | null>, environment: Environment): readonly (readonly [string, string])[] {
  const all = [...texts].filter((text) => text !== null)
  const words = new Set(all.flatMap((text) => text.match(WORD) ?? []))
  const matters = (name: string): boolean =>
    words.has(name) || TOOL_VARIABLE.test(name) || (!PLAIN_NAME.test(name) && all.some((text) => text.includes(name)))
  return Object.entries(environment)
    .flatMap(([name, value]) => (value !== undefined && matters(name) ? [[name, value] as const] : []))
    .sort(([one], [other]) => (one < other ? -1 : 1))
}

/**
 * Everything that decides what Compose makes of its files: they, each file that they name, also one that is not there yet, `.env`, and
 * every variable that they could mean. null when that cannot be known for sure.
 */
export function composeInputs(place: ComposePlace, environment: Environment, key: string): ComposeInputs | null {
  const {files, directory, envFiles, profiles, project} = place
  const reading = new Reading(directory)
  try {
    for (const file of envFiles ?? [join(directory, '.env')]) reading.read(file)
    for (const file of files) reading.composeFile(resolve(file))
    if (files.length === 0 || files.some((file) => reading.read(resolve(file)) === null)) return null
  } catch {
    // No file of Compose's, or nothing that could be read whole.
    return null
  }
  const all = [[...reading.texts], variables(reading.texts.values(), environment), directory, profiles, project]
  const state = createHmac('sha256', key).update(JSON.stringify(all)).digest('hex')
  return {state, dependsOnContainers: reading.dependsOnContainers}
}
