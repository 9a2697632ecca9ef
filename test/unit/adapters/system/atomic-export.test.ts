import {lstat, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {atomicExports} from '../../../../src/adapters/system/atomic-export.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faci-export-'))
})
afterEach(() => rm(folder, {recursive: true, force: true}))

describe('an export', () => {
  it('is there as a whole or not at all, for its owner alone', async () => {
    const path = join(folder, 'api.log')
    const file = await atomicExports().open(path)
    await file.write('one\n')
    await expect(stat(path)).rejects.toMatchObject({code: 'ENOENT'})
    await file.commit()
    expect([await readFile(path, 'utf8'), (await stat(path)).mode & 0o777]).toEqual(['one\n', 0o600])
    const other = await atomicExports().open(path)
    await other.write('two\n')
    await other.discard()
    expect([await readFile(path, 'utf8'), await readdir(folder)]).toEqual(['one\n', ['api.log']])
  })

  it('writes nothing through a link, and its draft has no name that could be foretold', async () => {
    const victim = join(folder, 'victim')
    const path = join(folder, 'api.log')
    await writeFile(victim, 'precious')
    await symlink(victim, path)
    const exports = atomicExports()
    const files = await Promise.all([exports.open(path), exports.open(path)])
    const drafts = (await readdir(folder)).filter((name) => name.endsWith('.draft'))
    expect(new Set(drafts).size).toBe(2)
    expect(drafts.some((name) => name.includes(String(process.pid)))).toBe(false)
    await Promise.all(files.map((file) => file.write('log\n')))
    for (const file of files) await file.commit()
    expect(await readFile(victim, 'utf8')).toBe('precious')
    expect((await lstat(path)).isSymbolicLink()).toBe(false)
  })
})
