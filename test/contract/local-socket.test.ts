// An engine's socket that another account may not use, or that is not where Docker looks.
import {spawnSync} from 'node:child_process'
import {chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type Server} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
const [ANA, OTHER] = [65_001, 65_002]
const [OPS, LATE, UNNAMED] = [65_100, 65_101, 65_102]
const GROUPS = `ops:x:${String(OPS)}:\nlate:x:${String(LATE)}:bob,ana\n`
const ACCOUNTS = `root:x:0:0::/:/bin/sh\nana:x:${String(ANA)}:${String(ANA)}::/:/bin/sh\n`
/** The machine keeps no such accounts. */
const AS_ANA = `mount --bind "$0/group" /etc/group && mount --bind "$0/passwd" /etc/passwd && exec "$@"`

/** Only root can be somebody else, and others must be able to enter this checkout. */
const canBeOthers =
  process.getuid?.() === 0 && spawnSync(process.execPath, [FACI, '--version'], {uid: ANA, gid: ANA}).status === 0
if (!canBeOthers)
  process.stderr.write('sockets of other accounts were not tried: that needs root, in a checkout that all can read\n')

describe.runIf(canBeOthers)('a local socket', () => {
  let root: string
  let servers: Server[]

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'faci-socket-'))
    chmodSync(root, 0o755)
    servers = []
    writeFileSync(join(root, 'group'), GROUPS)
    writeFileSync(join(root, 'passwd'), ACCOUNTS)
    writeFileSync(join(root, 'faci.yml'), 'service: shop\ncompose: {project: shop}\n')
  })
  afterEach(() => {
    for (const server of servers) server.close()
    rmSync(root, {recursive: true})
  })

  async function socket(path: string): Promise<string> {
    const server = createServer()
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(path, resolve))
    return path
  }

  function logs(path: string): {readonly stderr: string; readonly status: number | null} {
    const ids = [`--reuid=${String(ANA)}`, `--regid=${String(ANA)}`, '--clear-groups']
    const command = ['sh', '-c', AS_ANA, root, 'setpriv', ...ids, process.execPath, FACI, 'logs']
    return spawnSync('unshare', ['--mount', ...command], {
      ...{cwd: root, encoding: 'utf8', timeout: 120_000},
      env: {
        ...{PATH: process.env['PATH'], NO_COLOR: '1', HOME: join(root, 'home'), FACI_TRUST: root},
        DOCKER_HOST: `unix://${path}`,
      },
    })
  }

  it.each([
    [
      'of a group',
      [0, OPS, 0o660],
      /denied: root and the group ops may use it, and this account is not in that group/,
      /sudo usermod -aG ops "\$USER", then log in again/,
    ],
    ['of a group without a name', [0, UNNAMED, 0o660], /the group 65102 may use it/, /sudo usermod -aG 65102 /],
    ['of a group since today', [0, LATE, 0o660], /older than the account's place in the group late/, /→ newgrp late/],
    ['of root', [0, OPS, 0o600], /permission denied: only root may use it/, /sudo faci doctor/],
    ['of another account', [OTHER, OTHER, 0o600], /the socket of another account \(uid 65002\)/, /→ docker context ls/],
    ['of a group that it is in', [ANA, ANA, 0o060], /though this account is in the group 65001/, /→ docker info/],
  ] as const)('%s: who may use it, and what to type', async (_, [uid, gid, mode], why, next) => {
    const path = await socket(join(root, 'docker.sock'))
    chownSync(path, uid, gid)
    chmodSync(path, mode)
    const {stderr, status} = logs(path)
    expect(stderr).toMatch(why)
    expect(stderr).toMatch(next)
    expect(status).toBe(4)
  })

  it('in a folder that cannot be entered', async () => {
    mkdirSync(join(root, 'closed'), {mode: 0o700})
    const {stderr, status} = logs(await socket(join(root, 'closed/docker.sock')))
    expect(stderr).toContain('permission denied: this account cannot enter the folder that it is in')
    expect(status).toBe(4)
  })

  it('that is missing, where another engine listens', async () => {
    mkdirSync(join(root, 'home/.docker/run'), {recursive: true})
    const other = await socket(join(root, 'home/.docker/run/docker.sock'))
    const {stderr, status} = logs(join(root, 'none.sock'))
    expect(stderr).toMatch(/no such socket, but there is one at \//)
    expect(stderr).toMatch(/→ export DOCKER_HOST=unix:\/\/\//)
    expect([other, '/var/run/docker.sock']).toContain(/there is one at (\S+)/.exec(stderr)?.[1])
    expect(status).toBe(4)
  })
})
