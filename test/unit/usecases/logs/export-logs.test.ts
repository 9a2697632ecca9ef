import {mkdir, mkdtemp, readdir, readFile, rm, stat} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {SILENT_PROGRESS} from '../../../../src/adapters/progress/silent-progress.js'
import {atomicExports} from '../../../../src/adapters/system/atomic-export.js'
import {exportLogs} from '../../../../src/usecases/logs/export-logs.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeEngine} from '../../../support/fakes/engine.js'
import {fakeLogSource} from '../../../support/fakes/log-source.js'

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'faci-export-'))
})
afterEach(() => rm(directory, {recursive: true}))

const query = {project: 'faciliauto', services: [], filter: {}}

function deps(lines: readonly string[]) {
  return {
    engine: fakeEngine([aContainer({id: 'a'})]),
    logs: fakeLogSource({a: lines}),
    stackModel: aStackModel(['api']),
    files: atomicExports(),
    progress: SILENT_PROGRESS,
    mask: (text: string) => text.replaceAll('s3cret', '***'),
  }
}

describe('exportLogs', () => {
  it('writes what matches, masked, readable by its owner only, and leaves nothing else behind', async () => {
    const file = join(directory, 'api_logs.txt')
    const result = await exportLogs(deps(['one s3cret', 'two']), {query, file, format: ({raw}) => raw})
    expect(result).toMatchObject({verdict: 'ok', data: {matched: 2, file}})
    expect(await readFile(file, 'utf8')).toBe('one ***\ntwo\n')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readdir(directory)).toEqual(['api_logs.txt'])
  })

  it.each([
    ['a folder', () => directory, /cannot be written: it is a folder$/],
    ['in no folder', () => join(directory, 'none', 'x'), /cannot be written: ENOENT$/],
  ])('refuses %s as its place, and leaves nothing behind', async (_, place, message) => {
    const exporting = exportLogs(deps(['one']), {query, file: place(), format: ({raw}) => raw})
    await expect(exporting).rejects.toMatchObject({
      name: 'FaciError',
      code: 'usage',
      message: expect.stringMatching(message) as string,
    })
    expect(await readdir(directory)).toEqual([])
  })

  it('says so when the file cannot be put into its place at the end', async () => {
    const file = join(directory, 'taken')
    const {files, ...others} = deps(['one'])
    const late = {
      makeFolder: () => Promise.resolve(),
      open: async (path: string) => {
        const opened = await files.open(path)
        await mkdir(path)
        return opened
      },
    }
    const exporting = exportLogs({...others, files: late}, {query, file, format: ({raw}) => raw})
    await expect(exporting).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringMatching(/EISDIR$/) as string,
    })
    expect(await readdir(directory)).toEqual(['taken'])
  })

  it('leaves no file when it is interrupted', async () => {
    const exporting = exportLogs(
      deps(['one']),
      {query, file: join(directory, 'x'), format: ({raw}) => raw},
      AbortSignal.abort(),
    )
    await expect(exporting).rejects.toMatchObject({code: 'interrupted'})
    expect(await readdir(directory)).toEqual([])
  })

  it('says that the place cannot be written to', async () => {
    const exporting = exportLogs(deps(['one']), {query, file: join(directory, 'no', 'x'), format: ({raw}) => raw})
    await expect(exporting).rejects.toMatchObject({code: 'usage', message: expect.stringContaining('ENOENT') as string})
  })
})
