import {type Alias, type Document, visit} from 'yaml'
import type * as z from 'zod/mini'
import {FaciError} from '../../domain/errors.js'
import {choices, closest, didYouMean} from '../../domain/text/did-you-mean.js'
import type {FilePlace} from '../../domain/text/file-place.js'
import {openYaml, placeOfPath} from './yaml-text.js'
import {knownKeys} from './known-keys.js'

/** One thing wrong with a YAML document: where it is and what to write instead. */
interface Problem extends FilePlace {
  readonly message: string
}

function unknownKey(key: string, path: readonly PropertyKey[], known: readonly string[]): string {
  const where = path.length === 0 ? '' : ` in ${path.map(String).join('.')}`
  return `unknown key ${key}${where}: ${didYouMean(closest(key, known), choices('known', known))}`
}

type Place = (path: readonly PropertyKey[], key?: string) => FilePlace

export interface YamlDocument {
  /** As the text has it: nothing interpolated, nothing checked. */
  readonly value: unknown
  readonly place: Place
}

function invalid(file: string, problems: readonly Problem[]): FaciError {
  const lines = problems.map(({line, column, message}) => `${file}:${String(line)}:${String(column)}: ${message}`)
  return new FaciError('configInvalid', lines, {suggestions: [`fix ${file}, then: faci doctor`]})
}

/** The alias that refers to itself: its value has no end. */
function endlessAlias(document: Document): Alias | null {
  let found: Alias | null = null
  visit(document, {
    Alias(_key, alias, above) {
      const named = alias.resolve(document)
      if (named === undefined || !above.includes(named)) return undefined
      found = alias
      return visit.BREAK
    },
  })
  return found
}

/** Aliases of aliases that multiply are told like any other problem; the library counts them. */
function valueOf(file: string, document: Document): unknown {
  try {
    return document.toJS()
  } catch {
    throw invalid(file, [{line: 1, column: 1, message: 'YAML aliases expand to too much data'}])
  }
}

/** Throws `configInvalid` with the place where the text is no YAML, or has no end. */
export function readYaml(file: string, text: string): YamlDocument {
  const yaml = openYaml(text, {merge: true})
  const [broken] = yaml.faults
  if (broken !== undefined) throw invalid(file, [broken])
  const endless = endlessAlias(yaml.document)
  if (endless !== null)
    throw invalid(file, [{...yaml.place(endless), message: `alias *${endless.source} refers to itself`}])
  return {value: valueOf(file, yaml.document), place: (path, key) => placeOfPath(yaml, path, key)}
}

function problemsOf(issue: z.core.$ZodIssue, place: Place, schema: z.core.$ZodType): readonly Problem[] {
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path)
    return issue.keys.map((key) => ({...place(issue.path, key), message: unknownKey(key, issue.path, known)}))
  }
  const name = issue.path.length === 0 ? 'the file' : issue.path.map(String).join('.')
  const missing = issue.code === 'invalid_type' && issue.input === undefined
  const message = missing ? `${name} is required` : `${name}: ${issue.message}`
  return [{...place(issue.path), message}]
}

/** `configInvalid` with the place of every issue. */
export function schemaError(
  {file, text, schema}: {readonly file: string; readonly text: string; readonly schema: z.core.$ZodType},
  issues: readonly z.core.$ZodIssue[],
): FaciError {
  const {place} = readYaml(file, text)
  return invalid(
    file,
    issues.flatMap((issue) => problemsOf(issue, place, schema)),
  )
}
