// What faci asks of the promtool on PATH: the real ones of two Debian suites, and some that do not answer.
import {chmodSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {packagedTool} from '../../../service/stack/debian.js'
import {createPromtool} from '../../../src/adapters/prometheus/promtool.js'
import {runBuilt} from '../../support/built-faci.js'
import {available} from './available-tool.js'

const here = mkdtempSync(join(tmpdir(), 'faci-promtool-'))
afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

function write(name: string, text: string): string {
  const file = join(here, name)
  writeFileSync(file, text)
  return file
}

const rule = (expr: string): string => `groups:\n- name: a\n  rules:\n  - record: b\n    expr: ${expr}\n`
const good = write('good one.yml', rule('up'))
const twice = write('twice.yml', `${rule('sum(')}- name: a\n`)
const key = write('key.yml', `${rule('up')}    fur: 3\n`)

describe.each([
  ['2', null, 'prometheus'],
  ['3', 'forky', 'promtool'],
] as const)('promtool %s', async (version, suite, packageName) => {
  const tool = await available(`promtool ${version}`, async () => {
    const found = await packagedTool(suite, packageName)
    return {...found, command: join(dirname(found.command), 'promtool')}
  })
  const environment = {...tool?.env, PATH: dirname(tool?.command ?? '')}

  it.skipIf(tool === undefined)('tells which files it refuses, where and why', async () => {
    const promtool = createPromtool({environment, timeoutSeconds: 20})
    expect(await promtool.check([good])).toEqual({version: tool?.version.split('+', 1)[0], refused: new Map()})
    const checked = await promtool.check([good, twice, key])
    if (checked === null || 'why' in checked) throw new Error('it does not answer')
    expect([...checked.refused.keys()]).toEqual([twice, key])
    expect(checked.refused.get(twice)?.map(({place}) => place)).toEqual([
      {line: 5, column: 11},
      version === '2' ? {line: 6, column: 3} : null,
    ])
    expect(checked.refused.get(key)?.map(({said, place}) => [said, place])).toEqual([
      [
        'yaml: unmarshal errors: line 6: field fur not found in type rulefmt.Rule' + (version === '2' ? 'Node' : ''),
        null,
      ],
    ])
  })

  it.skipIf(tool === undefined)('is asked by alerts lint, which says so', async () => {
    write('faci.yml', "service: shop\nprometheus: {url: 'http://127.0.0.1:9', rules: 'good one.yml'}\n")
    const path = `${environment.PATH}:${dirname(process.execPath)}`
    const {stdout, exitCode} = await runBuilt(['alerts', 'lint'], here, {...environment, PATH: path})
    expect(stdout).toMatch(
      new RegExp(
        `^✔ 0 alerts and 1 recording rule, no problems found; promtool ${version}\\.[\\d.]+ loads every file$`,
        'm',
      ),
    )
    expect(exitCode).toBe(0)
  })
})

describe('a promtool that is not there, or does not answer', () => {
  const program = (text: string): string => {
    const file = write('promtool', `#!/bin/sh\n${text}\n`)
    chmodSync(file, 0o755)
    return here
  }
  const VERSION = 'case "$*" in *--version*) echo "promtool, version 2.42.0+ds (branch: x)"; exit ;; esac'
  const check = async (text: string, files = [good]) => {
    const environment = {PATH: `${program(text)}:/usr/bin:/bin`}
    return createPromtool({environment, timeoutSeconds: 1}).check(files)
  }

  it('is no promtool', async () => {
    expect(await createPromtool({environment: {PATH: '/nowhere'}, timeoutSeconds: 1}).check([good])).toBeNull()
  })

  it.each([
    ['prints something else', 'echo hello', 'promtool ended with exit code 0: '],
    ['hangs', 'sleep 60', 'promtool took longer than 1 s'],
    ['hangs at the files', `${VERSION}\nsleep 60`, 'promtool took longer than 1 s'],
    [
      'does not know the flag',
      `${VERSION}\necho "promtool: error: unknown long flag '--lint'" >&2; exit 2`,
      "promtool ended with exit code 2: promtool: error: unknown long flag '--lint'",
    ],
    ['fails without naming a file', `${VERSION}\necho oh >&2; exit 1`, 'promtool ended with exit code 1: oh'],
  ])('%s', async (_, text, why) => {
    expect(await check(text)).toEqual({why})
  })
})
