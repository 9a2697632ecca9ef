// Nothing can be made under /proc although it is there: a folder made with `recursive` was tried for ever, and TERM was not heard.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runInShell} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

const here = mkdtempSync(join(tmpdir(), 'faci-unusable-store-'))

beforeAll(() => {
  mkdirSync(join(here, 'runbooks'))
  writeFileSync(join(here, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml}\nstore: {path: /proc/x}\n')
  writeFileSync(join(here, 'runbooks', 'x.md'), '# X\n## Look\n```sh {diagnose id=look}\ntrue\n```\n')
})
afterAll(() => {
  rmSync(here, {recursive: true})
})

describe('a store where nothing can be made', () => {
  it('ends a run before anything is done, with the path and what to type', async () => {
    const {stdout, stderr, exitCode} = await runHosted(['runbook', 'x', '--yes'], here)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 4})
    expect(stderr).toMatch(/^✖ Can't use the store at \/proc\/x\/runs\/\w+: ENOENT[^]*→ ls -ld \/proc\/x\/runs\n$/)
  })

  it('is not stuck in: TERM at any moment ends it', async () => {
    const at = '$FACI runbook x --yes >/dev/null 2>&1 & sleep "$moment"; kill -TERM $!; wait $!; echo "$?"'
    const {stdout} = await runInShell(`for moment in 0.02 0.1 0.2 0.3 0.5; do ${at}; done`, here)
    // 4: it had ended by itself; 143: before it could hear the signal.
    expect(stdout).toMatch(/^(?:(?:4|130|143)\n){5}$/)
  })

  it('holds up no notice, and hides nothing', async () => {
    const sent = await runHosted(['notify', '--title', 'Hi'], here)
    expect(sent.stdout).toContain("no record was kept: Can't use the store at /proc/x/outbox")
    for (const argv of [
      ['notify', 'flush'],
      ['runbook', 'runs'],
    ])
      expect((await runHosted(argv, here)).exitCode, argv.join(' ')).toBe(0)
  })
})
