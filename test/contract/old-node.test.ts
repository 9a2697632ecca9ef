import {execFileSync} from 'node:child_process'
import {cpSync, mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {createRequire} from 'node:module'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {transform} from 'esbuild'
import {afterAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {EXIT} from '../../src/domain/exit-codes.js'
import {debianNode, type OldNode} from '../support/debian-node.js'

const FIRST_READ = ['run.js', 'node-version.js']
const {engines} = createRequire(import.meta.url)('../../package.json') as {readonly engines: {readonly node: string}}
const old = await debianNode()

const root = mkdtempSync(join(tmpdir(), 'faci-old-node-'))
afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

/** faci as npm installs it: the launcher and what was built, nothing of this repository around it. */
function packed(): string {
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(repositoryRoot, name), join(root, name), {recursive: true})
  return join(root, 'bin', 'run.js')
}

const never: OldNode['run'] = () => Promise.reject(new Error('there is no old Node'))

describe('a Node that is too old', () => {
  it.runIf(old !== undefined)(
    'is refused with one sentence by every way in, before anything else is read',
    async () => {
      const {version = '', run = never} = old ?? {}
      const message = `faci needs Node.js 20.19 or newer, and this is Node.js ${version}`
      const installed = packed()
      for (const script of [join(repositoryRoot, 'bin', 'run.js'), join(repositoryRoot, 'bin', 'dev.js'), installed])
        for (const argv of [[], ['--version'], ['--help'], ['status'], ['runbook', 'lint']])
          expect(await run([script, ...argv]), `${script} ${argv.join(' ')}`).toEqual({
            ...{exitCode: EXIT.unknown, stdout: '', stderr: `✖ ${message}`},
          })
      const {exitCode, stdout, stderr} = await run([installed, 'status', '--json'])
      expect([exitCode, JSON.parse(stdout), stderr]).toEqual([
        EXIT.unknown,
        {schema: 'faci.error/v1', error: {code: 'toolMissing', message, suggestions: []}},
        '',
      ])
    },
    120_000,
  )

  it('reads what is read first, whatever its age', async () => {
    for (const name of FIRST_READ) {
      const source = readFileSync(join(repositoryRoot, 'bin', name), 'utf8')
      const [plain, lowered] = await Promise.all(
        (['esnext', 'es2015'] as const).map(async (target) => (await transform(source, {target})).code),
      )
      expect(lowered).toBe(plain)
      expect(source).not.toMatch(/require\('node:/)
    }
  })

  it.each([
    ['20.19.0', false],
    ['20.20.2', false],
    ['22.0.0', false],
    ['100.0.0', false],
    ['20.18.3', true],
    ['20.9.0', true],
    ['19.20.0', true],
    ['4.9.1', true],
  ])('is known by its number: %s (%s)', (version, isOld) => {
    const script = `Object.defineProperty(process, 'versions', {value: {...process.versions, node: '${version}'}})
      process.argv.push('faci', '--version')
      require(${JSON.stringify(join(repositoryRoot, 'bin', 'run.js'))})
      process.once('exit', (code) => { process.exitCode = 0; process.stdout.write(String(code ?? 0)) })`
    const said = execFileSync(process.execPath, ['-e', script], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']})
    expect(said).toEqual(isOld ? String(EXIT.unknown) : expect.stringMatching(/^faci\/\S+ .*\n0$/))
  })

  it('is older than what package.json asks for, and ends as a tool that is missing does', () => {
    const source = readFileSync(join(repositoryRoot, 'bin', 'node-version.js'), 'utf8')
    expect(engines.node).toBe('>=20.19')
    expect(source).toContain("\nconst NEEDED = '20.19'\n")
    expect(source).toContain(`\nconst TOOL_MISSING = ${String(EXIT.unknown)}\n`)
  })
})
