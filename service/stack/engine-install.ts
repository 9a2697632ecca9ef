import {existsSync} from 'node:fs'
import {execa} from 'execa'
import {hostRelease} from './host-release.js'
import type {Say} from './say.js'

const packages = ['docker.io', 'docker-compose', 'iptables'] as const

/** What is in the way of installing an engine here; empty when it can be done. */
export async function installObstacles(): Promise<readonly string[]> {
  const obstacles: string[] = []
  const release = await hostRelease()
  if (process.platform !== 'linux') obstacles.push(`this is ${process.platform}, not Linux`)
  else if (release === undefined) obstacles.push('this is neither Debian nor Ubuntu')
  if (process.getuid?.() !== 0) obstacles.push('not running as root')
  return obstacles
}

export async function installEngine(say: Say): Promise<void> {
  const install = ['install', '-y', '--no-install-recommends', ...packages]
  say(`engine: installing ${packages.join(', ')} (apt-get update; apt-get ${install.join(' ')})`)
  await apt(['update'])
  await apt(install)
  if (existsSync('/run/systemd/system')) say('engine: the package starts its own system service here')
}

async function apt(parameters: readonly string[]): Promise<void> {
  const result = await execa('apt-get', parameters, {
    env: {DEBIAN_FRONTEND: 'noninteractive'},
    all: true,
    reject: false,
    stdin: 'ignore',
    timeout: 600_000,
  })
  if (result.exitCode === 0) return
  const tail = result.all.trim().split('\n').slice(-10).join('\n')
  throw new Error(`apt-get ${parameters.join(' ')} failed:\n${tail}`)
}
