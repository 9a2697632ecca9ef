import {Document, isMap, isSeq, Scalar, visit, type Node, type YAMLSeq} from 'yaml'
import type {ImportReport, PlacedFinding} from '../../domain/oncall/import/import-report.js'
import type {RotaDocument} from '../../domain/oncall/import/rota-document.js'
import {visible} from '../../domain/text/visible.js'
import {endedText, escalationExample, importFindingText, importHeadText} from '../words/en/oncall-import.js'

const PARTS = ['people', 'layers', 'overrides', 'escalation'] as const
/** Entries of these are short, and read as a table. */
const SHORT = new Set<string>(['people', 'overrides', 'escalation'])
const MOST_ON_A_LINE = 100

function comment(lines: readonly string[]): string {
  return lines.map((line) => ` ${visible(line)}`).join('\n')
}

function texts(findings: readonly PlacedFinding[]): readonly string[] {
  return findings.map((one) => importFindingText(one))
}

/** Findings stand before the entry that they are about, or behind the last one. */
function annotate(list: YAMLSeq, findings: readonly PlacedFinding[]): void {
  for (const [at, item] of list.items.entries()) {
    const before = findings.filter((one) => one.before === at)
    if (before.length > 0) (item as Node).commentBefore = comment(texts(before))
  }
  const after = findings.filter((one) => one.before >= list.items.length)
  if (after.length > 0) list.comment = comment(texts(after))
}

function isShort(item: unknown): boolean {
  return JSON.stringify(item).length <= MOST_ON_A_LINE
}

/** What would be read as a number of base 60, or a time, by others than faci. */
function quoteTimes(document: Document): void {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && /^\d\d:\d\d$/.test(scalar.value)) scalar.type = Scalar.QUOTE_SINGLE
    },
  })
}

/** What a CI server obeys wherever it is printed (`##[error]`, `::error::` at the start of a line) stands in quotes, where it can be spelled. */
const COMMAND = /##[a-z]*\[|\n/i
const MARK_OF_COMMAND = /#(?=#[a-z]*\[)/gi

function quoteCommands(document: Document): void {
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && COMMAND.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
}

function flow(document: Document, rota: RotaDocument): void {
  for (const part of PARTS) {
    const list: unknown = document.get(part)
    if (!isSeq(list)) continue
    for (const [at, item] of list.items.entries()) {
      if (!isMap(item)) continue
      if (SHORT.has(part)) item.flow = isShort(rota[part]?.[at])
      for (const {value} of item.items) {
        if (isMap(value)) value.flow = true
        else if (isSeq(value)) value.flow = isShort(value.toJSON())
      }
    }
  }
}

/** Stands where the steps would: what is known of them, and what to write. */
function missingEscalation(findings: readonly PlacedFinding[]): string {
  const told = texts(findings.filter(({part}) => part === 'escalation'))
  return comment([...told, ...escalationExample()])
}

/** A rota as a file, with what was not carried over beside the place where it belongs. */
export function rotaFileYaml(report: ImportReport & {readonly rota: RotaDocument}): string {
  const {rota, findings} = report
  const document = new Document(rota, {aliasDuplicateObjects: false})
  quoteTimes(document)
  quoteCommands(document)
  flow(document, rota)
  const rest: PlacedFinding[] = []
  for (const one of findings)
    if (one.part === 'rota' || (rota[one.part] === undefined && one.part !== 'escalation')) rest.push(one)
  for (const part of PARTS) {
    const list: unknown = document.get(part)
    const own = findings.filter((one) => one.part === part)
    if (isSeq(list)) annotate(list, own)
  }
  const ended = endedText(report)
  document.commentBefore = comment([importHeadText(report), ...(ended === null ? [] : [ended]), ...texts(rest)])
  if (rota.escalation === undefined) document.comment = missingEscalation(findings)
  const written = document.toString({
    ...{lineWidth: 0, flowCollectionPadding: false, doubleQuotedMinMultiLineLength: Infinity},
  })
  // In quotes it is an escape, and a comment says it as a screen would.
  return written.replaceAll(MARK_OF_COMMAND, String.raw`\x23`)
}
