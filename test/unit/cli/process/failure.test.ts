import {describe, expect, it} from 'vitest'
import {failureOf, withoutItself} from '../../../../src/cli/process/failure.js'
import {FaciError} from '../../../../src/domain/errors.js'

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
    [
      'Expected overvew to be one of: overview, business\nSee more help with --help',
      'overview',
      'x overvew',
      'x overview',
    ],
    ['Expected --output=jsn to be one of: raw, json', 'json', 'x --output jsn', 'x --output json'],
    ['Expected --output=jsn to be one of: raw, json', 'json', 'x --output=jsn', 'x --output=json'],
  ])('guesses which option was meant, in the command as it was typed: %s', (message, guess, typed, next) => {
    const error = Object.assign(new Error(message), {oclif: {exit: 2}})
    const failure = failureOf(error, 'faci x --help', false, typed.split(' '))
    expect(failure.message).toMatch(new RegExp(`: did you mean \`${guess}\`\\?$`))
    expect(failure.suggestions).toEqual([`faci ${next}`, 'faci x --help'])
  })

  it.each([
    ['incident timeline INC-7 --output json', 'faci incident timeline INC-7 --json'],
    ['incident timeline --output=json INC-7', 'faci incident timeline --json INC-7'],
  ])('says that JSON is --json where --output has no such form: %s', (typed, next) => {
    const error = Object.assign(new Error('Expected --output=json to be one of: text, md'), {oclif: {exit: 2}})
    const {message, suggestions} = failureOf(error, 'help', false, typed.split(' '))
    expect(message).toBe('Expected --output=json to be one of: text, md: did you mean `--json`?')
    expect(suggestions).toEqual([next, 'help'])
  })

  it.each([
    ['--watc', ['watch'], '--watch'],
    ['--since', ['range', 'step'], '--range'],
    ['--range', ['window', 'at'], '--window'],
    ['--at', ['alert', 'started-at', 'title'], '--started-at'],
  ])('says that %s is unknown, and puts the command right', (flag, known, meant) => {
    const error = Object.assign(new Error(`Nonexistent flag: ${flag}`), {
      ...{oclif: {exit: 2}, flags: [flag]},
      parse: {input: {flags: Object.fromEntries(known.map((name) => [name, {}]))}},
    })
    const failure = failureOf(error, 'faci query --help', false, ['query', 'sum(up)', flag, '5m'])
    expect(failure.message).toBe(`unknown flag ${flag}: did you mean \`${meant}\`?`)
    expect(failure.suggestions).toEqual([`faci query 'sum(up)' ${meant} 5m`, 'faci query --help'])
  })

  it('puts a word right that a command refused, and repeats no input', () => {
    const error = new FaciError('usage', 'x', {correction: {typed: '5minutes', meant: '5m'}})
    const next = (...argv: readonly string[]) => failureOf(error, 'help', false, argv).suggestions
    expect(next('logs', 'api', '--since', '5minutes')).toEqual(['faci logs api --since 5m', 'help'])
    expect(next('logs', 'api', '--since=5minutes')).toEqual(['faci logs api --since=5m', 'help'])
    expect(next('runbook', 'x', '--input', 'token=s', '--wait', '5minutes')).toEqual(['help'])
    expect(next('logs')).toEqual(['help'])
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
