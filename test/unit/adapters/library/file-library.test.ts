import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {createFileLibrary} from '../../../../src/adapters/library/file-library.js'
import {lintRunbooks} from '../../../../src/usecases/runbook/lint-runbooks.js'
import {listRunbooks} from '../../../../src/usecases/runbook/list-runbooks.js'
import {lintDeps} from '../../../support/lint-deps.js'

const RUNBOOK = '---\ntitle: X\n---\n# X\n'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'faci-library-'))
  for (const name of ['fine.md', 'upper.md', 'UPPER.md', 'with space.md', 'Ação.MD', '---.md'])
    writeFileSync(join(directory, name), RUNBOOK)
  writeFileSync(join(directory, 'README.md'), '# About these\n')
  writeFileSync(join(directory, 'Notes.txt'), RUNBOOK)
})
afterEach(() => {
  rmSync(directory, {recursive: true})
})

describe('a runbook whose name nobody can type', () => {
  it('is told by the list, with a command that gives it a free name', async () => {
    const {data, warnings} = await listRunbooks({library: createFileLibrary(directory)})
    expect(data.runbooks.map(({name}) => name)).toEqual(['fine', 'upper'])
    const at = (name: string): string => join(directory, name)
    expect(warnings?.map((line) => line.split(' → ')[1])).toEqual([
      `mv ${at('---.md')} ${at('runbook.md')}`,
      `mv '${at('Ação.MD')}' ${at('acao.md')}`,
      `mv ${at('UPPER.md')} ${at('upper-2.md')}`,
      `mv '${at('with space.md')}' ${at('with-space.md')}`,
    ])
    expect(warnings?.[0]).toContain('is not a runbook: a name is lowercase letters, digits, - and _')
  })

  it('is an error of lint, unless other runbooks are asked for', async () => {
    const deps = {...lintDeps({}), library: createFileLibrary(directory)}
    const input = {names: [], channels: [], setups: {}, health: {}, directory}
    const {verdict, data} = await lintRunbooks(deps, input)
    const found = data.findings.filter(({rule}) => rule === 'name')
    expect(verdict).toBe('invalid')
    expect(found.map(({file}) => file).sort()).toEqual(['---.md', 'Ação.MD', 'UPPER.md', 'with space.md'].sort())
    const one = await lintRunbooks(deps, {...input, names: ['fine']})
    expect(one.data.findings.filter(({rule}) => rule === 'name')).toEqual([])
  })
})
