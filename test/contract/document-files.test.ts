import {chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {documentFiles} from '../../src/adapters/system/document-files.js'
import type {DocumentFiles} from '../../src/ports/document-files.js'
import {fakeDocumentFiles} from '../support/fakes/document-files.js'

let here: string
beforeEach(() => {
  here = mkdtempSync(join(tmpdir(), 'faci-documents-'))
})
afterEach(() => {
  rmSync(here, {recursive: true, force: true})
})

const ADAPTERS: readonly (readonly [string, () => DocumentFiles])[] = [
  ['in memory', fakeDocumentFiles],
  ['on disk', () => documentFiles],
]

describe.each(ADAPTERS)('documents %s', (_, create) => {
  it('are not there, made with their folder, read and replaced', async () => {
    const files = create()
    const path = join(here, 'new', 'INC-1-x.md')
    expect(await files.read(path)).toBeNull()
    await files.write(path, 'one\r\n', null)
    expect(await files.read(path)).toBe('one\r\n')
    await files.write(path, 'two', 'one\r\n')
    expect(await files.read(path)).toBe('two')
  })

  it('are found by how their names begin and end', async () => {
    const files = create()
    expect(await files.find(here, 'INC-1-', '.md')).toEqual([])
    for (const name of ['INC-1-b.md', 'INC-1-a.md', 'INC-10-a.md', 'INC-1-a.html'])
      await files.write(join(here, name), '', null)
    expect(await files.find(here, 'INC-1-', '.md')).toEqual([join(here, 'INC-1-a.md'), join(here, 'INC-1-b.md')])
    expect(await files.find(join(here, 'none'), 'INC-1-', '.md')).toEqual([])
  })

  it('are not written over what somebody wrote meanwhile', async () => {
    const files = create()
    const path = join(here, 'x.md')
    await files.write(path, 'theirs', null)
    for (const before of [null, 'mine'])
      await expect(files.write(path, 'new', before)).rejects.toMatchObject({code: 'refused'})
    expect(await files.read(path)).toBe('theirs')
  })
})

describe('documents on disk', () => {
  it('keep their permissions, and a link stays one', async () => {
    const path = join(here, 'x.md')
    writeFileSync(path, 'one')
    chmodSync(path, 0o664)
    symlinkSync(path, join(here, 'link.md'))
    await documentFiles.write(join(here, 'link.md'), 'two', 'one')
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o664])
  })

  it('are no folders', async () => {
    mkdirSync(join(here, 'x.md'))
    await expect(documentFiles.read(join(here, 'x.md'))).rejects.toMatchObject({
      ...{code: 'usage', message: expect.stringContaining('it is a folder') as string},
    })
    writeFileSync(join(here, 'file'), '')
    await expect(documentFiles.write(join(here, 'file', 'x.md'), '', null)).rejects.toMatchObject({
      code: 'unreachable',
    })
  })
})
