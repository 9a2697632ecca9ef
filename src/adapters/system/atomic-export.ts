import {randomBytes} from 'node:crypto'
import {open, rename, rm, stat} from 'node:fs/promises'
import {dirname, join} from 'node:path'
import {FaciError} from '../../domain/errors.js'
import type {ExportFile, ExportFiles} from '../../ports/export-file.js'

const OWNER_ONLY = 0o600

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
  // A name that nobody can have put a link at before: an export may be asked for in a folder of everybody's, such as /tmp.
  const temporary = join(dirname(path), `.faci-${randomBytes(8).toString('hex')}.part`)
  const handle = await open(temporary, 'wx', OWNER_ONLY)
  return {
    write: (text) => written(path, () => handle.writeFile(text)),
    commit: () =>
      written(path, async () => {
        await handle.sync()
        await handle.close()
        await rename(temporary, path)
      }),
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
      if (await isFolder(path)) throw refusal(path, 'it is a folder')
      try {
        return await openExport(path)
      } catch (error) {
        throw refusal(path, codeOf(error))
      }
    },
  }
}
