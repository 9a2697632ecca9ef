// Writes the JSON Schemas (draft-07) of what `--json` prints, from the types in documents.ts, and that of a runbook's front matter
// (draft 2020-12), or with --check says whether they are true.
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'
import {createGenerator, type SchemaGenerator} from 'ts-json-schema-generator'
import {FRONT_MATTER_SCHEMA} from './front-matter-schema.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCE = join(ROOT, 'src', 'render', 'json', 'documents.ts')
const FOLDER = join(ROOT, 'src', 'render', 'json', 'schemas')
const FRONT_MATTER = join(ROOT, 'src', 'formats', 'runbook', 'front-matter.schema.json')
const DOCUMENT = /^export (?:type|interface) (\w+)Document\b/gm

/** `AlertsListDocument` is `alerts-list`. */
function nameOf(type: string): string {
  return type.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()
}

type Node = Readonly<Record<string, unknown>>

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null
}

function isNull(value: unknown): boolean {
  return isNode(value) && value['type'] === 'null'
}

/** Of a union, those of unions within it too. */
function membersOf(node: Node): readonly unknown[] {
  const all: unknown = node['anyOf']
  return Array.isArray(all) ? all.flatMap((one) => (isNode(one) && 'anyOf' in one ? membersOf(one) : [one])) : []
}

/** The members of a union of many, told apart by a property of all of them; null for anything else. */
function largeUnion(node: Node): readonly unknown[] | null {
  const members = membersOf(node).filter((member) => !isNull(member))
  const keys = members.map((member) => Object.keys(((member as Node)['properties'] ?? {}) as Node))
  const isShared = members.length > 3 && keys.every((own) => own.includes(TELLING))
  return isShared ? members : null
}

/** The property that tells the members of a shared union apart. */
const TELLING = 'why'

/** The types of such unions: each is defined once in a schema, under its name. */
const NAMED = [
  'AlertDoubt',
  'CaptureProblem',
  'CallFailure',
  'CauseReason',
  'ContainerReason',
  'Detail',
  'EvidenceProblem',
  'FigureNote',
  'Failure',
  'FillProblem',
  'GateReason',
  'LeftOver',
  'NoticeReason',
  'ProbeReason',
  'ReadinessReason',
  'ShownNote',
  'Reason',
  'SeenReason',
  'ServiceReason',
  'Waiting',
  'WhyUnseen',
] as const

type Names = ReadonlyMap<string, string>

/** The name of each shared union by its members. */
function namesOf(generator: SchemaGenerator): Names {
  return new Map(
    NAMED.map((name) => {
      const members = membersOf(generator.createSchema(name) as Node)
      return [JSON.stringify(members), name] as const
    }),
  )
}

/** Such a union is defined once, and referred to. */
function shared(node: unknown, names: Names, definitions: Map<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((one) => shared(one, names, definitions))
  if (!isNode(node)) return node
  const members = largeUnion(node)
  if (members === null)
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shared(value, names, definitions)]))
  const name = names.get(JSON.stringify(members))
  if (name === undefined)
    throw new Error(`give this union a type of its own and add it to NAMED: ${JSON.stringify(members)}`)
  if (!definitions.has(name)) {
    definitions.set(name, null)
    definitions.set(name, {anyOf: shared(members, names, definitions)})
  }
  const reference = {$ref: `#/definitions/${name}`}
  const rest = node['description'] === undefined ? {} : {description: node['description']}
  const isNullable = membersOf(node).some(isNull)
  return isNullable ? {anyOf: [reference, {type: 'null'}], ...rest} : {allOf: [reference], ...rest}
}

function withDefinitions(schema: object, names: Names): object {
  const definitions = new Map<string, unknown>()
  const whole = shared({...schema, definitions: undefined}, names, definitions) as object
  return definitions.size === 0 ? whole : {...whole, definitions: Object.fromEntries(definitions)}
}

/** Every schema of a document by its file. */
async function generate(): Promise<ReadonlyMap<string, string>> {
  const generator = createGenerator({
    path: SOURCE,
    tsconfig: join(ROOT, 'tsconfig.json'),
    skipTypeCheck: true,
    expose: 'none',
    topRef: false,
    additionalProperties: false,
  })
  const names = namesOf(generator)
  const style = await resolveConfig(SOURCE)
  const types = [...readFileSync(SOURCE, 'utf8').matchAll(DOCUMENT)].map(([, type = '']) => type)
  const schemas = types.map(async (type) => {
    const file = join(FOLDER, `${nameOf(type)}.schema.json`)
    const schema = {title: `faci.${nameOf(type)}/v1`, ...generator.createSchema(`${type}Document`)}
    const text = JSON.stringify(withDefinitions(schema, names))
    return [file, await format(text, {...style, parser: 'json'})] as const
  })
  return new Map(await Promise.all(schemas))
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

mkdirSync(FOLDER, {recursive: true})
const style = await resolveConfig(FRONT_MATTER)
const frontMatter = await format(JSON.stringify(FRONT_MATTER_SCHEMA), {...style, parser: 'json'})
const wanted = new Map([...(await generate()), [FRONT_MATTER, frontMatter]])
const left = readdirSync(FOLDER)
  .map((name) => join(FOLDER, name))
  .filter((file) => !wanted.has(file))
const changed = [...wanted].filter(([file, text]) => read(file) !== text)
if (!process.argv.includes('--check')) {
  for (const file of left) rmSync(file)
  for (const [file, text] of changed) writeFileSync(file, text)
} else if (left.length + changed.length > 0) {
  const names = [...left, ...changed.map(([file]) => file)].map((file) => relative(ROOT, file))
  process.stderr.write(`not what the code says: ${names.join(', ')}\n  → npm run schemas\n`)
  process.exitCode = 1
}
