// `faci prune` as it is typed, on stores of real files: killed, twice at once, on a full disk, among other people's files.
import {spawn, spawnSync} from 'node:child_process'
import {chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import type {PruneDocument} from '../../src/render/json/documents.js'
import {runHosted} from '../support/hosted-faci.js'
import {onlyAsRoot, onlyWithMounts} from '../support/only-as-root.js'
import {keeperOf, runsIn, writeIncident, writeNewestRuns, writeNotice, writeRun} from '../support/old-store.js'

const FACI = join(repositoryRoot, 'bin', 'run.js')
const STRANGER = 65_011

let here: string
let store: string
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'faci-prune-'))
  store = join(here, '.faci')
  writeFileSync(join(here, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml, project: shop}\n')
})
afterEach(() => {
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]) => runHosted(argv, here)

async function documentOf(...argv: readonly string[]): Promise<PruneDocument & {readonly exitCode: number | null}> {
  const {stdout, exitCode} = await faci('prune', ...argv, '--json')
  return {...(JSON.parse(stdout) as PruneDocument), exitCode}
}

async function fill(old: number): Promise<void> {
  for (let nth = 0; nth < old; nth += 1) await writeRun(store, 200, {evidence: ['api.log']}, nth)
  await writeNewestRuns(store)
}

describe('faci prune', () => {
  it('shows, removes and reads back; by cron it is silent when nothing is to be done', async () => {
    await fill(3)
    writeNotice(store, 120, 'delivered')
    const dry = await faci('prune', '--dry-run')
    expect(dry.stdout).toMatch(
      /GOES[^]*evidence of runs +3[^]*runs +3[^]*STAYS[^]*runs +29 .*newest[^]*runs +1 .*runbook/,
    )
    expect(runsIn(store)).toHaveLength(33)
    const before = runsIn(store)
    const done = await faci('prune', '--yes')
    expect(done).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^✔ removed, and read back: .*runs \(3\)/) as string,
    })
    expect(runsIn(store)).toHaveLength(30)
    const [gone = ''] = before.filter((id) => !runsIn(store).includes(id))
    expect(await faci('runs', gone)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(
        new RegExp(
          `run ${gone} was removed by faci prune at 20\\d\\d-.* UTC \\(by .+@.+\\): its record is gone\\n +→ faci runs\\n`,
        ),
      ) as string,
    })
    for (const asked of [
      ['runbook', 'runs', gone],
      ['runbook', 'runs', gone, '--output', 'md'],
      ['runbook', 'resume', gone],
    ])
      expect((await faci(...asked)).stderr, asked.join(' ')).toContain(`run ${gone} was removed by faci prune at 20`)
    expect((await faci('runs', '01ZZ')).stderr).toContain('there is no run 01ZZ')
    expect(await faci('prune', '--yes')).toMatchObject({exitCode: 0, stdout: '', stderr: ''})
    expect((await faci('prune', '--dry-run')).stdout).toContain('Nothing goes.')
    expect((await faci('runbook', 'runs', '--limit', 'all')).exitCode).toBe(0)
  })

  it('refuses without a terminal and without --yes, with what would be accepted', async () => {
    await fill(1)
    const {stdout, exitCode} = await faci('prune', '--older-than', '30d')
    expect([exitCode, stdout]).toEqual([5, expect.stringContaining('faci prune --older-than 30d --yes')])
    expect(runsIn(store)).toHaveLength(31)
  })

  it.each([
    [['--older-than', '1h'], 2, /shorter than 1d/],
    [['--older-than', 'soon'], 2, /not a duration/],
    [['--kind', 'locks'], 2, /kind/],
    [['--kind', 'incidents'], 2, /faci prune --kind incidents --older-than 730d --dry-run/],
  ] as const)('says what is wrong with %j', async (argv, code, said) => {
    const {stdout, stderr, exitCode} = await faci('prune', ...argv)
    expect([exitCode, stdout]).toEqual([code, ''])
    expect(stderr).toMatch(said)
  })

  it('goes by faci.yml, which it checks', async () => {
    await fill(2)
    const config = (retention: string): void => {
      writeFileSync(
        join(here, 'faci.yml'),
        `service: shop\ncompose: {file: docker-compose.yml}\nstore: {retention: ${retention}}\n`,
      )
    }
    config('{runs: never, evidence: never}')
    expect((await documentOf('--yes')).data.removed).toEqual([])
    config('{runs: 1h}')
    expect(await faci('prune', '--dry-run')).toMatchObject({
      exitCode: 6,
      stderr: expect.stringMatching(/faci\.yml:3:\d+: .*shorter than 1d/) as string,
    })
    config('{runs: 300d, evidence: 30d}')
    expect((await documentOf('--yes')).data.removed).toMatchObject([{kind: 'evidence', count: 2}])
    expect(runsIn(store)).toHaveLength(32)
  })

  it('says of a pruned incident when that was, and gives nobody its number', async () => {
    const {handle} = await writeIncident(store, 800)
    await writeIncident(store, 799)
    expect((await documentOf('--kind', 'incidents', '--older-than', '799.5d', '--yes')).data.removed).toMatchObject([
      {names: [handle]},
    ])
    const shown = await faci('incident', 'show', handle)
    expect(shown).toMatchObject({exitCode: 2, stderr: expect.stringMatching(/INC-1 was pruned at \d{4}-/) as string})
    expect((await faci('incident', 'list', '--all')).stdout).not.toContain('INC-1 ')
    expect((await faci('incident', 'open', '--title', 'x', '--quiet')).stdout).toContain('INC-3')
  })
})

describe('a prune that is killed', () => {
  it('leaves a store that is readable at any moment, and the next one finishes', async () => {
    await fill(150)
    const before = runsIn(store)
    for (const wait of [250, 300, 350, 400, 450, 500]) {
      const child = spawn(process.execPath, [FACI, 'prune', '--yes'], {cwd: here, stdio: 'ignore'})
      await new Promise((resolve) => setTimeout(resolve, wait))
      child.kill('SIGKILL')
      await new Promise((resolve) =>
        child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(null),
      )
      const {exitCode, stderr} = await faci('runbook', 'runs', '--limit', 'all')
      expect([exitCode, stderr]).toEqual([0, ''])
      const left = new Set(runsIn(store))
      const gone = before.find((id) => !left.has(id))
      if (gone !== undefined) expect((await faci('runs', gone)).stderr).toMatch(/was removed by faci prune /)
    }
    expect((await faci('prune', '--yes')).exitCode).toBe(0)
    expect(runsIn(store)).toHaveLength(30)
  })
})

describe('two prunes at once', () => {
  it('one works, and the other says who does', async () => {
    await fill(1)
    const right = await keeperOf(store).claim()
    const {exitCode, stderr} = await faci('prune', '--yes')
    expect([exitCode, stderr]).toEqual([5, expect.stringMatching(/ana on .* \(pid \d+\) prunes this store since /)])
    expect(runsIn(store)).toHaveLength(31)
    await right.release()
    expect((await faci('prune', '--yes')).exitCode).toBe(0)
  })
})

const isRoot = onlyAsRoot('prunes among files of others were')
const canMount = onlyWithMounts('prunes on a full disk and a read-only one were')

/** In a namespace of mounts of its own. */
function mounted(script: string): {readonly stdout: string; readonly stderr: string} {
  const run = spawnSync('unshare', ['-m', 'sh', '-c', script], {
    cwd: here,
    encoding: 'utf8',
    env: {...process.env, FACI: `${process.execPath} ${FACI}`, NO_COLOR: '1'},
  })
  return {stdout: run.stdout, stderr: run.stderr}
}

describe.runIf(canMount)('a disk', () => {
  it('that is full is made room on, and it is said that nothing was noted', async () => {
    await fill(2)
    const {stdout, stderr} = mounted(
      'mkdir full && mount -t tmpfs -o size=600k tmpfs full && cp -a .faci/. full && mv .faci kept && ln -s full .faci && ' +
        'cat /dev/zero > full/tmp-filling 2>/dev/null; cd full && rm -rf ../.faci && mv ../faci.yml ../faci.old; cd .. && ' +
        "sed 's|shop}|shop}\\nstore: {path: full}|' faci.old > faci.yml; $FACI prune --yes; echo exit $?; ls full/runs | wc -l",
    )
    expect(stderr).toContain('the disk is too full to note that this store is being pruned')
    expect(stdout).toMatch(/removed, and read back: [^]*exit 0\n30\n/)
  })

  it('that is read-only is told apart, and a dry run looks all the same', async () => {
    await fill(1)
    const {stdout, stderr} = mounted(
      'mount --bind .faci .faci && mount -o remount,ro,bind .faci; $FACI prune --dry-run >/dev/null; echo exit $?; $FACI prune --yes; echo exit $?',
    )
    expect(stdout).toBe('exit 0\nexit 4\n')
    expect(stderr).toMatch(/EROFS/)
    expect(runsIn(store)).toHaveLength(31)
  })
})

describe.runIf(isRoot)('files of another account', () => {
  it('are counted as not to be removed, exit 3, and the rest goes on', async () => {
    await fill(2)
    const [mine = '', theirs = ''] = runsIn(store)
    const give = (path: string): void => {
      chownSync(path, STRANGER, STRANGER)
      for (const name of readdirSync(path, {withFileTypes: true}))
        if (name.isDirectory() && name.name !== theirs) give(join(path, name.name))
        else if (name.isFile()) chownSync(join(path, name.name), STRANGER, STRANGER)
    }
    give(here)
    chmodSync(join(store, 'runs', theirs), 0o755)
    // Whoever cannot read it cannot say that it ended.
    for (const name of readdirSync(join(store, 'runs', theirs))) chmodSync(join(store, 'runs', theirs, name), 0o644)
    const home = mkdtempSync(join(tmpdir(), 'faci-home-'))
    chownSync(home, STRANGER, STRANGER)
    const as = ['--reuid', String(STRANGER), '--regid', String(STRANGER), '--clear-groups']
    const env = {PATH: process.env['PATH'], HOME: home, NO_COLOR: '1'}
    const run = spawnSync('setpriv', [...as, process.execPath, FACI, 'prune', '--yes'], {
      cwd: here,
      encoding: 'utf8',
      env,
    })
    rmSync(home, {recursive: true, force: true})
    expect([run.status, run.stdout]).toEqual([3, expect.stringMatching(/▲ cannot be removed: .*uid 0/)])
    expect(existsSync(join(store, 'runs', mine))).toBe(false)
    expect(readFileSync(join(store, 'runs', theirs, 'journal.jsonl'), 'utf8')).toContain('run.finished')
  })
})
