import {rmSync} from 'node:fs'
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {cacheDir} from './cache.js'
import {removeProject} from './containers.js'
import {formatIdentity, isAlive, ownIdentity, parseIdentity} from './process-identity.js'
import type {Say} from './say.js'

/** Which process a stack belongs to, so that the next run can clear away what a killed run left behind. */
const folder = (): string => cacheDir('stacks')

export async function recordStack(project: string): Promise<void> {
  await mkdir(folder(), {recursive: true})
  await writeFile(join(folder(), project), formatIdentity(ownIdentity()))
}

/** After this the stack is nobody's: it is gone, or it is to outlive its process. */
export function forgetStack(project: string): void {
  rmSync(join(folder(), project), {force: true})
}

export async function removeAbandonedStacks(say: Say): Promise<void> {
  for (const project of await readdir(folder()).catch(() => [])) {
    const text = await readFile(join(folder(), project), 'utf8').catch(() => undefined)
    const owner = text === undefined ? undefined : parseIdentity(text)
    if (owner === undefined || isAlive(owner)) continue
    say(`stack: removing ${project}, left behind by a run that was killed (pid ${String(owner.pid)})`)
    removeProject(project)
    forgetStack(project)
  }
}
