// Writes the JSON Schemas (draft-07) of what `--json` prints, from the types in documents.ts, and that of a runbook's front matter
// (draft 2020-12), or with --check says whether they are true.
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'
import {format, resolveConfig} from 'prettier'
import {createGenerator} from 'ts-json-schema-generator'
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
function largeUnion(node: Node): {readonly by: string; readonly members: readonly unknown[]} | null {
  const members = membersOf(node).filter((member) => !isNull(member))
  const keys = members.map((member) => Object.keys(((member as Node)['properties'] ?? {}) as Node))
  const [by] = SHARED.filter((key) => members.length > 3 && keys.every((own) => own.includes(key)))
  return by === undefined ? null : {by, members}
}

/** Unions that stand in many places, by the property that tells their members apart. */
const SHARED = ['why']

/** Such a union is defined once, and referred to. */
function shared(node: unknown, definitions: Record<string, unknown>): unknown {
  if (Array.isArray(node)) return node.map((one) => shared(one, definitions))
  if (!isNode(node)) return node
  const union = largeUnion(node)
  if (union === null)
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shared(value, definitions)]))
  const {by, members} = union
  const text = JSON.stringify(members)
  const name = [by, `${by}Of${String(members.length)}`].find(
    (one) => JSON.stringify(definitions[one] ?? members) === text,
  )
  definitions[name ?? by] = members
  const reference = {$ref: `#/definitions/${name ?? by}`}
  const rest = node['description'] === undefined ? {} : {description: node['description']}
  const isNullable = membersOf(node).some(isNull)
  return isNullable ? {anyOf: [reference, {type: 'null'}], ...rest} : {allOf: [reference], ...rest}
}

function withDefinitions(schema: object): object {
  const definitions: Record<string, readonly unknown[]> = {}
  const whole = shared({...schema, definitions: undefined}, definitions) as object
  const named = Object.entries(definitions).map(([name, anyOf]) => [name, {anyOf}] as const)
  return named.length === 0 ? whole : {...whole, definitions: Object.fromEntries(named)}
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
  const style = await resolveConfig(SOURCE)
  const types = [...readFileSync(SOURCE, 'utf8').matchAll(DOCUMENT)].map(([, type = '']) => type)
  const schemas = types.map(async (type) => {
    const file = join(FOLDER, `${nameOf(type)}.schema.json`)
    const schema = {title: `faci.${nameOf(type)}/v1`, ...generator.createSchema(`${type}Document`)}
    const text = JSON.stringify(withDefinitions(schema))
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
