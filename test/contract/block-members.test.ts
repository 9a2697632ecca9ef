import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {afterEach, beforeEach, expect, it} from 'vitest'
import {createExecaShell} from '../../src/adapters/shell/execa-shell.js'
import {fileLeases} from '../../src/adapters/store/file-lease.js'
import {systemClock} from '../../src/adapters/system/system-clock.js'
import {masker} from '../../src/domain/secrets/masker.js'
import type {Leases} from '../../src/ports/lease.js'
import type {ShellOutcome} from '../../src/ports/shell.js'
import {bundledProcess} from '../support/processes/bundled-process.js'
import {onlyAsRoot} from '../support/only-as-root.js'

const HOLDER = await bundledProcess('lease-holder')
const PROJECT = 'shop'
const NOBODY = 65_534
const isRoot = onlyAsRoot('joining a run as another account was')
const JOINED = /^joined \{"id":/
const REFUSED = /cannot join the run .*: FACI_RUN_TOKEN is of a block that has ended, or that did not start this faci/

let directory: string
let leases: Leases

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'faci-members-'))
  leases = fileLeases({directory, clock: systemClock, operator: 'ana'})
  await leases.take(PROJECT, {reason: 'runbook api-down', runId: null})
})

afterEach(() => {
  rmSync(directory, {recursive: true, force: true})
})

/** A block of the run that holds the lock; `faci` in it tries to join. */
function block(script: string, mayJoin = true): Promise<ShellOutcome> {
  const shell = createExecaShell({
    masker: masker([]),
    faci: [process.execPath, HOLDER, 'join', directory, PROJECT],
    environment: {...process.env, FACI_RUN_TOKEN: 'of an outer run'},
    onStart: leases.keepFor,
  })
  const command = {script, environment: {}, mayJoin, directory, timeoutSeconds: 30, graceSeconds: 0.3}
  return shell.run(command, () => undefined)
}

const said = (name: string): string => readFileSync(join(directory, name), 'utf8')

it('joins in a block that may change things, also in a session of its own below it, and never shows the token', async () => {
  const {stdout} = await block('faci; setsid -w faci; (faci); echo "$FACI_RUN_TOKEN"')
  expect(stdout.split('\n')).toEqual([...[1, 2, 3].map(() => expect.stringMatching(JOINED) as string), '***', ''])
})

it('does not join in a block that may only look: it has no token, not even that of an outer run', async () => {
  const {stdout} = await block('faci; echo "[$FACI_RUN_TOKEN]"', false)
  expect(stdout).toMatch(REFUSED)
  expect(stdout).toMatch(/^\[\]$/m)
})

it('does not join with the token of a block that runs, but has not started it', async () => {
  const running = block('echo "$FACI_RUN_TOKEN" > token; while [ ! -e tried ]; do sleep 0.02; done; faci')
  const outside = `while [ ! -s token ]; do sleep 0.02; done; FACI_RUN_TOKEN=$(cat token) "$@"; touch tried`
  const command = [process.execPath, HOLDER, 'join', directory, PROJECT]
  const {stdout} = await execa('bash', ['-c', outside, 'bash', ...command], {cwd: directory})
  expect(stdout).toMatch(REFUSED)
  expect((await running).stdout).toMatch(JOINED)
})

it('does not join when the block that started it has ended', async () => {
  const later = 'until [ -e over ]; do sleep 0.02; done; faci > said 2>&1; touch done'
  const {stdout} = await block(
    `cp "$(command -v faci)" kept; setsid bash -c '${later.replace('faci', './kept')}' & faci`,
  )
  expect(stdout).toMatch(JOINED)
  await execa('bash', ['-c', 'touch over; until [ -e done ]; do sleep 0.02; done'], {cwd: directory})
  expect(said('said')).toMatch(REFUSED)
})

it.runIf(isRoot)(
  'does not join as another account that may read all files, nor from another namespace of processes',
  async () => {
    const join = [process.execPath, HOLDER, 'join', directory, PROJECT].join(' ')
    const {stdout} = await block(
      `chmod -R a+rwX .; setpriv --reuid=${String(NOBODY)} --clear-groups ${join}; unshare --pid --fork --mount-proc faci`,
    )
    expect(stdout.split('\n')).toEqual([expect.stringMatching(REFUSED), expect.stringMatching(REFUSED), ''])
  },
)
