import {type Alias, type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Scalar, visit} from 'yaml'

/** What Go's reader (yaml.v3, which Prometheus has) does not take, and this parser does; `offset` in the text. */
export interface GoFault {
  readonly offset: number
  readonly message: string
}

/** What it takes nowhere, not even in a comment. */
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/
const DIRECTIVE = /^%(?!TAG |YAML 1\.1(?:\s|$)).*/m
const LINE_OF_TAB = /^ *\t[ \t]*(?:#.*)?\r?$/gm
/** JSON may write it in a text in quotes; YAML 1.1 has no such escape. */
const SLASH = String.raw`\/`
interface Ranged {
  readonly range?: readonly [number, number, number] | null | undefined
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Ranged).range?.[0] ?? 0) : 0
}

function slashFault(scalar: Scalar, source: string): GoFault | null {
  const [offset, end] = (scalar as Ranged).range ?? [0, 0]
  const isEscaped =
    scalar.type === 'QUOTE_DOUBLE' &&
    source
      .slice(offset, end)
      .replaceAll(/\\[^/]/g, '')
      .includes(SLASH)
  return isEscaped ? {offset, message: String.raw`\/ is no escape in YAML: write /`} : null
}

function aliasFault(alias: Alias, document: Document): GoFault | null {
  const target = alias.resolve(document)
  if (target !== undefined) return null
  return {offset: startOf(alias), message: `no anchor is called ${alias.source}`}
}

function isMergeable(value: unknown, document: Document): boolean {
  const target: unknown = isAlias(value) ? value.resolve(document) : value
  return (
    isMap(target) ||
    (isSeq(target) && target.items.every((item) => isMap(isAlias(item) ? item.resolve(document) : item)))
  )
}

function pairFault(key: unknown, value: unknown, document: Document): GoFault | null {
  const offset = startOf(key)
  if (isMap(key) || isSeq(key)) return {offset, message: 'a key must be a text'}
  const isMerge = isScalar(key) && key.value === '<<' && key.type === 'PLAIN'
  return isMerge && !isMergeable(value, document) ? {offset, message: '<< needs a map, or a list of maps'} : null
}

interface Walked {
  readonly faults: readonly GoFault[]
  /** Where a blank in front of a line means nothing. */
  readonly loose: readonly (readonly [number, number])[]
}

function walked(document: Document, source: string): Walked {
  const faults: (GoFault | null)[] = []
  const loose: (readonly [number, number])[] = []
  visit(document, {
    Alias: (_, alias) => {
      faults.push(aliasFault(alias, document))
    },
    Collection: (_, {range, flow}) => {
      if (flow === true && range != null) loose.push([range[0], range[1]])
    },
    Pair: (_, pair) => {
      if (isPair(pair)) faults.push(pairFault(pair.key, pair.value, document))
    },
    Scalar: (_, scalar) => {
      const {range} = scalar as Ranged
      // Up to where the next thing begins: what ends a block is still in it.
      if (range != null) loose.push([range[0], scalar.type?.startsWith('BLOCK') === true ? range[2] : range[1]])
      faults.push(slashFault(scalar, source))
    },
  })
  return {faults: faults.filter((one) => one !== null), loose}
}

/** Where a comment ends the document: what is behind it, Go's reader does not look at. */
function endOfRead(document: Document, source: string): number {
  const end = (document.contents as Ranged | null)?.range?.[1] ?? source.length
  const comment = source.slice(end).search(/^ *#/m)
  return comment === -1 ? source.length : end + comment
}

/** A line of nothing but blanks may begin with a tab only within a value. */
function tabFaults(source: string, loose: Walked['loose']): readonly GoFault[] {
  return [...source.matchAll(LINE_OF_TAB)].flatMap(({index, 0: line}) => {
    const offset = index + line.indexOf('\t')
    const isWithin = loose.some(([from, to]) => from <= offset && offset < to)
    return isWithin ? [] : [{offset, message: 'a tab cannot begin a line'}]
  })
}

function directiveFaults(source: string): readonly GoFault[] {
  if (!source.includes('%')) return []
  const start = /^(?:---|[^%#\s])/m.exec(source)?.index ?? source.length
  const found = DIRECTIVE.exec(source.slice(0, start))
  return found === null ? [] : [{offset: found.index, message: 'only %YAML 1.1 and %TAG are understood here'}]
}

/** All of them, in the order of the text. */
export function goFaults(document: Document, source: string): readonly GoFault[] {
  const control = source.search(CONTROL)
  const controls = control === -1 ? [] : [{offset: control, message: 'control characters are not allowed'}]
  const {faults, loose} = walked(document, source)
  const all = [
    ...controls,
    ...faults,
    ...directiveFaults(source),
    ...tabFaults(source.slice(0, endOfRead(document, source)), loose),
  ]
  return all.sort((one, other) => one.offset - other.offset)
}
