import {type ChildProcess, spawn} from 'node:child_process'
import {rmSync} from 'node:fs'
import {mkdtemp} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {setTimeout as sleep} from 'node:timers/promises'
import {freePorts} from '../../../service/stack/ports.js'
import type {Tool} from '../../../service/stack/debian.js'

/** A Prometheus-compatible server that tests can have, with the history of `shop-series.ts`. */
export interface Backend {
  readonly kind: 'prometheus' | 'victoriaMetrics'
  /** With its version. */
  readonly name: string
  readonly start: () => Promise<RunningBackend>
}

export interface RunningBackend {
  /** Under a path, so that a base URL with one is exercised too. */
  readonly url: string
  readonly stop: () => void
}

/** Of Prometheus and VictoriaMetrics: so long that no sample is too old. */
export const RETENTION = '100y'

export const BASE_PATH = '/base/path'

export interface Launch {
  readonly tool: Tool
  readonly parameters: (folder: string, address: string) => readonly string[]
  /** What must be in its folder when it starts. */
  readonly prepare?: (folder: string) => Promise<void>
  /** Once it answers. */
  readonly fill?: (url: string) => Promise<void>
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}`)
    const response = await fetch(`${url}/api/v1/query?query=1`).catch(() => undefined)
    if (response?.ok === true) return
    await sleep(100)
  }
  throw new Error(`${child.spawnfile} does not answer at ${url}`)
}

/** A server on loopback with a folder of its own, which goes with it. */
export async function launch({tool, parameters, prepare, fill}: Launch): Promise<RunningBackend> {
  const folder = await mkdtemp(join(tmpdir(), 'faci-backend-'))
  await prepare?.(folder)
  const {backend: port} = await freePorts(['backend'])
  const address = `127.0.0.1:${port}`
  const child = spawn(tool.command, parameters(folder, address), {env: {...process.env, ...tool.env}, stdio: 'ignore'})
  const stop = (): void => {
    child.kill('SIGKILL')
    rmSync(folder, {recursive: true, force: true, maxRetries: 5})
  }
  const url = `http://${address}${BASE_PATH}`
  try {
    await answers(url, child)
    await fill?.(url)
    return {url, stop}
  } catch (error) {
    stop()
    throw error
  }
}
