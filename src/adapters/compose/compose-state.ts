import {createHash} from 'node:crypto'
import {dirname, isAbsolute, join} from 'node:path'
import {readPlainText} from '../../files/plain-file.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Whatever looks like the name of a YAML file: `include` and `extends` name some, and one too many does no harm. */
const WORD = /[^\s'"[\]{},:]+/g
const FILE_NAME = /^.+\.ya?ml/
const VARIABLE = /\$\{?([A-Za-z_]\w*)/g
/** Of files that name each other. */
const MOST_FILES = 64

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(WORD)].flatMap(([word]) => FILE_NAME.exec(word)?.[0] ?? [])
}

function read(file: string): string | null {
  try {
    return readPlainText(file)
  } catch {
    return null
  }
}

/** The texts of these files and of all that they name, by path. */
function textsOf(files: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const open = [...files]
  for (let file = open.shift(); file !== undefined && texts.size < MOST_FILES; file = open.shift()) {
    const text = texts.has(file) ? null : read(file)
    if (text === null) continue
    texts.set(file, text)
    const folder = dirname(file)
    open.push(...namesIn(text).map((name) => (isAbsolute(name) ? name : join(folder, name))))
  }
  return texts
}

/**
 * Everything that decides what a Compose file comes to, as one hash (variables may be secrets): its text and that of the files it
 * names, `.env`, and the variables that they use. null when one of the files is not there.
 */
export function composeState(files: readonly string[], environment: Environment): string | null {
  const texts = textsOf(files)
  if (!files.every((file) => texts.has(file))) return null
  const used = [...texts.values()].flatMap((text) => [...text.matchAll(VARIABLE)].map(([, name = '']) => name))
  const variables = [...new Set(['COMPOSE_PROFILES', ...used])].sort().map((name) => [name, environment[name] ?? null])
  const dotenv = read(join(dirname(files[0] ?? '.'), '.env'))
  return createHash('sha256')
    .update(JSON.stringify([[...texts], variables, dotenv]))
    .digest('hex')
}
