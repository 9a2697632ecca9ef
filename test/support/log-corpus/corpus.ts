import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {entryScanner} from '../../../src/domain/logs/entry-scanner.js'
import type {LogEntry} from '../../../src/domain/logs/log-entry.js'
import {parseEntry} from '../../../src/domain/logs/parse-entry.js'

const FOLDER = import.meta.dirname
/** When the engine took every line. */
const STAMP = '2026-11-30T12:00:00.000000000Z'
const ENGINE_TIME = '2026-11-30T12:00:00.000Z'

const NAMES = ['level', 'at', 'message', 'status', 'path', 'durationMs', 'requestId', 'exception'] as const

export type FieldName = (typeof NAMES)[number]
export type Said = Readonly<Partial<Record<FieldName, string | number | null>>>

interface Written {
  readonly text: string
  readonly said: Said
}

export interface Format {
  readonly name: string
  readonly real: boolean
  readonly entries: readonly Written[]
}

export type Mark = 'right' | 'missing' | 'wrong'

export interface Scored {
  readonly format: string
  readonly field: FieldName
  readonly mark: Mark
  readonly wanted: unknown
  readonly got: unknown
  readonly text: string
}

function readFormat(name: string): Format {
  const [head = '', ...lines] = readFileSync(join(FOLDER, 'formats', `${name}.txt`), 'utf8')
    .trimEnd()
    .split('\n')
  const entries: Written[] = []
  let open: string[] = []
  for (const line of lines) {
    if (line.startsWith('> ')) open.push(line.slice(2))
    else if (line === '>') open.push('')
    else if (line.startsWith('= ')) {
      entries.push({text: open.join('\n'), said: JSON.parse(line.slice(2)) as Said})
      open = []
    }
  }
  return {name, real: head.startsWith('# printed by: '), entries}
}

type Names = ReadonlySet<string>

/** The names of the formats of one list, `set-aside.txt` and those after it. */
function named(file: string): Names {
  return new Set(readFileSync(join(FOLDER, file), 'utf8').trim().split('\n'))
}

export interface Corpus {
  readonly developed: readonly Format[]
  readonly aside: readonly Format[]
  readonly second: readonly Format[]
  readonly third: readonly Format[]
}

export function corpus(): Corpus {
  const [aside, second, third] = ['set-aside.txt', 'set-aside-2.txt', 'set-aside-3.txt'].map(named) as [
    Names,
    Names,
    Names,
  ]
  const all = readdirSync(join(FOLDER, 'formats')).map((file) => readFormat(file.replace(/\.txt$/, '')))
  return {
    developed: all.filter(({name}) => ![aside, second, third].some((names) => names.has(name))),
    aside: all.filter(({name}) => aside.has(name)),
    second: all.filter(({name}) => second.has(name)),
    third: all.filter(({name}) => third.has(name)),
  }
}

/** What faci makes of all its lines, one after another as an engine gives them. */
function understood({entries}: Format): readonly LogEntry[] {
  const lines = entries.flatMap(({text}) => text.split('\n')).map((line) => `${STAMP} ${line}\n`)
  const scanner = entryScanner({candidates: null, stamped: true})
  const bytes = Buffer.from(lines.join(''))
  const raw = [...scanner.push(bytes), ...scanner.end()]
  return raw.map((entry) => parseEntry(entry, {service: 'web', replica: 1}))
}

function valueOf(entry: LogEntry, field: FieldName): string | number | null {
  if (field !== 'durationMs') return entry[field]
  return entry.durationSeconds === null ? null : entry.durationSeconds * 1000
}

function isSame(field: FieldName, wanted: string | number, got: string | number): boolean {
  if (typeof wanted === 'number' && typeof got === 'number') {
    return Math.abs(wanted - got) <= Math.max(1e-6, wanted * 1e-6)
  }
  if (field === 'message' || field === 'exception') return String(got).includes(String(wanted))
  return String(wanted).split('|').includes(String(got))
}

function marked(field: FieldName, wanted: string | number | null, got: string | number | null): Mark {
  if (wanted === null) return got === null ? 'right' : 'wrong'
  if (got === null || got === '') return 'missing'
  if (isSame(field, wanted, got)) return 'right'
  return field === 'at' && got === ENGINE_TIME ? 'missing' : 'wrong'
}

/** Every field of every entry that can be compared; an entry whose lines were not kept together is wrong in its message. */
export function scored(format: Format): readonly Scored[] {
  const found = understood(format)
  return format.entries.flatMap(({text, said}, index): readonly Scored[] => {
    const entry = found.find(({raw}) => raw.trim() === text.trim()) ?? null
    const place = {format: format.name, text}
    if (entry === null) {
      const got = found[index]?.raw ?? null
      return [{...place, field: 'message', mark: 'wrong', wanted: 'one whole entry', got}]
    }
    return NAMES.flatMap((field): readonly Scored[] => {
      const absent = field === 'at' ? ENGINE_TIME : field === 'level' || field === 'message' ? 'any' : null
      const wanted = said[field] === undefined ? absent : said[field]
      if (wanted === 'any') return []
      const got = valueOf(entry, field)
      return [{...place, field, mark: marked(field, wanted, got), wanted, got}]
    })
  })
}
