// A store that a team shares: two accounts of one group, and one of none, each with the built faci.
import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {join, relative} from 'node:path'
import {execa} from 'execa'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {eventually} from '../support/eventually.js'
import {onlyAsRoot} from '../support/only-as-root.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
const [ANA, BEN, MALLORY, TEAM, OTHER_TEAM] = [65_001, 65_002, 65_003, 65_100, 65_101]
const canBeOthers =
  onlyAsRoot('a store that a team shares was') &&
  spawnSync('setpriv', ['--reuid', String(ANA), '--clear-groups', process.execPath, FACI, '--version']).status === 0

const RUNBOOK = `---
resolved: {within: 1s, hold: 0s, every: 200ms, all: [{health: api}]}
---
# X
## Look
\`\`\`sh {diagnose id=look}
echo looked
\`\`\`
## Cure
\`\`\`sh {mitigate id=cure}
[ -e WORK/cured ] || sleep 60
\`\`\`
`
const CONFIG = `service: shop
compose: {file: docker-compose.yml, project: shop}
health: {api: {url: 'http://127.0.0.1:9/health', timeout: 1s}}
notices: {slack: {webhook: 'env:SLACK_WEBHOOK_URL'}}
`

let root: string
let work: string

function own(path: string, uid: number, mode: number, gid = uid): string {
  chownSync(path, uid, gid)
  chmodSync(path, mode)
  return path
}

const write = (name: string, text: string): string => {
  writeFileSync(join(work, name), text)
  return own(join(work, name), 0, 0o644)
}
const configured = (store: string): string => write('faci.yml', `${CONFIG}${store}`)

interface Account {
  readonly uid: number
  readonly groups: readonly number[]
}

const ana: Account = {uid: ANA, groups: [TEAM]}
const ben: Account = {uid: BEN, groups: [TEAM]}
const mallory: Account = {uid: MALLORY, groups: [OTHER_TEAM]}

/** With a umask that takes everything from everybody else. */
function faci({uid, groups}: Account, argv: readonly string[]) {
  const id = String(uid)
  const as = ['--reuid', id, '--regid', id, '--groups', groups.join(',')]
  const home = join(root, `home-${id}`)
  const child = execa('setpriv', [...as, 'sh', '-c', 'umask 077; exec "$@"', 'sh', process.execPath, FACI, ...argv], {
    cwd: work,
    env: {
      PATH: process.env['PATH'],
      NO_COLOR: '1',
      HOME: home,
      FACI_OPERATOR: id,
      FACI_LOCK_DIRECTORY: join(root, 'locks'),
      SLACK_WEBHOOK_URL: 'http://127.0.0.1:9/services/T0/B0/secretsecret',
    },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    timeout: 120_000,
  })
  return child
}

async function said(account: Account, ...argv: readonly string[]): Promise<readonly [number | undefined, string]> {
  const {exitCode, stdout, stderr} = await faci(account, argv)
  return [exitCode, stdout + stderr]
}

const store = (): string => join(work, '.faci')

/** `660 65100 runs/…/journal.jsonl`, of all that is there. */
function modes(): readonly string[] {
  const all = readdirSync(store(), {recursive: true, encoding: 'utf8'}).map((name) => join(store(), name))
  return [store(), ...all].map((path) => {
    const {mode, gid} = lstatSync(path)
    return `${(mode & 0o7777).toString(8)} ${String(gid)} ${relative(store(), path)}`
  })
}

const NOT_SHARED = new RegExp(`^(?!(?:660|2770) ${String(TEAM)} )`)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faci-shared-'))
  chmodSync(root, 0o755)
  work = join(root, 'work')
  mkdirSync(join(root, 'locks'))
  chmodSync(join(root, 'locks'), 0o1777)
  for (const uid of [ANA, BEN, MALLORY]) {
    mkdirSync(join(root, `home-${String(uid)}`))
    own(join(root, `home-${String(uid)}`), uid, 0o700)
  }
  mkdirSync(join(work, 'runbooks'), {recursive: true})
  write('docker-compose.yml', 'services: {api: {image: "api:1"}}\n')
  write('runbooks/x.md', RUNBOOK.replace('WORK', work))
  own(work, ANA, 0o755)
})
afterEach(() => {
  rmSync(root, {recursive: true, force: true})
})

/** A run of ana's that was killed in its mitigation: its lock is stale, its notice waits, its run can go on. */
async function killedRun(): Promise<string> {
  const run = faci(ana, ['runbook', 'x', '--yes'])
  const journals = (): readonly string[] =>
    existsSync(store())
      ? readdirSync(store(), {recursive: true, encoding: 'utf8'}).filter((name) => name.endsWith('journal.jsonl'))
      : []
  await eventually(() => {
    const [journal = 'none'] = journals()
    expect(existsSync(join(store(), journal)) ? readFileSync(join(store(), journal), 'utf8') : '').toMatch(/"cure"/)
  })
  run.kill('SIGKILL')
  await run
  return /[0-9A-HJKMNP-TV-Z]{26}/.exec(journals()[0] ?? '')?.[0] ?? ''
}

const notify = (account: Account, title: string): Promise<readonly [number | undefined, string]> =>
  said(account, 'notify', '--title', title, '--message', 'of the shop')
const warnings = async (account: Account): Promise<readonly string[]> => {
  const {stdout} = await faci(account, ['doctor', '--json'])
  return (JSON.parse(stdout) as {readonly warnings?: readonly string[]}).warnings ?? []
}

describe.runIf(canBeOthers)('a store with store.group', () => {
  it('is worked in by every account of the group, whatever their umask, and by nobody else', async () => {
    configured(`store: {group: '${String(TEAM)}'}\n`)
    const id = await killedRun()
    expect(await notify(ana, 'of ana')).toEqual([9, expect.stringContaining('of ana waits for slack')])
    expect(await said(ben, 'runbook', 'runs')).toEqual([
      0,
      expect.stringMatching(new RegExp(`${id} .*no end recorded`)),
    ])
    expect((await said(ben, 'status'))[1]).toMatch(/lock stale by 65001@.*\n.*1 undelivered/)
    const [, waiting] = await said(ben, 'notify', 'flush')
    expect(waiting).toMatch(/of ana waits for slack/)
    const [notice = ''] = /[0-9A-HJKMNP-TV-Z]{26}/.exec(waiting) ?? []
    expect(await said(ben, 'notify', 'drop', notice)).toEqual([0, expect.stringContaining(`${notice} dropped`)])
    write('cured', '')
    expect(await said(ben, 'runbook', 'resume', id, '--yes')).toEqual([3, expect.stringContaining('cure did not help')])
    expect((await said(ana, 'runbook', 'runs', id))[1]).toMatch(/65002 on \S+ went on with it/)
    expect((await notify(ben, 'of ben'))[0]).toBe(9)
    expect((await said(ana, 'notify', 'flush'))[1]).toMatch(/of ben waits for slack/)
    expect((await said(ana, 'runbook', 'x', '--yes'))[0]).toBe(3)
    expect(modes().filter((line) => NOT_SHARED.test(line))).toEqual([])
    expect(modes().join('\n')).toMatch(/ outbox\/dropped\/[^]* runs\/\w+\/journal\.jsonl$/m)
    expect(await said(mallory, 'runbook', 'runs')).toEqual([4, expect.stringContaining('EACCES')])
    expect(await notify(mallory, 'of mallory')).toEqual([4, expect.stringContaining('is not kept')])
    expect([await warnings(ana), await warnings(ben)]).toEqual([[], []])
  })

  it('and was of its owner alone is given to the group by the owner’s next change, all that is in it', async () => {
    configured('')
    await notify(ana, 'before')
    expect(modes().filter((line) => !/^(?:600|700) 65001 /.test(line))).toEqual([])
    configured(`store: {group: ${String(TEAM)}}\n`)
    expect(await warnings(ben)).toEqual([
      expect.stringMatching(/\.faci is not shared with the group 65100 yet.*uid 65001/),
    ])
    expect((await notify(ben, 'of ben'))[0]).toBe(4)
    await notify(ana, 'after')
    expect(modes().filter((line) => NOT_SHARED.test(line))).toEqual([])
    expect((await said(ben, 'notify', 'flush'))[1]).toMatch(/before waits for slack[^]*after waits for slack/)
  })

  it.each([
    ['no-such-group', /^there is no group no-such-group on this host/],
    [String(OTHER_TEAM), /^this account is not in the group 65101/],
  ])('%s, whom its owner cannot give it to, stops nothing, and doctor tells', async (group, told) => {
    configured(`store: {group: '${group}'}\n`)
    expect((await notify(ana, 'all the same'))[0]).toBe(9)
    expect(modes().filter((line) => !/^(?:600|700) 65001 /.test(line))).toEqual([])
    expect(await warnings(ana)).toEqual([expect.stringMatching(told)])
  })

  it('is obeyed by root and the group alone where one of them made it, and not where every account may write', async () => {
    configured(`store: {group: '${String(TEAM)}'}\n`)
    mkdirSync(store())
    const runs = (account: Account): Promise<readonly [number | undefined, string]> => said(account, 'runbook', 'runs')
    own(store(), BEN, 0o2770, TEAM)
    expect([(await runs(ana))[0], (await runs({uid: 0, groups: [0]}))[0]]).toEqual([0, 0])
    own(store(), BEN, 0o2777, TEAM)
    expect(await runs(ana)).toEqual([5, expect.stringContaining('may be written by every account')])
    own(store(), MALLORY, 0o2775, OTHER_TEAM)
    expect(await runs(ana)).toEqual([5, expect.stringContaining('belongs to another account (uid 65003)')])
    rmSync(store(), {recursive: true})
    own(join(root, 'home-65003'), MALLORY, 0o2775, TEAM)
    symlinkSync(join(root, 'home-65003'), store())
    lchownSync(store(), MALLORY, MALLORY)
    expect(await runs(ana)).toEqual([5, expect.stringContaining('belongs to another account (uid 65003)')])
  })
})

describe.runIf(canBeOthers)('a store in a folder', () => {
  it('that a group shares, with its set-group-ID, is the group’s without a word in faci.yml', async () => {
    configured('')
    own(work, ANA, 0o2775, TEAM)
    expect([(await notify(ana, 'of ana'))[0], (await notify(ben, 'of ben'))[0]]).toEqual([9, 9])
    expect(modes().filter((line) => NOT_SHARED.test(line))).toEqual([])
    expect((await said(ben, 'notify', 'flush'))[1]).toMatch(/of ana waits for slack[^]*of ben waits for slack/)
  })

  it.each([
    [0o775, 'that its group may write, without set-group-ID'],
    [0o2755, 'with set-group-ID that its group may not write'],
  ])('%o, %s, is its owner’s alone', async (mode) => {
    configured('')
    own(work, ANA, mode, TEAM)
    await notify(ana, 'of ana')
    expect(modes().filter((line) => !/^2?(?:600|700) \d+ /.test(line))).toEqual([])
  })
})
