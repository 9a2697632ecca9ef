import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, expect, it} from 'vitest'
import {readHeaders} from '../../../src/config/secrets.js'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-secrets-'))
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

function header(text: string): string | undefined {
  const name = join(directory, 'token')
  writeFileSync(name, text)
  return readHeaders({Authorization: {from: 'file', name}}, {})['Authorization']
}

it('a header takes the one line of a file, with or without its end', () => {
  expect([header('Bearer x'), header('Bearer x\n'), header('Bearer x\r\n')]).toEqual(Array(3).fill('Bearer x'))
})

it.each(['-----BEGIN KEY-----\nsecret\n', 'a\r\nX-Other: b', 'a\rb'])(
  'a header takes no file of several lines, and shows none',
  (text) => {
    expect(() => header(text)).toThrow(/^header Authorization takes one line, and file:.*token has several$/)
  },
)
