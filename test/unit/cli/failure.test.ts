import {describe, expect, it} from 'vitest'
import {failureOf, withoutItself} from '../../../src/cli/failure.js'
import {FaciError} from '../../../src/domain/errors.js'

describe('failureOf', () => {
  it('keeps what a FaciError says', () => {
    const error = new FaciError('locked', 'somebody holds it', {suggestions: ['wait']})
    expect(failureOf(error, 'faci --help', false)).toEqual({
      code: 'locked',
      message: 'somebody holds it',
      suggestions: ['wait'],
      exitCode: 5,
    })
  })

  it('does not suggest the very command that failed', () => {
    const error = new FaciError('unreachable', 'away', {suggestions: ['faci doctor', 'check faci.yml']})
    const suggested = (...argv: readonly string[]) => withoutItself(failureOf(error, '', false), argv).suggestions
    expect(suggested('doctor')).toEqual(['check faci.yml'])
    expect(suggested('query', 'up')).toEqual(['faci doctor', 'check faci.yml'])
  })

  it('shows nothing of an unforeseen error but its name', () => {
    const error = Object.assign(new TypeError('POST https://hooks.slack.com/T1/B2/secret failed'), {
      config: {token: 'x'},
    })
    const failure = failureOf(error, 'faci --help', false)
    expect(failure).toMatchObject({code: 'bug', exitCode: 1})
    expect(JSON.stringify(failure)).not.toMatch(/secret|slack/)
  })

  it.each([
    ['Expected overvew to be one of: overview, business\nSee more help with --help', 'did you mean overview?'],
    ['Expected --output=jsn to be one of: pretty, raw, json', 'did you mean --output json?'],
  ])('guesses which option was meant: %s', (message, guess) => {
    const error = Object.assign(new Error(message), {oclif: {exit: 2}})
    expect(failureOf(error, 'faci x --help', false).suggestions).toEqual([guess, 'faci x --help'])
  })

  it.each([
    ['1h', '--window 1h cannot'],
    ['1 h', "--window '1 h' cannot"],
    ['--window', '--window cannot'],
  ])('says a flag as it was typed, not as it was parsed: %s', (input, said) => {
    const error = Object.assign(new Error('--window=3600 cannot also be provided when using --month'), {
      oclif: {exit: 2},
      parse: {output: {raw: [{type: 'flag', flag: 'window', input}]}},
    })
    expect(failureOf(error, 'faci x --help', false).message).toBe(`${said} also be provided when using --month`)
  })

  it('shows the stack on request', () => {
    expect(failureOf(new TypeError('boom'), 'faci --help', true).message).toMatch(/TypeError: boom/)
  })
})
