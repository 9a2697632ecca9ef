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
