import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {expect} from 'vitest'
import {replicas} from './containers.js'
import {eventually} from './eventually.js'
import type {RealStack} from './stack-lender.js'
import type {Workspace} from './workspace.js'

async function serves(api: string): Promise<boolean> {
  return fetch(`${api}/health`).then(
    ({status}) => status === 200,
    () => false,
  )
}

/** Without asking faci, which would be too slow to catch a change under way. */
export function isLocked({storeDirectory}: Workspace): boolean {
  const folder = join(storeDirectory, 'locks')
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  return names.some((name) => readFileSync(join(folder, name), 'utf8').includes('"releasedAt":null'))
}

/** Whether there is just one replica, started if need be, and it serves. */
async function startOnly({project, urls}: RealStack): Promise<boolean> {
  const [only, ...more] = await replicas(project, 'api')
  if (only === undefined || more.length > 0) return false
  if (only.running) return serves(urls.api)
  await execa('docker', ['start', only.id])
  await eventually(async () => {
    expect(await serves(urls.api)).toBe(true)
  })
  return true
}

/** Brings the API back to one replica that serves, and takes over the lock, where a test has not left it so: most leave little to do. */
export async function restoreApi(stack: RealStack, here: Workspace): Promise<void> {
  if (!isLocked(here) && (await startOnly(stack))) return
  const {exitCode, stderr} = await here.faci(['up', 'api', '--yes', '--takeover', 'clean up after a test'])
  expect(exitCode, stderr).toBe(0)
}
