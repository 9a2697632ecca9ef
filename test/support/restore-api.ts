import {existsSync, readdirSync} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'vitest'
import {replicas} from './containers.js'
import type {RealStack} from './stack-lender.js'
import type {Workspace} from './workspace.js'

async function isWhole({project, urls}: RealStack, {storeDirectory}: Workspace): Promise<boolean> {
  const locks = join(storeDirectory, 'locks')
  if (existsSync(locks) && readdirSync(locks).length > 0) return false
  const found = await replicas(project, 'api')
  if (found.length !== 1 || found[0]?.running !== true) return false
  return fetch(`${urls.api}/health`).then(
    ({status}) => status === 200,
    () => false,
  )
}

/** Brings the API back to one replica that serves, and takes over the lock, where a test has not left it so: most leave nothing to do. */
export async function restoreApi(stack: RealStack, here: Workspace): Promise<void> {
  if (await isWhole(stack, here)) return
  const {exitCode, stderr} = await here.faci(['up', 'api', '--yes', '--takeover', 'clean up after a test'])
  expect(exitCode, stderr).toBe(0)
}
