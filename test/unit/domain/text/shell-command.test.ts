import {spawnSync} from 'node:child_process'
import fc from 'fast-check'
import {describe, expect, it} from 'vitest'

import {command, shellCommand} from '../../../../src/domain/text/shell-command.js'

const HOSTILE = fc.string({
  unit: fc.constantFrom(...Array.from('\'"\\$`;&|<>(){}[]*?!#~ \n\t\r\u0001\u007F\u001B\u009B\u202E\u{E0041}éa1=-')),
  maxLength: 12,
})

describe('a command to be pasted', () => {
  it('gives the shell the words that were put in, and shows all of them', () => {
    const samples = fc.sample(fc.array(HOSTILE, {minLength: 1, maxLength: 4}), 300)
    const lines = samples.map((words) => `printf '%s\\0' ${shellCommand(words)}; printf '\\1\\0'`)
    lines.forEach((line) => expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u))
    const {stdout} = spawnSync('bash', ['-c', lines.join('\n')], {encoding: 'utf8', env: {LC_ALL: 'C.UTF-8'}})
    expect(stdout).toBe(samples.map((words) => `${words.map((word) => `${word}\0`).join('')}\u0001\0`).join(''))
  })

  it('is as it is typed where nothing needs a quote', () => {
    expect(command`faci runbook ${'api-down'} --tail ${50}`).toBe('faci runbook api-down --tail 50')
    expect(command`faci runbook ${'$(reboot)'}`).toBe("faci runbook '$(reboot)'")
    expect(command`faci runbook ${'x'} --incident ${'-y'}`).toBe('faci runbook x --incident -y')
    expect(command`faci runbook ${'-x'} --tail ${50} --yes`).toBe('faci runbook --tail 50 --yes -- -x')
    expect(command`faci oncall swap ${'-x'} ${'Ana Lima'} --from ${'-1d'}`).toBe(
      "faci oncall swap --from -1d -- -x 'Ana Lima'",
    )
    expect(command`faci oncall swap ${'Ana'} ${'-x'}`).toBe('faci oncall swap Ana -- -x')
    expect(command`docker unpause ${'-x'}`).toBe('docker unpause -x')
    expect(command`faci status ${'a\u202Eb'}`).toBe(String.raw`faci status $'a\u202eb'`)
  })
})
