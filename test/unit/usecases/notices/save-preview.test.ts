import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {atomicExports} from '../../../../src/adapters/system/atomic-export.js'
import {savePreview} from '../../../../src/usecases/notices/save-preview.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faci-preview-'))
})
afterEach(() => rm(folder, {recursive: true, force: true}))

const CHANNEL = {channel: 'email', address: 'email ops@example.com'} as const

describe('saving a preview', () => {
  it('writes the page that would be sent', async () => {
    const previews = [
      {...CHANNEL, format: 'text', text: 'one'},
      {...CHANNEL, format: 'html', text: '<p>ação</p>'},
    ] as const
    await savePreview(atomicExports(), previews, join(folder, 'mail.html'))
    expect(await readFile(join(folder, 'mail.html'), 'utf8')).toBe('<p>ação</p>')
  })

  it('says so where no channel sends a page, and writes nothing', async () => {
    const saved = savePreview(atomicExports(), [{...CHANNEL, format: 'text', text: 'one'}], 'mail.html')
    await expect(saved).rejects.toThrow('no channel that this notice would go to sends HTML')
    expect(await readdir(folder)).toEqual([])
  })
})
