import fc from 'fast-check'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {readOutputFile} from '../../../../src/adapters/shell/output-file.js'

const here = mkdtempSync(join(tmpdir(), 'faci-outputs-'))
const END = 'c0ffee00c0ffee00c0ffee00c0ffee00'

afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

function read(text: string) {
  const file = join(here, 'output')
  writeFileSync(file, text)
  return readOutputFile(file, END)
}

/** What somebody else may say, who does not know the word that ends it. */
const foreign = fc
  .array(fc.oneof(fc.string(), fc.constantFrom('other=1', 'http_proxy=http://x', 'EOF', `x<<${END}`, '')))
  .map((lines) => lines.join('\n'))
  .filter((text) => !text.includes('\r') && !text.split('\n').includes(END))

describe('$FACI_OUTPUT', () => {
  it('takes any value between its own lines, and nothing else of it', () => {
    fc.assert(
      fc.property(foreign, (value) => {
        expect(read(`before=1\nseen<<${END}\n${value}\n${END}\nafter=2\n`)).toEqual({
          values: {before: '1', seen: value, after: '2'},
          problem: null,
        })
      }),
    )
  })

  it('gives of a value that was written as one line no other value than its own, unless it is a name of its own', () => {
    fc.assert(
      fc.property(foreign, (value) => {
        const {values, problem} = read(`seen=${value}\n`)
        if (problem !== null) expect(values).toEqual({})
        else if (!value.includes('\n')) expect(values).toEqual({seen: value.trimEnd()})
      }),
    )
  })
})
