import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'

const NAMELESS = 54_321
const here = mkdtempSync(join(tmpdir(), 'faci-bare-'))
const installed = join(here, 'opt')

/** Of root alone, who can be anybody; Node itself may lie where others may not look. */
const nobody = spawnSync(process.execPath, ['--version'], {uid: NAMELESS, gid: NAMELESS, env: {}}).status === 0
if (!nobody)
  process.stderr.write(
    'SKIPPED: faci under a uid without an account: only root can take one, with a Node that all may run\n',
  )

beforeAll(() => {
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(repositoryRoot, part), join(installed, part), {
      recursive: true,
      filter: (file) => !file.endsWith('.cache'),
    })
  }
  chmodSync(here, 0o755)
})
afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

/** A folder for `uid` with a service that is down. */
function service(name: string, uid: number): string {
  const directory = join(here, name)
  mkdirSync(directory)
  const health = "health: {api: {url: 'http://127.0.0.1:1/health'}}"
  writeFileSync(
    join(directory, 'faci.yml'),
    `service: shop\ncompose: {file: docker-compose.yml}\n${health}\nstore: {path: var/state}\n`,
  )
  chmodSync(directory, uid === 0 ? 0o755 : 0o777)
  return directory
}

/** From `/`, with no variable at all, no terminal, and a umask that keeps nothing from anybody. */
function checkDaily(directory: string, as: {readonly uid?: number; readonly gid?: number} = {}) {
  const line = 'umask 0; exec "$0" "$@"'
  const argv = ['check', 'daily', '--notify', '--config', join(directory, 'faci.yml')]
  const {status, stdout, stderr} = spawnSync(
    '/bin/sh',
    ['-c', line, process.execPath, join(installed, 'bin', 'run.js'), ...argv],
    {...as, cwd: '/', env: {}, encoding: 'utf8', input: 'junk', timeout: 120_000},
  )
  return {status, stdout, stderr}
}

function modes(directory: string): readonly string[] {
  const found = readdirSync(directory, {recursive: true, withFileTypes: true})
  return [...new Set(found.map((one) => (statSync(join(one.parentPath, one.name)).mode & 0o777).toString(8)))].sort()
}

describe('check daily, with nothing in its environment', () => {
  it('keeps its store beside faci.yml, for its owner alone', () => {
    const directory = service('own', 0)
    const {status, stdout, stderr} = checkDaily(directory)
    expect(stderr).toMatch(/api is down/)
    expect(stdout).toMatch(/^✖ +health checks +api is down$/m)
    expect(stdout + stderr).not.toMatch(/\u001B|^\s+at /m)
    expect(status).toBe(3)
    expect(existsSync(join(directory, 'var', 'state', 'checks', 'daily.txt'))).toBe(true)
    expect(modes(join(directory, 'var', 'state'))).toEqual(['600', '700'])
    expect(checkDaily(directory).stderr).toBe('')
  })

  it('prints what it found also where it may not write, and tells it although it cannot remember', () => {
    const directory = service('file-in-the-way', 0)
    writeFileSync(join(directory, 'var'), '')
    const {status, stdout, stderr} = checkDaily(directory)
    expect(stdout).toMatch(/health checks +api is down/)
    expect(stderr).toMatch(/Needs attention: Daily check: shop[^]*^! --notify: Can't use the store at /m)
    expect(status).toBe(3)
  })

  it.skipIf(!nobody)('works under a uid without an account, which has neither home nor shell nor name', () => {
    const {status, stdout, stderr} = checkDaily(service('nameless', NAMELESS), {uid: NAMELESS, gid: NAMELESS})
    expect(stderr).toMatch(/Operator: unknown@/)
    expect(stdout).toMatch(/health checks +api is down/)
    expect(status).toBe(3)
  })
})
