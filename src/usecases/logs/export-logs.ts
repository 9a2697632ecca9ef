import {FaciError} from '../../domain/errors.js'
import type {LogEntry} from '../../domain/logs/log-entry.js'
import type {LogExport} from '../../domain/logs/log-report.js'
import type {Result} from '../../domain/result.js'
import type {ExportFiles} from '../../ports/export-file.js'
import type {Progress} from '../../ports/progress.js'
import type {LogDeps, LogQuery} from './log-query.js'
import {searchLogs} from './search-logs.js'

export interface ExportDeps extends LogDeps {
  readonly files: ExportFiles
  readonly progress: Progress
  readonly mask: (text: string) => string
}

/** Writes the entries that match to a file, masked; the file appears when all of them are in it. */
export async function exportLogs(
  {files, progress, mask, ...deps}: ExportDeps,
  input: {readonly query: LogQuery; readonly file: string; readonly format: (entry: LogEntry) => string},
  signal?: AbortSignal,
): Promise<Result<LogExport>> {
  const task = progress.start(`exporting logs to ${input.file}`)
  const file = await files.open(input.file)
  let written = 0
  try {
    const write = async (entries: readonly LogEntry[]): Promise<void> => {
      if (entries.length === 0) return
      await file.write(mask(entries.map((entry) => `${input.format(entry)}\n`).join('')))
      written += entries.length
      task.note(`${String(written)} entries`)
    }
    const result = await searchLogs(deps, input.query, write, signal)
    if (signal?.aborted === true) throw new FaciError('interrupted', `the export to ${input.file} was interrupted`)
    await file.commit()
    task.done(`${String(written)} entries in ${input.file}`)
    return {...result, data: {...result.data, file: input.file}}
  } catch (error) {
    await file.discard()
    task.fail()
    throw error
  }
}
