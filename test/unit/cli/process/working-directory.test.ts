import {mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {workingDirectory} from '../../../../src/cli/process/working-directory.js'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'faci-cwd-')))
const before = process.cwd()
afterAll(() => {
  process.chdir(before)
  rmSync(folder, {recursive: true, force: true})
})

describe('workingDirectory', () => {
  it('has the name that the shell shows while that is the folder, as of a link to a release', () => {
    const [release, current] = [join(folder, 'release-42'), join(folder, 'current')]
    mkdirSync(release)
    symlinkSync(release, current)
    process.chdir(release)
    expect([current, release, folder, '/nowhere', 'current', undefined].map((PWD) => workingDirectory({PWD}))).toEqual([
      current,
      ...Array<string>(5).fill(release),
    ])
  })
})
