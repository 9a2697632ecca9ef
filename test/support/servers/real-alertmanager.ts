import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import type {LaterSuite} from '../../../service/stack/debian-archive.js'
import {packagedTool, type Tool} from '../../../service/stack/debian.js'
import {freePorts} from '../../../service/stack/ports.js'
import {eventually} from '../eventually.js'

export interface PackagedAlertmanager {
  readonly version: string
  /** `config` is its configuration in YAML. */
  readonly start: (config: string) => Promise<{readonly url: string; readonly stop: () => void}>
}

/** Debian's build reads its templates from /usr/share: it gets its own package's, in a mount namespace of its own. */
const PRIVATE = 'mount --bind "$0/usr/share" /usr/share && exec "$@"'

async function start({command, env}: Tool, config: string): Promise<{url: string; stop: () => void}> {
  const {alertmanager: port} = await freePorts(['alertmanager'])
  const folder = mkdtempSync(join(tmpdir(), 'faci-alertmanager-'))
  writeFileSync(join(folder, 'alertmanager.yml'), config)
  const argv = [
    ...[`--config.file=${folder}/alertmanager.yml`, `--storage.path=${folder}/data`],
    ...[`--web.listen-address=127.0.0.1:${port}`, '--cluster.listen-address='],
  ]
  const root = command.replace(/\/usr\/bin\/[^/]+$/, '')
  const inside = ['--mount', '--propagation', 'private', '/bin/sh', '-c', PRIVATE, root, command, ...argv]
  const child = spawn('unshare', inside, {env: {...process.env, ...env}, stdio: ['ignore', 'ignore', 'pipe']})
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log = `${log}${chunk.toString()}`.slice(-4000)
  })
  const stop = (): void => {
    child.kill('SIGKILL')
    rmSync(folder, {recursive: true, force: true})
  }
  const url = `http://127.0.0.1:${port}`
  try {
    await eventually(async () => {
      if (child.exitCode !== null) return
      if ((await fetch(`${url}/-/ready`)).status !== 200) throw new Error('Alertmanager is not ready')
    })
    if (child.exitCode !== null) throw new Error('it has ended')
  } catch (error) {
    stop()
    throw new Error(`Alertmanager does not start:\n${log}`, {cause: error})
  }
  return {url, stop}
}

/** Debian's Alertmanager of this machine's suite (null) or a later one. Throws where it, or a mount namespace, cannot be had. */
export async function packagedAlertmanager(suite: LaterSuite | null): Promise<PackagedAlertmanager> {
  await execa('unshare', ['--mount', '--propagation', 'private', 'true'], {stdin: 'ignore'})
  const tool = await packagedTool(suite, 'prometheus-alertmanager')
  await execa(tool.command, ['--version'], {env: tool.env, stdin: 'ignore'})
  return {version: tool.version, start: (config) => start(tool, config)}
}
