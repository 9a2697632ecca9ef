import {describe, expect, it} from 'vitest'
import type {AlertFinding} from '../../../../src/domain/alerts/lint/alert-finding.js'
import {withSecondOpinion} from '../../../../src/domain/alerts/lint/second-opinion.js'

const AT = {line: 7, column: 3} as const
const refusal = (file: string): AlertFinding => ({
  ...{rule: 'promql', what: 'everything', severity: 'error', file},
  ...AT,
})
const remark: AlertFinding = {...{rule: 'topk', name: 'A', severity: 'error', file: 'a.yml'}, ...AT}
const opinion = (refused: Readonly<Record<string, readonly string[]>>) => ({
  version: '2.42.0',
  asked: ['a.yml', 'b.yml'],
  refused: new Map(
    Object.entries(refused).map(([file, all]) => [
      file,
      all.map((said) => ({said, place: said === 'here' ? AT : null})),
    ]),
  ),
})

describe('what promtool says of rule files', () => {
  it('is an error where nothing else was found that keeps the file from being loaded', () => {
    expect(withSecondOpinion([remark], opinion({'a.yml': ['here', 'somewhere']}))).toEqual([
      remark,
      {rule: 'promtool', version: '2.42.0', said: 'here', severity: 'error', file: 'a.yml', ...AT},
      {rule: 'promtool', version: '2.42.0', said: 'somewhere', severity: 'error', file: 'a.yml', line: 1, column: 1},
    ])
  })

  it('adds nothing to a refusal, and takes none back, in a file that it refuses or was not asked about', () => {
    expect(withSecondOpinion([refusal('a.yml')], opinion({'a.yml': ['here']}))).toEqual([refusal('a.yml')])
    expect(withSecondOpinion([refusal('other.yml')], opinion({}))).toEqual([refusal('other.yml')])
  })

  it('makes a warning of a refusal in a file that it loads, and of nothing else', () => {
    const fault = refusal('b.yml')
    expect(withSecondOpinion([fault, remark], opinion({}))).toEqual([
      {rule: 'promtool-takes', version: '2.42.0', fault, severity: 'warning', file: 'b.yml', ...AT},
      remark,
    ])
  })
})
