import {readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../../service/stack/repository.js'

const read = (file: string): string => readFileSync(join(repositoryRoot, file), 'utf8')
const {dependencies, license} = JSON.parse(read('package.json')) as {
  readonly dependencies: Readonly<Record<string, string>>
  readonly license: string
}

describe('what faci is made of', () => {
  it('stands in src/README.md, each package with why it is there', () => {
    const section =
      read('src/README.md')
        .split('\n## ')
        .find((part) => part.startsWith('What it is made of\n')) ?? ''
    const rows = [...section.matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)]
    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(dependencies).sort())
    expect(rows.filter(([, , why = '']) => why.length < 10)).toEqual([])
  })

  it('is pinned to the version', () => {
    expect(Object.entries(dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('bears the licence that package.json names', () => {
    expect(read('LICENSE').split('\n')[0]).toBe(`${license} License`)
  })
})
