import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs'
import {createServer} from 'node:net'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {readPlainText, whyUnreadable} from '../../../src/files/plain-file.js'

const directory = mkdtempSync(join(tmpdir(), 'faci-plain-'))
afterAll(() => {
  rmSync(directory, {recursive: true})
})

function refusal(path: string): string {
  try {
    return `read: ${readPlainText(path)}`
  } catch (error) {
    return whyUnreadable(error)
  }
}

describe('readPlainText', () => {
  it('reads a regular file, also one of /proc, which has no size', () => {
    const file = join(directory, 'file')
    writeFileSync(file, 'São\n')
    expect(readPlainText(file)).toBe('São\n')
    expect(readPlainText('/proc/self/stat')).toMatch(/^\d+ \(/)
  })

  it('says what stands in the place of one, and waits for none of it', async () => {
    const [pipe, socket, large] = ['pipe', 'socket', 'large'].map((name) => join(directory, name)) as [
      string,
      string,
      string,
    ]
    execFileSync('mkfifo', [pipe])
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(socket, resolve))
    writeFileSync(large, '')
    truncateSync(large, 16 * 1024 * 1024 + 1)
    expect([pipe, socket, '/dev/zero', directory, large, join(directory, 'none')].map(refusal)).toEqual([
      'it is a named pipe',
      'it is not a regular file',
      'it is not a regular file',
      'it is a folder',
      'it is larger than 16 MiB',
      'ENOENT',
    ])
    await new Promise((resolve) => server.close(resolve))
  })

  it('reads nothing that its caller does not trust', () => {
    const file = join(directory, 'foreign')
    writeFileSync(file, 'x', {mode: 0o666})
    const check = (): never => {
      throw new Error('others may have written it')
    }
    expect(() => readPlainText(file, check)).toThrow('others may have written it')
  })
})
