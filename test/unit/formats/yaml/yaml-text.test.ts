import {describe, expect, it} from 'vitest'
import {openYaml, placeOfPath} from '../../../../src/formats/yaml/yaml-text.js'

describe('openYaml', () => {
  it('places what is no YAML, by the lines of the file that it is part of', () => {
    const [fault] = openYaml('a: 1\nb: "open\n', {firstLine: 2}).faults
    expect(fault).toEqual({line: 4, column: 1, message: 'Missing closing "quote'})
  })

  it('tells on one line what is wrong, however deep it nests, and reads what is left', () => {
    const {faults, document} = openYaml(`a: 1\nb: ${'['.repeat(5000)}`)
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.every(({line, message}) => line === 2 && !message.includes('\n'))).toBe(true)
    expect(faults[0]?.message).toBe('this is nested too deeply to be read: flatten it')
    expect(document.get('a')).toBe(1)
  })

  it.each(['- ', '? ', '-\t', '- ? '])('refuses %j within itself by thousands, which would end the process', (mark) => {
    expect(openYaml(`a: 1\n${mark.repeat(20_000)}`).faults).toEqual([
      {line: 1, column: 1, message: 'this is nested too deeply to be read: flatten it'},
    ])
    expect(openYaml(`${mark.repeat(20)}1`).faults.map(({message}) => message)).not.toContain(
      'this is nested too deeply to be read: flatten it',
    )
  })

  it('follows an alias to what it names, and that keeps its place', () => {
    const yaml = openYaml('a: &a {b: 1}\nc: *a\nd: null\n')
    const written = yaml.resolve(yaml.document.get('c', true))
    expect(yaml.place(written)).toEqual({line: 1, column: 7})
    expect(yaml.resolve(yaml.document.get('e', true))).toBeNull()
  })
})

describe('placeOfPath', () => {
  const yaml = openYaml('a:\n  b: [1, {c: 2}]\n')

  it.each([
    [['a', 'b', 1, 'c'], undefined, 2, 14],
    [['a', 'b', 1], 'c', 2, 11],
    [['a', 'x', 'y'], undefined, 2, 3],
    [['x'], 'y', 1, 1],
  ])('places %j, else what is above it', (path, key, line, column) => {
    expect(placeOfPath(yaml, path, key)).toEqual({line, column})
  })
})

describe('what Go’s reader takes, and what it does not', () => {
  const faults = (text: string): readonly string[] =>
    openYaml(text, {likeGo: true}).faults.map(
      ({line, column, message}) => `${String(line)}:${String(column)} ${message}`,
    )

  it.each([
    'groups: [\n{a: b}\n]\n',
    'groups:\n- {a: b, # c\nc: d}\n',
    'a: "b"# c\n',
    'a: |# c\n  b\n',
    'a: &x 1\nb: *x\n',
    'a: &x {b: c}\nd: {<<: *x}\ne: {<<: [*x]}\n',
    '%YAML 1.1\n---\na: b\n',
    'a: "b\\\\/c"\n',
    "a: 'b\\/c'\n",
    'a: b\\/c\n',
    'a: |\n  b\n  \t\n  c\n',
    'a: "b\n\t\n c"\n',
    'a: {b: c,\n\td: e}\n',
    'a: b\t\n',
    'a: b\n# c\n\t\n',
    'a: |\n  %YAML 1.2\n',
  ])('takes %j', (text) => {
    expect(faults(text)).toEqual([])
  })

  it.each([
    ['a: *x\n', '1:4 no anchor is called x'],
    ['a: "b\\/c"\n', '1:4 \\/ is no escape in YAML: write /'],
    ['? [a]\n: b\n', '1:3 a key must be a text'],
    ['a: {<<: b}\n', '1:5 << needs a map, or a list of maps'],
    ['%YAML 1.2\n---\na: b\n', '1:1 only %YAML 1.1 and %TAG are understood here'],
    ['a: b\n\t\nc: d\n', '2:1 a tab cannot begin a line'],
    ['a: b\n \t# c\n', '2:2 a tab cannot begin a line'],
  ])('refuses %j', (text, told) => {
    expect(faults(text)).toContain(told)
  })

  it('keeps the places of what follows lines that were joined', () => {
    const {document, place} = openYaml('a: [ # why\n1,\n2\n]\nb: c\n', {likeGo: true})
    expect(document.toJS()).toEqual({a: [1, 2], b: 'c'})
    expect(place(document.get('b', true) as never)).toEqual({line: 5, column: 4})
  })
})
