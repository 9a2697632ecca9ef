import fc from 'fast-check'
import {describe, expect, it} from 'vitest'
import {
  captureProblem,
  LONGEST_CAPTURE,
  undeclaredProblem,
  valueProblem,
} from '../../../../src/domain/execution/captures.js'
import {RUN} from '../../../../src/render/words/en/run.js'

describe('captureProblem', () => {
  it.each([
    [{seen_at: '12'}, {}, {}, null],
    [{seen: 'x'.repeat(LONGEST_CAPTURE)}, {}, {}, null],
    [{seen: 'x'.repeat(LONGEST_CAPTURE + 1)}, {}, {}, /`seen` is 32001 characters long/],
    [{seen: 'a\0b'}, {}, {}, /`seen` has NUL bytes/],
    [{PATH: '/tmp'}, {}, {}, /`PATH` cannot be a capture/],
    [{http_proxy: 'http://attacker'}, {}, {}, /`http_proxy` cannot be a capture: it is obeyed by programs/],
    [{service: 'redis'}, {}, {service: 'api'}, /`service` is an input/],
  ])('%o', (captured, before, inputs, said) => {
    const problem = captureProblem(captured, before, inputs)
    if (said === null) expect(problem).toBeNull()
    else expect(problem === null ? '' : RUN.reason(problem)).toMatch(said)
  })

  it('counts what was captured before, and a value that is captured anew once', () => {
    const value = 'x'.repeat(LONGEST_CAPTURE)
    const before = Object.fromEntries(Array.from({length: 16}, (_, index) => [`c${String(index)}`, value]))
    expect(captureProblem({c3: value}, before, {})).toBeNull()
    expect(captureProblem({another: value}, before, {})).toEqual({why: 'capturesTooLong', characters: 544_000})
  })

  it('what it lets through, Linux takes as one variable', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary', maxLength: 40_000, size: 'max'}), (value) => {
        fc.pre(valueProblem('seen', value) === null)
        expect(Buffer.byteLength(`seen=${value}`)).toBeLessThan(131_072)
        expect(value).not.toContain('\0')
      }),
      {numRuns: 6},
    )
  })
})

describe('undeclaredProblem', () => {
  it.each([
    [{url: 'x'}, ['url', 'count'], null],
    [{}, [], null],
    [
      {url: 'x', seen: 'y'},
      ['url'],
      'it wrote `seen` to $FACI_OUTPUT, and declares url: if that was meant, write outputs="url seen" in its braces',
    ],
    [
      {url: 'x'},
      [],
      'it wrote `url` to $FACI_OUTPUT, and declares no outputs: if that was meant, write outputs="url" in its braces',
    ],
  ])('%o of %j: %s', (written, declared, said) => {
    const problem = undeclaredProblem(written, declared)
    expect(problem === null ? null : RUN.reason(problem)).toBe(said)
  })
})
