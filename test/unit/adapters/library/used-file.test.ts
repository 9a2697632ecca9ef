import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {readUsedFile} from '../../../../src/adapters/library/used-file.js'
import {FaciError} from '../../../../src/domain/errors.js'

const EVERYBODY = {check: () => undefined}

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'faci-used-'))))
afterAll(() => {
  rmSync(folder, {recursive: true})
})

function read(bytes: Buffer | string): readonly [string | null, string] {
  const path = join(folder, 'fix')
  writeFileSync(path, bytes)
  const {text, begins} = readUsedFile(path, EVERYBODY)
  return [text, begins]
}

describe('what a file of `uses` is', () => {
  it.each([
    ['\u007FELF\necho HIDDEN RAN\n', '\u007FELF\necho HIDDEN RAN\n', 'other'],
    ['\uFEFF#!/bin/sh\n', '\uFEFF#!/bin/sh\n', 'other'],
    ['#!/bin/sh\nação\n', '#!/bin/sh\nação\n', 'script'],
    ['', '', 'other'],
    ['#!/bin/sh\n\0', null, 'script'],
    [Buffer.from('ação', 'latin1'), null, 'other'],
    [Buffer.from('7f454c4602010100', 'hex'), null, 'program'],
    [Buffer.from('7f454c460a', 'hex'), '\u007FELF\n', 'other'],
    [Buffer.from('cffaedfe0c000001', 'hex'), null, 'program'],
    [Buffer.from('cafebabe00000002', 'hex'), null, 'program'],
    [`${'a'.repeat(8192)}\0`, `${'a'.repeat(8192)}\0`, 'other'],
  ])('%j', (bytes, text, begins) => {
    expect(read(bytes)).toEqual([text, begins])
  })

  it('asks whose it is before it is read', () => {
    const path = join(folder, 'theirs')
    writeFileSync(path, 'true\n')
    const refusal = new FaciError('refused', 'a stranger')
    const check = (): never => {
      throw refusal
    }
    expect(() => readUsedFile(path, {check})).toThrow(refusal)
  })
})
