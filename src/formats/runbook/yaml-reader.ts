import {isMap, isScalar, isSeq, type Node, type YAMLMap} from 'yaml'
import {valuePlaces} from '../yaml/value-places.js'
import {openYaml} from '../yaml/yaml-text.js'
import {durationFrom} from './attribute-values.js'
import {meant, type Place, type ProblemList, quoted} from './problem-list.js'

export interface Entry {
  readonly key: string
  readonly place: Place
  readonly value: Node | null
}

export interface PlacedText {
  readonly text: string
  readonly place: Place
}

/** YAML with positions. What is not as expected is told as a problem and read as null or empty. */
export interface YamlReader {
  readonly root: Node | null
  readonly place: (node: Node | null) => Place
  /** Of a character of a text, however it is quoted or folded. */
  readonly placeIn: (node: Node | null, offset: number) => Place
  /** The entries of a map; unknown keys are told. */
  readonly entries: (
    node: Node | null,
    what: string,
    known: readonly string[] | null,
    foreign?: ReadonlySet<string>,
  ) => readonly Entry[]
  readonly items: (node: Node | null, what: string) => readonly (Node | null)[]
  readonly text: (node: Node | null, what: string) => string | null
  readonly texts: (node: Node | null, what: string) => readonly PlacedText[]
  readonly flag: (node: Node | null, what: string) => boolean
  readonly seconds: (node: Node | null, what: string) => number | null
}

function scalarText(node: Node | null): string | null {
  if (!isScalar(node) || node.value === null || typeof node.value === 'object') return null
  return typeof node.value === 'string' ? node.value : (node.source ?? null)
}

export function readYaml(source: string, firstLine: number, problems: ProblemList): YamlReader {
  const {document, faults, place, placeAt, resolve} = openYaml(source, {firstLine})
  for (const fault of faults) problems.add('yaml', fault, fault.message)
  const wrong = <T>(node: Node | null, what: string, must: string, fallback: T): T => {
    problems.add('type', place(node), `${what} must be ${must}`)
    return fallback
  }
  const pairs = (
    map: YAMLMap,
    what: string,
    known: readonly string[] | null,
    foreign?: ReadonlySet<string>,
  ): readonly Entry[] =>
    map.items.map((pair) => {
      const keyNode = resolve(pair.key)
      const key = scalarText(keyNode) ?? ''
      if (known !== null && !known.includes(key) && foreign?.has(key) !== true)
        problems.add('unknown-key', place(keyNode), `there is no ${quoted(key)} in ${what}`, meant(key, known))
      return {key, place: place(keyNode), value: resolve(pair.value)}
    })
  const text: YamlReader['text'] = (node, what) => scalarText(node) ?? wrong(node, what, 'a text', null)
  const items: YamlReader['items'] = (node, what) =>
    isSeq(node) ? node.items.map(resolve) : wrong(node, what, 'a list', [])
  return {
    root: resolve(document.contents),
    place,
    placeIn: (node, offset) => (isScalar(node) ? valuePlaces(node, source, placeAt)(offset) : place(node)),
    entries: (node, what, known, foreign) =>
      isMap(node) ? pairs(node, what, known, foreign) : wrong(node, what, 'a map of keys', []),
    items,
    text,
    texts: (node, what) =>
      items(node, what).flatMap((item) => {
        const read = text(item, `each of ${what}`)
        return read === null ? [] : [{text: read, place: place(item)}]
      }),
    flag: (node, what) =>
      isScalar(node) && typeof node.value === 'boolean' ? node.value : wrong(node, what, 'true or false', false),
    seconds: (node, what) => {
      const value = text(node, what)
      return value === null ? null : durationFrom(value, place(node), problems)
    },
  }
}
