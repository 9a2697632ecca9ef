import {mkdir, rename, stat} from 'node:fs/promises'
import {dirname} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import {openDraft, syncFolder} from '../../files/atomic-file.js'
import type {ExportFile, ExportFiles} from '../../ports/export-file.js'

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error'
}

function refusal(path: string, why: string): FaciError {
  return new FaciError('usage', `${path} cannot be written: ${why}`, {
    suggestions: ['name a file in a folder that exists'],
  })
}

/** The disk is full, the folder is gone: what was to be written is not there. */
async function written(path: string, work: () => Promise<void>): Promise<void> {
  await work().catch((error: unknown) => {
    throw new FaciError('unreachable', `${path} cannot be written: ${codeOf(error)}`)
  })
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function openExport(path: string): Promise<ExportFile> {
  const draft = await openDraft(dirname(path))
  return {
    write: (text) => written(path, () => draft.write(text)),
    commit: () =>
      written(path, async () => {
        await draft.finish()
        await rename(draft.path, path)
        // A folder that others may only put things into cannot be opened for that; the file is there.
        await syncFolder(dirname(path)).catch(() => undefined)
      }),
    discard: draft.discard,
  }
}

/** Files for the operator's own use: readable by nobody else, since logs hold what people did. */
export function atomicExports(): ExportFiles {
  return {
    open: async (path) => {
      if (await isFolder(path)) throw refusal(path, 'it is a folder')
      try {
        return await openExport(path)
      } catch (error) {
        throw refusal(path, codeOf(error))
      }
    },
    makeFolder: async (path) => {
      await mkdir(path, {recursive: true}).catch((error: unknown) => {
        throw refusal(path, codeOf(error))
      })
    },
  }
}
