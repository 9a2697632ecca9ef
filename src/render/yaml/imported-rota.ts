import type {ImportReport} from '../../domain/oncall/import/import-report.js'
import type {Result} from '../../domain/result.js'
import {rotaFileYaml} from './rota-file.js'

/** The file that is written; nothing where nothing could be carried over. */
export function importedRotaText({data}: Result<ImportReport>): string {
  const {rota} = data
  return rota === null ? '' : rotaFileYaml({...data, rota})
}
