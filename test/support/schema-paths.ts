/** As much of JSON Schema as the committed schemas use. */
export interface Schema {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly $ref?: string
  readonly definitions?: Readonly<Record<string, Schema>>
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: boolean | Schema
}

/** Every path of a schema (`data.rows[].seconds`, `labels.*` for keys from outside; `?` may be absent) with what can be there. */
export type SchemaPaths = ReadonlyMap<string, ReadonlySet<string>>

function typesOf({type, const: only, enum: several, format}: Schema): readonly string[] {
  const values = several ?? (only === undefined ? [] : [only])
  if (values.length > 0) return values.map((value) => `'${String(value)}'`)
  const types = [type ?? []].flat()
  return format === undefined ? types : types.map((one) => (one === 'string' ? format : one))
}

function walkKeys(schema: Schema, path: string, add: (path: string, type: string) => void): void {
  for (const [key, one] of Object.entries(schema.properties ?? {})) {
    const optional = schema.required?.includes(key) === true ? '' : '?'
    walk(one, path === '' ? `${key}${optional}` : `${path}.${key}${optional}`, add)
  }
  if (typeof schema.additionalProperties === 'object') walk(schema.additionalProperties, `${path}.*`, add)
}

function walk(schema: Schema, path: string, add: (path: string, type: string) => void): void {
  for (const type of typesOf(schema)) add(path, type)
  for (const one of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) walk(one, path, add)
  if (schema.items !== undefined) walk(schema.items, `${path}[]`, add)
  walkKeys(schema, path, add)
}

const REFERENCE = '#/definitions/'

/** The schema with what it refers to in its place; no definition of ours refers to itself. */
function resolved<T>(schema: T, definitions: Readonly<Record<string, Schema>>): T {
  if (Array.isArray(schema)) return schema.map((one: unknown) => resolved(one, definitions)) as T
  if (typeof schema !== 'object' || schema === null) return schema
  const {$ref} = schema as Schema
  if (typeof $ref === 'string') return resolved(definitions[$ref.slice(REFERENCE.length)] as T, definitions)
  return Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, resolved(one, definitions)])) as T
}

export function schemaPaths(schema: Schema): SchemaPaths {
  const paths = new Map<string, Set<string>>()
  walk(resolved(schema, schema.definitions ?? {}), '', (path, type) => {
    paths.set(path, (paths.get(path) ?? new Set()).add(type))
  })
  paths.delete('')
  return paths
}

/** Every value in a document with its path, written as in `schemaPaths`; keys that the schema does not fix are `*`. */
export function valuesAt(document: unknown, paths: SchemaPaths): readonly (readonly [string, unknown])[] {
  const found: (readonly [string, unknown])[] = []
  const visit = (value: unknown, path: string): void => {
    found.push([path, value])
    if (Array.isArray(value)) for (const one of value) visit(one, `${path}[]`)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) {
        const own = path === '' ? key : `${path}.${key}`
        const known = [own, `${own}?`].find((candidate) => paths.has(candidate))
        visit(one, known ?? `${path}.*`)
      }
    }
  }
  visit(document, '')
  return found.slice(1)
}
