import {readFileSync} from 'node:fs'
import {describe, expect, it} from 'vitest'
import {EXIT} from '../../../../src/domain/exit-codes.js'
import {EXIT_CODES, exitCodeOfError, exitCodeOfVerdict} from '../../../../src/cli/process/exit-codes.js'

describe('exit codes', () => {
  it('are one table without a gap in meaning', () => {
    expect(EXIT_CODES.map(({code}) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130])
    expect(Object.values(EXIT)).toEqual(EXIT_CODES.map(({code}) => code))
  })

  it('are the same in the launcher, which runs before anything is bundled', () => {
    const launcher = readFileSync(new URL('../../../../bin/launch.js', import.meta.url), 'utf8')
    expect(launcher).toContain(`\nconst USAGE = ${String(EXIT.usage)}\n`)
    const first = readFileSync(new URL('../../../../bin/run.js', import.meta.url), 'utf8')
    expect(first).toContain(`\nconst NOT_WRITTEN = ${String(EXIT.unknown)}\n`)
  })

  it('follow from the verdict', () => {
    expect(
      (['healthy', 'ok', 'degraded', 'down', 'bad', 'unknown', 'refused', 'rolledBack', 'rollbackFailed'] as const).map(
        exitCodeOfVerdict,
      ),
    ).toEqual([0, 0, 3, 3, 3, 4, 5, 7, 8])
    expect((['undelivered', 'interrupted'] as const).map(exitCodeOfVerdict)).toEqual([9, 130])
  })

  it('follow from the error', () => {
    expect((['usage', 'notFound', 'configInvalid', 'unreachable', 'locked'] as const).map(exitCodeOfError)).toEqual([
      2, 2, 6, 4, 5,
    ])
  })
})
