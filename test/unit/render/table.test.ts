import {describe, expect, it} from 'vitest'
import {PLAIN} from '../../../src/render/text/style.js'
import {table} from '../../../src/render/text/table.js'
import {wrap} from '../../../src/render/text/wrap.js'

const COLUMNS = [{title: 'NAME'}, {title: 'WHY'}]
const ROWS = [
  ['api', 'it was killed for its memory, twice'],
  ['redis', 'fine'],
]

describe('table', () => {
  it('breaks the last column within itself on a screen', () => {
    expect(table(COLUMNS, ROWS, {...PLAIN, width: 30, edge: true})).toBe(
      ['NAME   WHY', 'api    it was killed for its', '       memory, twice', 'redis  fine'].join('\n'),
    )
  })

  it('breaks nothing for a pipe', () => {
    expect(table(COLUMNS, ROWS, {...PLAIN, width: 30}).split('\n')).toHaveLength(3)
  })
})

describe('wrap', () => {
  it('breaks a word only where it has to, and counts no colours', () => {
    expect(wrap('\u001B[2mhttp://localhost:8000/health\u001B[22m', 16)).toEqual([
      '\u001B[2mhttp://localhost',
      ':8000/health\u001B[22m',
    ])
    expect(wrap('a bb  ccc', 4)).toEqual(['a bb', ' ccc'])
  })
})
