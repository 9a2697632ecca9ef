import {describe, expect, it} from 'vitest'
import {re2jsPatterns} from '../../../../src/adapters/re2/re2js-patterns.js'
import type {Expressions} from '../../../../src/domain/text/expressions.js'
import {expressionProblem, withExpressions} from '../../../../src/usecases/patterns/with-expressions.js'

function counted() {
  let loads = 0
  const patterns = () => {
    loads += 1
    return Promise.resolve(re2jsPatterns)
  }
  return {patterns, loads: () => loads}
}

describe('a decision that needs expressions', () => {
  it.each<[string, (expressions: Expressions) => unknown, unknown, number]>([
    [
      'words',
      ({matches, reads}) => [matches('api|redis', 'redis'), matches('api', 'ap'), reads('a|b')],
      [true, false, true],
      0,
    ],
    ['nothing', ({matches}) => [matches('', ''), matches('a|', ''), matches('', 'a')], [true, true, false], 0],
    ['none', () => 'x', 'x', 0],
    ['an expression', ({matches}) => [matches('api|redis', 'redis'), matches('a.*', 'abc')], [true, true], 1],
    ['groups', ({groups}) => groups('(a)(?P<rest>.*)', 'abc')?.named['rest'], 'bc', 1],
    ['what is none', ({reads, matches}) => [reads('('), matches('(', '(')], [false, false], 1],
  ])('that is only %s', async (_, decide, said, loads) => {
    const deps = counted()
    expect([await withExpressions(deps, decide), deps.loads()]).toEqual([said, loads])
  })

  it('is told the first that is none, and nothing is loaded for words', async () => {
    const deps = counted()
    expect([await expressionProblem(deps, ['api|redis', '']), deps.loads()]).toEqual([null, 0])
    expect(await expressionProblem(deps, ['a.*', '(', '['])).toMatchObject({pattern: '('})
  })
})
