// Who asks for colour, or for none, as Node and chalk understand it: the built faci on a real terminal and on a pipe.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {onTerminal} from '../support/terminal.js'

const directory = mkdtempSync(join(tmpdir(), 'faci-colour-'))
mkdirSync(join(directory, 'runbooks'))
writeFileSync(join(directory, 'faci.yml'), 'service: shop\nprometheus: {url: http://127.0.0.1:9}\n')
const RUNBOOK = '---\nalerts: [ApiDown, ApiReplicaDown]\n---\n# The API of the shop is down\n'
writeFileSync(join(directory, 'runbooks', 'api-down.md'), RUNBOOK)
afterAll(() => {
  rmSync(directory, {recursive: true, force: true})
})

const LIST = ['runbook', 'list']
const WRONG = ['nosuch']
const COLOUR = /\u001B\[\d+m/

/** Of an answer and of an error, on a terminal and on a pipe. */
async function coloured(environment: NodeJS.ProcessEnv): Promise<Record<string, readonly boolean[]>> {
  const own = {NO_COLOR: undefined, FORCE_COLOR: undefined, ...environment}
  const terminal = [LIST, WRONG].map(async (argv) => {
    const run = onTerminal(argv, directory, own)
    await run.ended
    return COLOUR.test(run.raw())
  })
  const pipe = [LIST, WRONG].map(async (argv) => {
    const {stdout, stderr} = await runBuilt(argv, directory, own)
    return COLOUR.test(stdout + stderr)
  })
  return {terminal: await Promise.all(terminal), pipe: await Promise.all(pipe)}
}

describe.concurrent('colour', () => {
  it.each<[NodeJS.ProcessEnv, boolean, boolean]>([
    [{}, true, false],
    [{TERM: 'dumb'}, false, false],
    [{NO_COLOR: '1'}, false, false],
    [{NO_COLOR: ''}, true, false],
    [{FORCE_COLOR: '0'}, false, false],
    [{FORCE_COLOR: 'false'}, false, false],
    [{FORCE_COLOR: ''}, true, true],
    [{FORCE_COLOR: 'true'}, true, true],
    [{FORCE_COLOR: '1'}, true, true],
    [{FORCE_COLOR: '2'}, true, true],
    [{FORCE_COLOR: '3'}, true, true],
    [{FORCE_COLOR: '1', TERM: 'dumb'}, true, true],
    [{FORCE_COLOR: '1', NO_COLOR: '1'}, false, false],
    [{FORCE_COLOR: '0', NO_COLOR: '1'}, false, false],
  ])('%o: on a terminal %s, on a pipe %s', async (environment, terminal, pipe) => {
    expect(await coloured(environment)).toEqual({terminal: [terminal, terminal], pipe: [pipe, pipe]})
  })

  it('asked for and refused is no warning of Node, whatever is loaded', async () => {
    const both = {FORCE_COLOR: '1', NO_COLOR: '1'}
    for (const argv of [LIST, ['doctor'], ['status']])
      expect((await runBuilt(argv, directory, both)).stderr).not.toMatch(/node:|Warning|FORCE_COLOR/)
  })
})

describe.concurrent('a terminal', () => {
  it.each([20, 30, 45, 60])('of %i columns breaks coloured lines and shows no code as text', async (columns) => {
    const run = onTerminal(LIST, directory, {NO_COLOR: undefined}, {columns, rows: 24})
    await run.ended
    expect(run.raw()).toMatch(COLOUR)
    expect(run.screen()).not.toMatch(/x1b|\[\d/)
  })

  it('that does not tell its width has 80 columns', async () => {
    const untold = onTerminal(LIST, directory, {}, {columns: 0, rows: 0})
    const told = onTerminal(LIST, directory, {}, {columns: 80, rows: 24})
    await Promise.all([untold.ended, told.ended])
    expect(untold.screen()).toBe(told.screen())
    expect(untold.screen()).toContain('The API of the shop is down')
  })
})
