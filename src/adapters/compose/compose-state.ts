import {createHmac} from 'node:crypto'
import {dirname, isAbsolute, join} from 'node:path'
import {readPlainText} from '../../files/plain-file.js'
import type {ComposePlace} from '../../ports/compose.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Whatever looks like the name of a YAML file: `include` and `extends` name some, and one too many does no harm. */
const WORD = /[^\s'"[\]{},:]+/g
const FILE_NAME = /^.+\.ya?ml/
const VARIABLE = /\$\{?([A-Za-z_]\w*)/g
/** A key whose texts are names of files, in a block of its own. */
const NAMING_KEY = /^(\s*(?:-\s+)*)["']?(?:env_file|extends|include|label_file)["']?\s*:/
const JSON_NAMING_KEY = /"(?:env_file|extends|include|label_file)"/
/** Put together of variables, or said elsewhere: which file it is, only Compose can tell. */
const UNKNOWABLE = /\$|^\*/
/** Of files that name each other. */
const MOST_FILES = 64

function wordsIn(text: string): readonly string[] {
  return text.match(WORD) ?? []
}

/** A line that is not further in than its key, and no item of its list, is below it no more. */
function endsBlock(line: string, indent: number): boolean {
  const depth = line.search(/\S/)
  return depth !== -1 && (depth < indent || (depth === indent && line[depth] !== '-'))
}

/** The texts below keys that name files. */
function belowNamingKeys(text: string): readonly string[] {
  const found: string[] = []
  let indent: number | null = null
  for (const line of text.split('\n')) {
    if (indent !== null && endsBlock(line, indent)) indent = null
    indent ??= NAMING_KEY.exec(line)?.[1]?.length ?? null
    if (indent !== null) found.push(...wordsIn(line))
  }
  return found
}

/** null when one of them cannot be told. */
function namesIn(text: string): readonly string[] | null {
  const isJson = text.trimStart().startsWith('{')
  const inJson = JSON_NAMING_KEY.test(text) ? wordsIn(text) : []
  const named = isJson ? inJson : belowNamingKeys(text)
  if (named.some((word) => UNKNOWABLE.test(word))) return null
  const yaml = wordsIn(text).flatMap((word) => FILE_NAME.exec(word)?.[0] ?? [])
  return [...new Set([...yaml, ...named])]
}

function read(file: string): string | null {
  try {
    return readPlainText(file)
  } catch {
    return null
  }
}

/** The texts of these files and of all that they name, by path; null of what is not there, or cannot be read; null where a name cannot be told. */
function textsOf(files: readonly string[]): ReadonlyMap<string, string | null> | null {
  const texts = new Map<string, string | null>()
  const open = [...files]
  for (let file = open.shift(); file !== undefined && texts.size < MOST_FILES; file = open.shift()) {
    if (texts.has(file)) continue
    const text = read(file)
    texts.set(file, text)
    if (text === null || !isCompose(file, files)) continue
    const folder = dirname(file)
    const names = namesIn(text)
    if (names === null) return null
    open.push(...names.map((name) => (isAbsolute(name) ? name : join(folder, name))))
    // Of what is included the folder's variables count.
    open.push(join(folder, '.env'))
  }
  return texts
}

/** What an env file says are values. */
function isCompose(file: string, files: readonly string[]): boolean {
  return files.includes(file) || FILE_NAME.test(file)
}

/**
 * Everything that decides what the Compose files come to, as one hash that only the holder of the key can test guesses on (variables may
 * be secrets): their texts and those of the files that they name, env files, and the variables that they use. null when a file is missing, or
 * a variable decides which file is meant. Without a YAML parser, which would take longer to load than all of this: `composeInputs` is exact.
 */
export function composeState(place: ComposePlace, environment: Environment, key: string): string | null {
  const {files, directory, envFiles, profiles, project} = place
  const texts = textsOf([...files, ...(envFiles ?? [join(directory, '.env')])])
  if (files.length === 0 || texts === null || files.some((file) => (texts.get(file) ?? null) === null)) return null
  const used = [...texts.values()].flatMap((text) => [...(text ?? '').matchAll(VARIABLE)].map(([, name = '']) => name))
  const variables = [...new Set(used)].sort().map((name) => [name, environment[name] ?? null])
  return createHmac('sha256', key)
    .update(JSON.stringify([[...texts], variables, directory, profiles, project]))
    .digest('hex')
}
