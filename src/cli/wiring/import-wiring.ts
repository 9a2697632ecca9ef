import type {RotaExportRequest} from '../../config/rota-export.js'
import type {SourceRota} from '../../domain/oncall/import/source-rota.js'
import {endedText, importFindingText, nothingText} from '../../render/words/en/oncall-import.js'
import type {ImportRotaDeps} from '../../usecases/oncall/import-rota.js'

export const IMPORT_WORDS: ImportRotaDeps = {findingText: importFindingText, endedText, nothingText}

/** Errors: `usage`. */
export async function readRotaExport(request: RotaExportRequest): Promise<SourceRota> {
  return (await import('../../config/rota-export.js')).readRotaExport(request)
}
