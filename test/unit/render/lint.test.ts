import {describe, expect, it} from 'vitest'
import type {Result} from '../../../src/domain/result.js'
import type {WordedFinding} from '../../../src/render/findings/worded-findings.js'
import {type LintReport, lintVerdict} from '../../../src/domain/runbook/lint/lint-report.js'
import {lintAnnotations} from '../../../src/render/github/annotations.js'
import {lintText} from '../../../src/render/runbook/lint.js'
import {PLAIN} from '../../../src/render/text/style.js'

const ERROR: WordedFinding = {
  ...{rule: 'role', severity: 'error', file: 'runbooks/a,b: c.md', line: 12, column: 7},
  ...{message: '100 % wrong\r\nreally', suggestion: 'did you mean `diagnose`?'},
}
const WARNING: WordedFinding = {
  ...{rule: 'unused-input', severity: 'warning', file: 'runbooks/x.md', line: 3, column: 1},
  ...{message: 'nothing uses the input `tail`', suggestion: null},
}

function result(over: Partial<LintReport<WordedFinding>>): Result<LintReport<WordedFinding>> {
  const data: LintReport<WordedFinding> = {runbooks: ['a', 'x'], live: false, findings: [], notChecked: [], ...over}
  return {verdict: lintVerdict(data), data}
}

describe('findings as text', () => {
  it('stand in columns, one line each, with a summary', () => {
    expect(lintText(result({findings: [ERROR, WARNING]}), PLAIN)).toBe(
      [
        'runbooks/a,b: c.md:12:7  error    role          100 % wrong really (did you mean `diagnose`?)',
        'runbooks/x.md:3:1        warning  unused-input  nothing uses the input `tail`',
        '',
        '✖ 1 error, 1 warning in 2 runbooks',
      ].join('\n'),
    )
  })

  it('warnings alone are no failure, nothing is said so', () => {
    expect(lintText(result({findings: [WARNING, WARNING]}), PLAIN)).toMatch(/\n\n▲ 2 warnings in 2 runbooks$/)
    expect(lintText(result({runbooks: ['a']}), PLAIN)).toBe('✔ 1 runbook, no problems found')
  })

  it('what could not be looked at is told', () => {
    expect(lintText(result({notChecked: [{check: 'metrics', reason: 'connection refused'}]}), PLAIN)).toBe(
      '? metrics not checked: connection refused\n\n? 2 runbooks, no problems found, and not everything could be checked',
    )
  })
})

describe('findings for GitHub', () => {
  it('are workflow commands, escaped', () => {
    expect(lintAnnotations(result({findings: [ERROR, WARNING]}), PLAIN)).toBe(
      [
        '::error file=runbooks/a%2Cb%3A c.md,line=12,col=7,title=role::100 %25 wrong%0D%0Areally (did you mean `diagnose`?)',
        '::warning file=runbooks/x.md,line=3,col=1,title=unused-input::nothing uses the input `tail`',
      ].join('\n'),
    )
  })

  it('also tell what could not be looked at, and nothing when there is nothing', () => {
    const notChecked = [{check: 'urls', reason: 'no\nnetwork'}] as const
    expect(lintAnnotations(result({notChecked}), PLAIN)).toBe('::warning title=urls not checked::no%0Anetwork')
    expect(lintAnnotations(result({}), PLAIN)).toBe('')
  })
})
