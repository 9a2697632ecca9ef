import {FaciError} from '../../../src/domain/errors.js'
import type {DocumentFiles} from '../../../src/ports/document-files.js'

export interface FakeDocumentFiles extends DocumentFiles {
  readonly kept: Map<string, string>
}

/** Files in memory. */
export function fakeDocumentFiles(): FakeDocumentFiles {
  const kept = new Map<string, string>()
  return {
    kept,
    read: (path) => Promise.resolve(kept.get(path) ?? null),
    find: (folder, prefix, suffix) => {
      const names = [...kept.keys()].filter((path) => path.startsWith(`${folder}/${prefix}`) && path.endsWith(suffix))
      return Promise.resolve(names.sort())
    },
    write: async (path, text, before) => {
      await Promise.resolve()
      if ((kept.get(path) ?? null) !== before)
        throw new FaciError('refused', `${path} was changed meanwhile: nothing was written`)
      kept.set(path, text)
    },
  }
}
