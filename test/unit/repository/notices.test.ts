import type {Metafile} from 'esbuild'
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {bundledPackages, noticeOf, noticesText} from '../../../bin/notices.mjs'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'faci-notices-'))
})

afterAll(() => rm(folder, {recursive: true}))

async function installed(name: string, json: object, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const place = join(folder, name)
  await mkdir(place)
  await writeFile(join(place, 'package.json'), JSON.stringify({name, version: '1.0.0', ...json}))
  for (const [file, text] of Object.entries(files)) await writeFile(join(place, file), text)
  return place
}

function metafile(inputs: Readonly<Record<string, number>>): Metafile {
  const entries = Object.entries(inputs).map(([path, bytesInOutput]) => [path, {bytesInOutput}] as const)
  const output = {bytes: 1, imports: [], exports: [], inputs: Object.fromEntries(entries)}
  return {inputs: {}, outputs: {'one.cjs': output}}
}

describe('the packages of a bundle', () => {
  it('are those of which something is in it', () => {
    const inputs = {
      'src/cli/frame/main.ts': 10,
      'node_modules/chalk/source/index.js': 10,
      'node_modules/left-out/index.js': 0,
      'node_modules/@slack/webhook/dist/index.js': 10,
      'node_modules/@slack/webhook/node_modules/axios/lib/axios.js': 10,
      'lean:./session#3': 10,
    }
    expect(bundledPackages(metafile(inputs))).toEqual([
      'node_modules/chalk',
      'node_modules/@slack/webhook',
      'node_modules/@slack/webhook/node_modules/axios',
    ])
  })
})

describe('the notice of a package', () => {
  it('has its licence, in all the texts that it brings', async () => {
    const place = await installed(
      'apache',
      {license: 'Apache-2.0'},
      {
        'LICENSE.txt': 'the terms\n',
        NOTICE: 'by us\n',
        'index.js': 'module.exports = 1',
      },
    )
    expect(await noticeOf(place)).toEqual({
      name: 'apache',
      version: '1.0.0',
      license: 'Apache-2.0',
      text: 'the terms\n\nby us',
    })
  })

  it('says whose it is where it brings no text, and reads the form of old packages', async () => {
    const place = await installed('old', {licenses: [{type: 'MIT'}], author: {name: 'Ada'}})
    expect(await noticeOf(place)).toMatchObject({
      license: 'MIT',
      text: expect.stringContaining('Copyright Ada') as string,
    })
  })

  it('is refused to the build where nobody says what may be done with it', async () => {
    const place = await installed('unknown', {})
    await expect(noticeOf(place)).rejects.toThrow('unknown is bundled, and its package.json names no licence')
  })

  it('stands once, however often it is bundled, in the order of names', () => {
    const notice = (name: string, version: string) => ({name, version, license: 'MIT', text: 'terms'})
    const text = noticesText([notice('b', '1.0.0'), notice('a', '2.0.0'), notice('b', '1.0.0'), notice('a', '1.0.0')])
    expect(text.match(/^[ab] .*$/gm)).toEqual(['a 1.0.0', 'a 2.0.0', 'b 1.0.0'])
  })
})
