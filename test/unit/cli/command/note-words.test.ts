import {describe, expect, it} from 'vitest'
import {mendedNote, refuseEmptyNote} from '../../../../src/cli/command/note-words.js'

function unexpected(...args: readonly string[]): Error {
  return Object.assign(new Error('Unexpected argument'), {args})
}

describe('a note of more than one argument', () => {
  it.each([
    {argv: ['INC-2', 'disk full'], extra: ['disk full'], next: "faci incident note --incident INC-2 'disk full'"},
    {
      ...{argv: ['inc2', '--at', '10m ago', 'disk full'], extra: ['disk full']},
      next: "faci incident note --incident inc2 'disk full' --at '10m ago'",
    },
    {argv: ['disk', 'is', 'full'], extra: ['is', 'full'], next: "faci incident note 'disk is full'"},
    {argv: ['INC-2', '--', '-x'], extra: ['-x'], next: 'faci incident note --incident INC-2 -- -x'},
    {
      ...{argv: ['INC-2', '--at', '10m', '--', '-x', 'y'], extra: ['-x', 'y']},
      next: "faci incident note --incident INC-2 --at 10m -- '-x y'",
    },
  ])('$argv is told as it is to be typed', ({argv, extra, next}) => {
    expect(mendedNote(unexpected(...extra), argv)).toMatchObject({
      ...{code: 'usage', message: 'A note is one text, in quotes; --incident says of which incident'},
      suggestions: [next],
    })
  })

  it.each([
    [['-m', "it's DNS"], "faci incident note 'it'\\''s DNS'"],
    [['inc2', '--message', 'seen', '--at', '10m ago'], "faci incident note --incident inc2 seen --at '10m ago'"],
    [['--incident', 'INC-2', '-m'], "faci incident note --incident INC-2 'what you see'"],
    [['-m', '-1 replica', '--at', '10m'], "faci incident note --at 10m -- '-1 replica'"],
  ])('is told where its text goes: %j', (argv, next) => {
    const error = Object.assign(new Error('Nonexistent flag'), {flags: ['-m']})
    expect(mendedNote(error, argv)).toMatchObject({code: 'usage', suggestions: [next]})
  })

  it.each([
    [['-1 replica'], "faci incident note -- '-1 replica'"],
    [['INC-2', '-x'], 'faci incident note --incident INC-2 -- -x'],
    [['-x', '--quiet'], 'faci incident note --quiet -- -x'],
  ])('that looks like a flag is told to stand behind --: %j', (argv, next) => {
    const typed = argv.find((word) => /^-[1x]/.test(word)) ?? ''
    const error = Object.assign(new Error('Nonexistent flag'), {flags: [typed]})
    expect(mendedNote(error, argv)).toMatchObject({code: 'usage', suggestions: [next, 'faci incident note --help']})
  })

  it('keeps the complaint of a flag beside a text', () => {
    const error = Object.assign(new Error('Nonexistent flag'), {flags: ['--att']})
    expect(mendedNote(error, ['seen', '--att', '10m'])).toBe(error)
  })

  it('is not what every other error is', () => {
    const other = new Error('--at is wrong')
    expect(mendedNote(other, ['x'])).toBe(other)
    const blank = unexpected('')
    expect(mendedNote(blank, ['INC-2', ''])).toBe(blank)
  })
})

describe('the text of a note', () => {
  it.each(['INC-2', ' inc7 '])('is not %s, which only names an incident', (text) => {
    expect(() => {
      refuseEmptyNote(text)
    }).toThrow(`A note needs a text: ${text.trim()} only says of which incident`)
  })

  it.each(['INC-2 is back', '7', 'last'])('may be %s', (text) => {
    expect(() => {
      refuseEmptyNote(text)
    }).not.toThrow()
  })
})
