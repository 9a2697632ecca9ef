import {FaciError} from '../../domain/errors.js'
import type {IncidentRecord} from '../../domain/incidents/incident-record.js'
import {isOver} from '../../domain/incidents/incident.js'
import {
  type Bodies,
  identitiesIn,
  mergedSections,
  type Piece,
  piecesOf,
} from '../../domain/postmortem/marked-sections.js'
import {postmortemName, postmortemPrefix} from '../../domain/postmortem/postmortem-name.js'
import type {
  FigureNote,
  PostmortemFigures,
  PostmortemReport,
  WrittenSection,
} from '../../domain/postmortem/postmortem-report.js'
import {peopleOf, type Redact, redactedReport, redactor} from '../../domain/postmortem/redact.js'
import {isFault, SECTIONS, type SectionOutcome} from '../../domain/postmortem/section-name.js'
import type {Result} from '../../domain/result.js'
import {command} from '../../domain/text/shell-command.js'
import type {Verdict} from '../../domain/verdict.js'
import type {DocumentFiles} from '../../ports/document-files.js'
import type {ExportFiles} from '../../ports/export-file.js'
import type {IncidentDeps, IncidentPlace} from '../incidents/incident-deps.js'
import {reportIncident} from '../incidents/report-incident.js'
import {readRecord, whichIncident} from '../incidents/which-incident.js'
import {type FiguresDeps, postmortemFigures} from './postmortem-figures.js'

/** A part of the Markdown; `isOwn`: it is as faci wrote it. */
export interface ShownPiece extends Piece {
  readonly isOwn: boolean
}

/** What a post-mortem looks like, in the language of the people who read it. */
export interface PostmortemTexts {
  readonly bodies: (report: PostmortemReport) => Bodies
  /** A new one, with what people are asked. */
  readonly document: (report: PostmortemReport, bodies: Bodies) => string
  /** One HTML page of the report and of what stands in its Markdown, in parts. */
  readonly page: (report: PostmortemReport, pieces: readonly ShownPiece[]) => string
  readonly person: (letter: string) => string
}

export interface PostmortemDeps extends IncidentDeps, FiguresDeps {
  readonly files: DocumentFiles
  readonly exports: ExportFiles
  readonly texts: PostmortemTexts
}

export interface PostmortemInput extends Pick<IncidentPlace, 'service' | 'updates'> {
  readonly name: string
  readonly refresh: boolean
  readonly redact: boolean
  /** Where those are that nobody named. */
  readonly folder: string
  /** The Markdown file; null: its own in `folder`. */
  readonly file: string | null
  /** Whether that file is written, or only read. */
  readonly writes: boolean
  /** The HTML file; null: none is written. */
  readonly page: string | null
}

export interface Postmortem {
  readonly report: PostmortemReport
  readonly markdown: string
  readonly page: () => string
}

async function fileOf(
  {files}: PostmortemDeps,
  {folder, file}: PostmortemInput,
  record: IncidentRecord,
): Promise<string> {
  if (file !== null) return file
  const {handle, title} = record.facts
  const found = await files.find(folder, postmortemPrefix(handle), '.md')
  if (found.length > 1)
    throw new FaciError('refused', `${String(found.length)} files could be the post-mortem of ${handle}`, {
      suggestions: found.map((path) => command`faci incident postmortem ${handle} --file ${path}`),
    })
  return found[0] ?? `${folder}/${postmortemName(handle, title)}`
}

function checkIdentity(path: string, text: string, {facts}: IncidentRecord): void {
  const own = new Set(identitiesIn(text))
  if (own.size === 1 && own.has(facts.id)) return
  const what = own.size === 0 ? 'is no post-mortem' : 'is the post-mortem of another incident'
  throw new FaciError('refused', `${path} ${what}: nothing was written`, {
    suggestions: [command`faci incident postmortem ${facts.handle} --file ${`${facts.handle}-postmortem.md`}`],
  })
}

interface Written {
  readonly path: string
  readonly before: string | null
  readonly text: string
  readonly outcomes: readonly SectionOutcome[]
}

async function merged(
  deps: PostmortemDeps,
  input: PostmortemInput,
  record: IncidentRecord,
  report: PostmortemReport,
): Promise<Written> {
  const path = await fileOf(deps, input, record)
  const before = await deps.files.read(path)
  const bodies = deps.texts.bodies(report)
  if (before === null) {
    const text = deps.texts.document(report, bodies)
    return {path, before, text, outcomes: SECTIONS.map(() => 'written')}
  }
  checkIdentity(path, before, record)
  const {text, outcomes} = mergedSections(before, bodies)
  return {path, before, text, outcomes: SECTIONS.map((name) => outcomes[name])}
}

const UNKNOWN: ReadonlySet<FigureNote['why']> = new Set(['notAnswered', 'nothingKept', 'notRefreshed'])

/** What could not be measured, or not be relied on, is no good answer; nor is a section that was not written. */
function verdictOf(report: PostmortemReport): Verdict {
  const {file, figures} = report
  if (file?.sections.some(({outcome}) => isFault(outcome)) === true) return 'bad'
  const isUnreliable = (figures.measurement?.warnings.length ?? 0) > 0
  return isUnreliable || figures.notes.some(({why}) => UNKNOWN.has(why)) ? 'unknown' : 'ok'
}

async function writePage({exports}: PostmortemDeps, path: string, text: string): Promise<void> {
  const file = await exports.open(path)
  try {
    await file.write(text)
  } catch (error) {
    await file.discard()
    throw error
  }
  await file.commit()
}

function warningsOf({measurement}: PostmortemFigures): readonly string[] {
  return (measurement?.warnings ?? []).map((text) => `Prometheus: ${text}`)
}

/** What people wrote is redacted here; what faci wrote was made so. */
function shownPieces(text: string, sections: readonly WrittenSection[], redact: Redact): readonly ShownPiece[] {
  return piecesOf(text).map((piece) => {
    const outcome = sections.find(({section}) => section === piece.section)?.outcome
    const isOwn = outcome === 'written' || outcome === 'same'
    return {...piece, isOwn, text: isOwn ? piece.text : redact(piece.text)}
  })
}

/**
 * The post-mortem of an incident: its own sections anew, what people wrote as it is. Errors: `notFound`; `refused` for a file that is no
 * post-mortem of this incident, or that somebody changed meanwhile.
 */
export async function writePostmortem(deps: PostmortemDeps, input: PostmortemInput): Promise<Result<Postmortem>> {
  const {incidents, clock, texts} = deps
  const id = await whichIncident(incidents, input.name)
  const {record, warnings} = await readRecord(incidents, id)
  const figures = await postmortemFigures(deps, record, input.refresh)
  const {incident, timeline, actions} = (await reportIncident(deps, input, id)).data
  const report: PostmortemReport = {
    ...{at: clock.now().toISOString(), service: input.service, isDraft: !isOver(record.facts), isRedacted: false},
    ...{incident, timeline, actions, figures, file: null, page: null},
  }
  const people = peopleOf(
    record,
    timeline.map(({by}) => by),
  )
  const redact: Redact = input.redact ? redactor(people, texts.person) : (text) => text
  const shown = input.redact ? redactedReport(report, redact) : report
  const written = await merged(deps, input, record, shown)
  const {path, before, text} = written
  const sections = SECTIONS.map((section, index) => ({section, outcome: written.outcomes[index] ?? 'missing'}))
  const file = input.writes ? {path, isNew: before === null, sections} : null
  const whole = {...shown, file, page: input.page}
  if (file !== null && text !== before) await deps.files.write(path, text, before)
  const pieces = shownPieces(text, sections, redact)
  // A copy is nobody's file: without markers.
  const markdown = input.redact ? pieces.map((piece) => piece.text).join('') : text
  const page = (): string => texts.page(whole, pieces)
  if (input.page !== null) await writePage(deps, input.page, page())
  const data = {report: whole, markdown, page}
  return {verdict: verdictOf(whole), data, warnings: [...warnings, ...warningsOf(figures)]}
}
