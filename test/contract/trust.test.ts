import {spawnSync} from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
const [ANA, MALLORY, TEAM] = [65_001, 65_002, 65_100]

/** Only root can be somebody else, and others must be able to enter this checkout. */
const canBeOthers =
  process.getuid?.() === 0 && spawnSync(process.execPath, [FACI, '--version'], {uid: ANA, gid: ANA}).status === 0
if (!canBeOthers)
  process.stderr.write('files of other accounts were not tried: that needs root, in a checkout that all can read\n')

let root: string
let work: string

interface Caller {
  readonly uid?: number
  readonly gid?: number
  readonly env?: NodeJS.ProcessEnv
  readonly from?: string
}

function faci(argv: readonly string[], {uid = ANA, gid = uid, env = {}, from = work}: Caller = {}) {
  const {stdout, stderr, status} = spawnSync(process.execPath, [FACI, ...argv], {
    cwd: from,
    uid,
    gid,
    env: {
      PATH: process.env['PATH'],
      NO_COLOR: '1',
      HOME: join(root, 'home'),
      FACI_LOCK_DIRECTORY: join(root, 'locks'),
      ...env,
    },
    encoding: 'utf8',
    timeout: 120_000,
  })
  return {stdout, stderr, status}
}

const list = (caller: Caller = {}): number | null => faci(['runbook', 'list'], caller).status

function give(path: string, uid: number, mode: number, gid = uid): void {
  chownSync(path, uid, gid)
  chmodSync(path, mode)
}

function folder(path: string, uid: number, mode = 0o755, gid = uid): string {
  mkdirSync(path, {recursive: true})
  give(path, uid, mode, gid)
  return path
}

function file(path: string, text: string, uid: number, mode = 0o644, gid = uid): string {
  writeFileSync(path, text)
  give(path, uid, mode, gid)
  return path
}

const CONFIG = 'service: shop\ncompose: {file: docker-compose.yml}\n'
const RUNBOOK = '---\ntitle: X\nseverity: warning\nalerts: [X]\n---\n# X\n\n## Look\n\n```sh {diagnose}\necho hi\n```\n'

/** A checkout: everything in it is `uid`'s. */
function checkout(path: string, uid: number): string {
  folder(path, uid)
  file(join(path, 'faci.yml'), CONFIG, uid)
  file(join(path, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n', uid)
  folder(join(path, 'runbooks'), uid)
  file(join(path, 'runbooks', 'x.md'), RUNBOOK, uid)
  return path
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'faci-trust-'))
  chmodSync(root, 0o755)
  if (canBeOthers) folder(join(root, 'home'), ANA, 0o700)
  work = join(root, 'work')
})
afterEach(() => {
  rmSync(root, {recursive: true, force: true})
})

describe.runIf(canBeOthers)('a faci.yml that was found', () => {
  it('in a folder above and of another account is refused, with the command that trusts it', () => {
    checkout(work, MALLORY)
    const from = folder(join(work, 'ana'), ANA)
    const refused = faci(['runbook', 'list'], {from})
    expect(refused).toEqual({
      stdout: '',
      stderr: `✖ ${work}/faci.yml belongs to another account (uid ${String(MALLORY)}), and would be obeyed as yours\n  look at it first: trust its folder only if you trust everyone who may write there\n  → faci trust ${work}\n`,
      status: 5,
    })
    expect(JSON.parse(faci(['runbook', 'list', '--json'], {from}).stdout)).toMatchObject({error: {code: 'refused'}})
    expect(faci(['trust', work], {from})).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is now trusted') as string,
    })
    expect(faci(['trust', work], {from})).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('is already trusted') as string,
    })
    const trusted = join(root, 'home', '.config', 'faci', 'trusted')
    expect([readFileSync(trusted, 'utf8'), statSync(trusted).mode & 0o777]).toEqual([`${work}\n`, 0o600])
    expect(list({from})).toBe(0)
    chmodSync(trusted, 0o666)
    expect([list({from}), faci(['trust', root], {from}).status]).toEqual([5, 5])
  })

  it('is refused to root in another’s checkout, and obeyed by sudo of that account, or where it is named', () => {
    checkout(work, ANA)
    const asRoot = (env: NodeJS.ProcessEnv = {}): number | null => list({uid: 0, env})
    expect([asRoot(), asRoot({SUDO_UID: String(ANA)}), asRoot({SUDO_UID: String(MALLORY)})]).toEqual([5, 0, 5])
    expect([asRoot({FACI_TRUST: `/elsewhere:${work}`}), asRoot({FACI_TRUST: `${work}x:work`})]).toEqual([0, 5])
    expect([asRoot({FACI_CONFIG: join(work, 'faci.yml')})]).toEqual([0])
    expect(faci(['runbook', 'list', '--config', 'faci.yml'], {uid: 0}).status).toBe(0)
    // What only names an account is nobody's word but root's.
    expect(list({uid: MALLORY, env: {SUDO_UID: String(ANA)}})).toBe(5)
  })

  it('is root’s, or root’s in the folder of this account: obeyed', () => {
    checkout(work, 0)
    expect([list(), list({uid: 0})]).toEqual([0, 0])
  })

  it('in the checkout of a team is obeyed by its members, if file and folder say so', () => {
    checkout(work, MALLORY)
    const shared = [work, join(work, 'runbooks')]
    const files = [join(work, 'faci.yml'), join(work, 'docker-compose.yml'), join(work, 'runbooks', 'x.md')]
    for (const path of shared) give(path, MALLORY, 0o2775, TEAM)
    for (const path of files) give(path, MALLORY, 0o664, TEAM)
    expect([list({gid: TEAM}), list()]).toEqual([0, 5])
    expect(faci(['runbook', 'show', 'x'], {gid: TEAM}).status).toBe(0)
    chmodSync(files[0] ?? '', 0o644)
    expect(list({gid: TEAM})).toBe(5)
    chmodSync(files[0] ?? '', 0o664)
    chmodSync(work, 0o2755)
    expect(list({gid: TEAM})).toBe(5)
  })

  it('in a folder like /tmp is obeyed if it is one’s own, and no link of another’s', () => {
    checkout(work, ANA)
    give(work, 0, 0o1777)
    expect([list(), list({uid: MALLORY})]).toEqual([0, 5])
    const other = folder(join(root, 'other'), MALLORY)
    symlinkSync(join(work, 'faci.yml'), join(other, 'faci.yml'))
    spawnSync('chown', ['-h', String(MALLORY), join(other, 'faci.yml')])
    const linked = faci(['runbook', 'list'], {from: other})
    expect([linked.status, linked.stderr]).toEqual([5, expect.stringContaining(`uid ${String(MALLORY)}`)])
  })

  it('that every account may write is obeyed by nobody, trusted folder or not', () => {
    checkout(work, ANA)
    chmodSync(join(work, 'faci.yml'), 0o666)
    const refused = faci(['runbook', 'list'], {env: {FACI_TRUST: work}})
    expect([refused.status, refused.stderr]).toEqual([5, expect.stringContaining(`→ chmod o-w ${work}/faci.yml`)])
  })

  it('is looked for up to HOME, and not above', () => {
    checkout(root, ANA)
    const from = folder(join(root, 'home', 'deep'), ANA)
    expect(faci(['runbook', 'list'], {from})).toMatchObject({
      status: 6,
      stderr: expect.stringContaining('no faci.yml') as string,
    })
    file(join(root, 'home', 'faci.yml'), CONFIG, ANA)
    expect(list({from})).toBe(0)
  })
})

describe.runIf(canBeOthers)('what another account laid beside an own faci.yml', () => {
  beforeEach(() => {
    checkout(work, ANA)
    give(work, 0, 0o1777)
  })

  it('as .env or Compose file is refused, also to who names faci.yml, if all may write it', () => {
    const env = file(join(work, '.env'), 'X=1\n', MALLORY)
    expect(faci(['runbook', 'list']).stderr).toContain(`${env} belongs to another account`)
    expect(faci(['runbook', 'list', '--config', 'faci.yml']).status).toBe(0)
    chmodSync(env, 0o666)
    expect(faci(['runbook', 'list', '--config', 'faci.yml'])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('chmod o-w') as string,
    })
    rmSync(env)
    give(join(work, 'docker-compose.yml'), MALLORY, 0o644)
    expect(faci(['logs']).stderr).toContain('docker-compose.yml belongs to another account')
  })

  it('as a runbook is neither run, shown, nor chosen for an alert', () => {
    file(join(work, 'runbooks', 'y.md'), RUNBOOK.replaceAll('X', 'Y'), MALLORY)
    expect(faci(['runbook', 'show', 'y'])).toMatchObject({status: 5, stdout: ''})
    expect(faci(['runbook', 'y', '--dry-run'])).toMatchObject({status: 5, stdout: ''})
    expect(faci(['runbook', 'show', 'x']).status).toBe(0)
    const {runbooks} = (
      JSON.parse(faci(['runbook', 'list', '--json']).stdout) as {data: {runbooks: {name: string; alerts: string[]}[]}}
    ).data
    expect(runbooks.flatMap(({alerts}) => alerts)).toEqual(['X'])
  })

  it('as a file of `uses` is neither run, nor looked at', () => {
    file(join(work, 'runbooks', 'y.md'), RUNBOOK.replace('---\n', '---\nuses: [fix.sh]\n').replaceAll('X', 'Y'), ANA)
    file(join(work, 'fix.sh'), 'true\n', MALLORY)
    for (const argv of [
      ['runbook', 'y', '--dry-run'],
      ['runbook', 'y', '--diagnose'],
      ['runbook', 'lint', 'y'],
    ]) {
      const refused = faci(argv)
      expect([refused.status, refused.stderr]).toEqual([
        5,
        expect.stringContaining(`${join(work, 'fix.sh')} belongs to another account (uid ${String(MALLORY)})`),
      ])
    }
    give(join(work, 'fix.sh'), ANA, 0o644)
    expect(faci(['runbook', 'lint', 'y']).stderr).not.toContain('belongs to')
  })

  it('as .faci is not read', () => {
    folder(join(work, '.faci', 'runs'), MALLORY)
    give(join(work, '.faci'), MALLORY, 0o755)
    expect(faci(['runbook', 'runs'])).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('.faci belongs to another account') as string,
    })
    rmSync(join(work, '.faci'), {recursive: true})
    folder(join(work, '.faci'), ANA, 0o777)
    expect(faci(['runbook', 'runs'])).toMatchObject({status: 5, stderr: expect.stringContaining('chmod o-w') as string})
  })
})

describe('the store', () => {
  it('is this account’s alone, and git leaves it out', () => {
    const here = join(root, 'own')
    mkdirSync(here)
    writeFileSync(join(here, 'faci.yml'), CONFIG)
    const own = {cwd: here, encoding: 'utf8', env: {...process.env, NO_COLOR: '1'}} as const
    const {status} = spawnSync(process.execPath, [FACI, 'notify', '--title', 'x'], own)
    const store = join(here, '.faci')
    expect([status, statSync(store).mode & 0o777]).toEqual([0, 0o700])
    expect(readFileSync(join(store, '.gitignore'), 'utf8')).toBe('*\n')
    expect(existsSync(join(dirname(store), '.gitignore'))).toBe(false)
  })
})
