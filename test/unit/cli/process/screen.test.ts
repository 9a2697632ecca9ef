import {Chalk} from 'chalk'
import fc from 'fast-check'
import stringWidth from 'fast-string-width'
import {describe, expect, it} from 'vitest'
import {ourCommand, ours, screenText} from '../../../../src/cli/process/screen.js'
import {LINE_BREAK} from '../../../../src/domain/text/visible.js'

const chalk = new Chalk({level: 1})
const good = ours((text) => chalk.green(text))
const bold = ours((text) => chalk.bold(text))
const dim = ours((text) => chalk.dim(text))

describe('the way to a screen', () => {
  it('our colours are what they were, also one within another', () => {
    expect(screenText(bold(`a ${good('b')} ${dim('c')} d`))).toBe(
      chalk.bold(`a ${chalk.green('b')} ${chalk.dim('c')} d`),
    )
  })

  it('takes no room for them', () => {
    expect(stringWidth(bold(`a ${good('b')}`))).toBe(3)
  })

  it('colours, movements and line breaks of others are text, wherever they are', () => {
    const foreign = '\u001B[32m● healthy\u001B[0m\u001B[2J\u0007'
    const seen = String.raw`\x1b[32m● healthy\x1b[0m\x1b[2J\x07`
    expect(screenText(foreign)).toBe(seen)
    expect(screenText(good(foreign))).toBe(chalk.green(seen))
    expect(screenText(`a${LINE_BREAK}b`)).toBe('a⏎b')
    // Even one that looks as ours do, but for what only this process knows.
    expect(screenText('\u001B[32;1234;1234;1234;1234m')).toBe(String.raw`\x1b[32;1234;1234;1234;1234m`)
  })

  it('obeys no workflow command of others', () => {
    const foreign = '::error::a\n  ::add-mask::b\n::set-output name=x::y\nc ##[error]d ##vso[task.setvariable]e\n'
    const seen = String.raw`\x3a:error::a
  \x3a:add-mask::b
\x3a:set-output name=x::y
c \x23#[error]d \x23#vso[task.setvariable]e
`
    expect(screenText(foreign)).toBe(seen)
    expect(screenText('::1\n::ffff:10.0.0.1 up\n## Heading\na ::error::b')).toBe(
      '::1\n::ffff:10.0.0.1 up\n## Heading\na ::error::b',
    )
    expect(screenText(`${ourCommand('::error file=a::b')}\n::error::c`)).toBe(
      String.raw`::error file=a::b
\x3a:error::c`,
    )
  })

  it('leaves nothing that moves a cursor, whatever comes', () => {
    const part = fc.constantFrom('\u001B', '[', ';', 'm', '2J', '3', '\n', '\u009B', '\u202E', 'é')
    fc.assert(
      fc.property(fc.string({unit: part}), (text) => {
        expect(screenText(text)).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u)
        const painted = screenText(bold(`x${good(text)}`)).replaceAll(/\u001B\[\d+m/g, '')
        expect(painted).not.toMatch(/[^\P{Cc}\n\t]|\p{Cf}/u)
      }),
    )
  })
})
