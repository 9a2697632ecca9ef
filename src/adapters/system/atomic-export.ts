import {open, rename, rm} from 'node:fs/promises'
import {basename, dirname, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {ExportFile, ExportFiles} from '../../ports/export-file.js'

const OWNER_ONLY = 0o600

function refusal(path: string, error: unknown): FaciError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error'
  return new FaciError('usage', `${path} cannot be written: ${code}`, {
    suggestions: ['name a file in a folder that exists'],
  })
}

async function openExport(path: string): Promise<ExportFile> {
  const temporary = join(dirname(path), `.${basename(path)}.${String(process.pid)}.part`)
  const handle = await open(temporary, 'w', OWNER_ONLY)
  return {
    write: async (text) => {
      await handle.writeFile(text)
    },
    commit: async () => {
      await handle.sync()
      await handle.close()
      await rename(temporary, path)
    },
    discard: async () => {
      await handle.close()
      await rm(temporary, {force: true})
    },
  }
}

/** Files for the operator's own use: readable by nobody else, since logs hold what people did. */
export function atomicExports(): ExportFiles {
  return {
    open: async (path) => {
      try {
        return await openExport(path)
      } catch (error) {
        throw refusal(path, error)
      }
    },
  }
}
