import {importedRota} from '../../domain/oncall/import/imported-rota.js'
import type {ImportReport} from '../../domain/oncall/import/import-report.js'
import {rotaDocument} from '../../domain/oncall/import/rota-document.js'
import type {FindingKind, ImportFinding, SourceRota} from '../../domain/oncall/import/source-rota.js'
import type {Result} from '../../domain/result.js'

export interface ImportRotaInput {
  readonly source: SourceRota
  /** Epoch ms. */
  readonly now: number
}

/** Nothing of the other tool is lost by these, as far as the file says. */
const NOTES: readonly FindingKind[] = ['renamed', 'unnamed', 'noOverrides', 'noEscalation']

export interface ImportRotaDeps {
  readonly findingText: (finding: ImportFinding) => string
  readonly endedText: (report: ImportReport) => string | null
  readonly nothingText: (report: ImportReport) => string
}

/** A schedule of another tool as a rota, from now on. What is not carried over as it was there is `bad`; a note is not. */
export function importRota(deps: ImportRotaDeps, {source, now}: ImportRotaInput): Result<ImportReport> {
  const {rota, findings, ended} = importedRota(source, now)
  const data: ImportReport = {
    ...{tool: source.tool, schedule: source.schedule},
    ...{rota: rota === null ? null : rotaDocument(rota), findings, ended},
  }
  const isWhole = rota !== null && findings.every(({kind}) => NOTES.includes(kind))
  const over = deps.endedText(data)
  const warnings = [
    ...findings.map(deps.findingText),
    ...(over === null ? [] : [over]),
    ...(rota === null ? [deps.nothingText(data)] : []),
  ]
  return {verdict: isWhole ? 'ok' : 'bad', data, warnings}
}
