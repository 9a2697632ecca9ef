import type {KeysOf, Table} from './front-matter-table.js'
import type {Entry, PlacedText, YamlReader} from './yaml-reader.js'

type Node = Entry['value']

/** The keys of one map, each read as its table says; null where a key is not written, or not readable. */
export interface FieldReader<T extends Table> {
  readonly entry: (key: keyof T & string) => Entry | undefined
  readonly text: (key: KeysOf<T, 'text' | 'severity' | 'source' | 'expect'>) => string | null
  readonly texts: (key: KeysOf<T, 'texts'>) => readonly string[] | null
  readonly placedTexts: (key: KeysOf<T, 'texts'>) => readonly PlacedText[]
  readonly flag: (key: KeysOf<T, 'flag'>) => boolean
  readonly seconds: (key: KeysOf<T, 'duration'>) => number | null
  /** What has its own reading. */
  readonly other: <V>(key: KeysOf<T, 'alerts' | 'inputs' | 'resolved'>, reading: (entry: Entry) => V) => V | null
}

const NOTHING: ReadonlySet<string> = new Set()

/** Reads a map; keys that the table does not have are told, but for those that are `foreign`. */
export function readFields<T extends Table>(
  node: Node,
  what: string,
  table: T,
  yaml: YamlReader,
  foreign: ReadonlySet<string> = NOTHING,
): FieldReader<T> {
  const entries = yaml.entries(node, what, Object.keys(table), foreign)
  const entry = (key: string): Entry | undefined => entries.find((candidate) => candidate.key === key)
  const read = <V>(key: string, reading: (node: Node, what: string) => V): V | null => {
    const written = entry(key)
    return written === undefined ? null : reading(written.value, key)
  }
  return {
    entry,
    text: (key) => read(key, yaml.text),
    texts: (key) => read(key, yaml.texts)?.map(({text}) => text) ?? null,
    placedTexts: (key) => read(key, yaml.texts) ?? [],
    flag: (key) => read(key, yaml.flag) ?? false,
    seconds: (key) => read(key, yaml.seconds),
    other: (key, reading) => {
      const written = entry(key)
      return written === undefined ? null : reading(written)
    },
  }
}
