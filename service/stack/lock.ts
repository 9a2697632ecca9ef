import {link, mkdir, readFile, rename, rm, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {formatIdentity, isAlive, ownIdentity, parseIdentity} from './process-identity.js'

const pollMilliseconds = 100

/** Runs `work` while no other process holds `path`. The lock of a process that died is taken over. */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  await acquire(path, onWait)
  try {
    return await work()
  } finally {
    await rm(path, {force: true})
  }
}

async function acquire(path: string, onWait?: () => void): Promise<void> {
  await mkdir(dirname(path), {recursive: true})
  const candidate = `${path}.${uniqueSuffix()}`
  await writeFile(candidate, formatIdentity(ownIdentity()))
  try {
    let waited = false
    while (!(await tryLink(candidate, path))) {
      if (await removeIfStale(path)) continue
      if (!waited) onWait?.()
      waited = true
      await sleep(pollMilliseconds)
    }
  } finally {
    await rm(candidate, {force: true})
  }
}

async function tryLink(candidate: string, path: string): Promise<boolean> {
  try {
    await link(candidate, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function removeIfStale(path: string): Promise<boolean> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return true
  const holder = parseIdentity(text)
  if (holder !== undefined && isAlive(holder)) return false
  // Moving it away first: of two processes that see the same stale lock, only one may remove it.
  const grave = `${path}.${uniqueSuffix()}.stale`
  await rename(path, grave).catch(() => undefined)
  await rm(grave, {force: true})
  return true
}

function uniqueSuffix(): string {
  return `${String(process.pid)}-${Math.random().toString(36).slice(2)}`
}
