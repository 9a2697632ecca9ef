import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {beforeEach, describe, expect, it, onTestFinished} from 'vitest'
import {findComposeTool} from '../../../../src/adapters/compose/compose-tool.js'
import {parseCache} from '../../../../src/config/parse-cache.js'

let folder: string
let environment: {readonly PATH: string; readonly XDG_CACHE_HOME: string}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faci-tool-'))
  environment = {PATH: folder, XDG_CACHE_HOME: join(folder, 'cache')}
  onTestFinished(() => {
    rmSync(folder, {recursive: true, force: true})
  })
})

/** A docker-compose that notes each time it is started. */
function install(prints: string): void {
  const script = `#!/bin/sh\necho "$*" >> ${folder}/asked\n${prints}\n`
  writeFileSync(join(folder, 'docker-compose'), script, {mode: 0o755})
}

function timesAsked(): number {
  const file = join(folder, 'asked')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0
}

const find = () => findComposeTool(environment, parseCache(environment))

describe('the version of docker-compose', () => {
  it('is asked for once while the program is the same file', async () => {
    install('echo 1.29.2')
    const tool = {command: 'docker-compose', version: '1.29.2'}
    expect([await find(), await find(), timesAsked()]).toEqual([tool, tool, 1])
    install('echo docker-compose version 1.30.0')
    expect([(await find()).version, timesAsked()]).toEqual(['1.30.0', 2])
  })

  it('is asked for again every time when nothing can be remembered', async () => {
    install('echo 1.29.2')
    for (const count of [1, 2]) {
      await findComposeTool(environment, null)
      expect(timesAsked()).toBe(count)
    }
  })

  it('is not remembered of one that does not run, and one that is too old stays refused', async () => {
    install('exit 1')
    await expect(find()).rejects.toMatchObject({code: 'toolMissing'})
    install('echo 1.21.0')
    const refused = {message: expect.stringContaining('1.21.0 is too old') as string}
    await expect(find()).rejects.toMatchObject(refused)
    await expect(find()).rejects.toMatchObject(refused)
    expect(timesAsked()).toBe(2)
  })
})
