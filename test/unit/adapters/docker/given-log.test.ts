import {describe, expect, it} from 'vitest'
import {GivenLines} from '../../../../src/adapters/docker/log-files/given-log.js'
import {WholeLines} from '../../../../src/adapters/docker/whole-lines.js'

/** `-` is passed over. */
function givenOf(lines: readonly string[]): GivenLines {
  const whole = new WholeLines(true)
  whole.begin(Buffer.alloc(1000))
  for (const line of lines) {
    const bytes = Buffer.from(`${line}\n`)
    if (line === '-') whole.passOver(Buffer.from('{}\n'), 0, 3)
    else whole.take(0, bytes, 0, bytes.length)
  }
  const given = new GivenLines()
  given.note({bytes: whole.lines(), last: whole.last()})
  return given
}

/** In chunks of three bytes. */
async function* engine(text: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += 3) yield await Promise.resolve(Buffer.from(text.slice(at, at + 3)))
}

async function rest(given: GivenLines, text: string): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of given.goOn(engine(text), 'api')) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('a log of which lines were passed over', () => {
  it('goes on behind the last line that was given, with those that were passed over since', async () => {
    expect(await rest(givenOf(['-', 'one', '-', 'two', '-']), '{1}\none\n{2}\ntwo\n{3}\nthree\n')).toBe('{3}\nthree\n')
  })

  it('is nothing while no line of it was given', () => {
    expect([givenOf(['-', '-']).isNothing(), givenOf(['-', 'a']).isNothing()]).toEqual([true, false])
  })

  it.each(['{1}\nOne\n', 'one\n', '{1}\n'])('is another one where that line is not there: %j', async (text) => {
    await expect(rest(givenOf(['-', 'one']), text)).rejects.toThrow(/the log of api changed while it was read/)
  })
})
