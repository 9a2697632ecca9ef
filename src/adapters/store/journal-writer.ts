import {rmSync} from 'node:fs'
import {stat} from 'node:fs/promises'
import {FaciError} from '../../domain/errors.js'
import {whyGone} from './holder-liveness.js'
import {readPlain} from './plain-file.js'
import {replaceInStore} from './private-files.js'
import {ownIdentity, type ProcessIdentity} from './process-identity.js'

interface Writer extends ProcessIdentity {
  readonly by: string
}

function parseWriter(text: string): Writer | null {
  try {
    const value = JSON.parse(text) as Partial<Writer> | null
    const isWhole = typeof value?.by === 'string' && typeof value.pid === 'number' && typeof value.bootId === 'string'
    return isWhole ? (value as Writer) : null
  } catch {
    return null
  }
}

function notePath(journal: string): string {
  return `${journal}.writer`
}

async function livingWriter(journal: string, now: Date): Promise<Writer | null> {
  try {
    const path = notePath(journal)
    // From another host only the journal itself tells whether somebody still writes.
    const [text, {mtimeMs}] = await Promise.all([readPlain(path), stat(journal)])
    const writer = parseWriter(text)
    if (writer === null) return null
    return whyGone(writer, (now.getTime() - mtimeMs) / 1000, ownIdentity()) === null ? writer : null
  } catch {
    return null
  }
}

/** Who writes this journal now, as `ana@vm (pid 12)`; null when nobody does, or whoever did is gone. */
export async function writerOf(journal: string, now: Date): Promise<string | null> {
  const writer = await livingWriter(journal, now)
  return writer === null ? null : `${writer.by} (pid ${String(writer.pid)})`
}

/**
 * One writer a file: notes beside the journal which process that is, until the answer is called. A hint for people and for `resume`:
 * what two processes may change at one time is decided by the lock. Errors: `locked`.
 */
export async function becomeWriter(journal: string, by: string, now: Date): Promise<() => void> {
  const own = ownIdentity()
  const writer = await livingWriter(journal, now)
  if (writer !== null && writer.pid !== own.pid)
    throw new FaciError('locked', `${writer.by} (pid ${String(writer.pid)}) is still writing ${journal}`)
  const path = notePath(journal)
  await replaceInStore(path, `${JSON.stringify({...own, by})}\n`)
  return () => {
    try {
      rmSync(path, {force: true})
    } catch {
      // Only a hint, of a process that will be gone.
    }
  }
}
