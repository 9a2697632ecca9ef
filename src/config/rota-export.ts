import {FaciError} from '../domain/errors.js'
import type {SourceRota} from '../domain/oncall/import/source-rota.js'
import {readPlainText, whyUnreadable} from '../files/plain-file.js'
import {type ExportRequest, readExport} from '../formats/oncall-exports/read-export.js'

export type RotaExportRequest = Omit<ExportRequest, 'text'>

/** An export of another tool, from a file that a person names. Errors: `usage`. */
export function readRotaExport(request: RotaExportRequest): SourceRota {
  return readExport({...request, text: textOf(request.file)})
}

function textOf(file: string): string {
  try {
    return readPlainText(file)
  } catch (error) {
    throw new FaciError('usage', `${file} cannot be read (${whyUnreadable(error)})`, {
      suggestions: ['faci oncall import FILE, where FILE is what the API of the other tool answered'],
    })
  }
}
