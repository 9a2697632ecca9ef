import stringWidth from 'fast-string-width'
import fc from 'fast-check'
import {Chalk} from 'chalk'
import {describe, expect, it} from 'vitest'
import {ours, screenText} from '../../../src/cli/process/screen.js'
import {PLAIN} from '../../../src/render/text/style.js'
import {table} from '../../../src/render/text/table.js'
import {wrap, wrapStyled} from '../../../src/render/text/wrap.js'

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

  it('breaks the others too where that is not enough, and keeps figures whole', () => {
    const columns = [{title: 'RUNBOOK'}, {title: 'TOOK', align: 'right'}, {title: 'RESOLVED BY'}] as const
    const rows = [['High latency of the search', '1m 30s', 'restart of the api and its cache']]
    expect(table(columns, rows, {...PLAIN, width: 38, edge: true})).toBe(
      [
        'RUNBOOK             TOOK  RESOLVED BY',
        'High latency of   1m 30s  restart of',
        'the search                the api and',
        '                          its cache',
      ].join('\n'),
    )
  })

  it('is never wider than the screen when its words are short, and loses no word', () => {
    const cell = fc.array(fc.stringMatching(/^[a-z]{1,6}$/), {maxLength: 12}).map((words) => words.join(' '))
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell, cell), {minLength: 1, maxLength: 5}), (rows) => {
        const columns = [{title: 'ONE'}, {title: 'TWO'}, {title: 'THREE'}, {title: 'FOUR'}]
        const text = table(columns, rows, {...PLAIN, width: 50, edge: true})
        for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(50)
        const words = (all: string): readonly string[] =>
          all
            .split(/\s+/)
            .filter((word) => word !== '')
            .sort()
        expect(words(text)).toEqual(words(['ONE TWO THREE FOUR', ...rows.flat()].join(' ')))
      }),
    )
  })

  it('leaves out what can be spared where nothing else helps, the least important first', () => {
    const columns = [
      {title: 'RUN'},
      {title: 'RESULT'},
      {title: 'TOOK', align: 'right', spare: 1},
      {title: 'OPERATOR', spare: 2},
    ] as const
    const rows = [['01KX0000000000000000000000', '✔ resolved', '4m 12s', 'somebody@a-host-with-a-long-name']]
    const heads = [78, 60, 50, 42].map((width) => table(columns, rows, {...PLAIN, width, edge: true}).split('\n')[0])
    expect(heads.map((head) => head?.trim().split(/\s+/))).toEqual([
      ['RUN', 'RESULT', 'TOOK', 'OPERATOR'],
      ['RUN', 'RESULT', 'TOOK'],
      ['RUN', 'RESULT', 'TOOK'],
      ['RUN', 'RESULT'],
    ])
    expect(table(columns, rows, {...PLAIN, width: 20})).toContain('somebody@a-host')
  })

  it('leaves out what can be spared before it breaks a word of the last column', () => {
    const columns = [{title: 'ENDPOINT'}, {title: 'MIN', align: 'right', spare: 1}, {title: 'DETAIL'}] as const
    const rows = [['api', '34.0 ms', 'http://localhost:8000/health']]
    expect(table(columns, rows, {...PLAIN, width: 42, edge: true})).toBe(
      'ENDPOINT  DETAIL\napi       http://localhost:8000/health',
    )
    // Where nothing can be, it is broken: no line is wider than the screen.
    expect(table(columns, rows, {...PLAIN, width: 28, edge: true}).split('\n')[1]).toBe('api       http://localhost:8')
  })

  it('breaks nothing for a pipe', () => {
    expect(table(COLUMNS, ROWS, {...PLAIN, width: 30}).split('\n')).toHaveLength(3)
  })
})

describe('wrapStyled', () => {
  it('ends the colours of each line, and begins the next with them', () => {
    const [bold, off] = ['\u001B[1m', '\u001B[22m']
    expect(wrapStyled(`${bold}one two${off} three`, 5)).toEqual([`${bold}one\u001B[0m`, `${bold}two${off}`, 'three'])
  })

  it('ends colours that bear a mark of ours with one that bears it too, so that a screen takes it for ours', () => {
    const paint = ours((text) => new Chalk({level: 1}).bold(text))
    const lines = wrapStyled(`${paint('one two')} three`, 5).map(screenText)
    expect(lines).toEqual(['\u001B[1mone\u001B[0m', '\u001B[1mtwo\u001B[22m', 'three'])
  })
})

describe('a table of more rows than anybody reads', () => {
  it('has the first, and says how many there are', () => {
    const rows = Array.from({length: 100_000}, (_, at) => [String(at), 'x'])
    const lines = table(COLUMNS, rows, PLAIN).split('\n')
    expect([lines.length, lines.at(-2), lines.at(-1)]).toEqual([10_002, '9999  x', '… (cut: 100000 rows)'])
    expect(table(COLUMNS, rows.slice(0, 10_000), PLAIN)).not.toContain('cut')
  })
})

describe('lines below rows', () => {
  it('stand under their own row, however many lines that takes', () => {
    const narrow = {...PLAIN, width: 24, edge: true}
    const below = [['  of the first'], ['  of the second']]
    const lines = table(COLUMNS, ROWS, narrow, below).split('\n')
    expect(lines.indexOf('  of the first')).toBe(lines.findIndex((line) => line.startsWith('redis')) - 1)
    expect(lines.at(-1)).toBe('  of the second')
    expect(lines.length).toBeGreaterThan(5)
  })
})

describe('wrap', () => {
  it('keeps what is to be typed on one line where a line has room for it', () => {
    expect(wrap('it is down  → faci restart api', 20)).toEqual(['it is down', '→ faci restart api'])
    expect(wrap('it is down  → faci restart api', 12)).toEqual(['it is down', '→ faci', 'restart api'])
    expect(wrap('down  → faci up', 40)).toEqual(['down  → faci up'])
  })

  it('breaks a word only where it has to, and counts no colours', () => {
    expect(wrap('\u001B[2mhttp://localhost:8000/health\u001B[22m', 16)).toEqual([
      '\u001B[2mhttp://localhost',
      ':8000/health\u001B[22m',
    ])
    expect(wrap('a bb  ccc', 4)).toEqual(['a bb', ' ccc'])
  })
})
