import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {repositoryRoot} from '../../service/stack/repository.js'
import {createRuleFiles} from '../../src/adapters/prometheus/rule-files.js'
import {runHosted} from '../support/hosted-faci.js'

const here = mkdtempSync(join(tmpdir(), 'faci-lint-'))
const RULES = join(repositoryRoot, 'service', 'prometheus', 'rules')
const NOBODY = 'http://127.0.0.1:9'

const GOOD = '---\ntitle: x\nalerts: [Broken]\n---\n## Look\n```sh {diagnose}\ndate\n```\n'
const WARNED = GOOD.replace('date', 'echo "$nope"')
const WRONG = GOOD.replace('date', 'if true')

function write(name: string, text: string): string {
  const file = join(here, name)
  writeFileSync(file, text)
  return file
}

beforeAll(() => {
  mkdirSync(join(here, 'runbooks'))
  mkdirSync(join(here, 'rules'))
  write('docker-compose.yml', 'services: {}\n')
  write('rules/a.yml', 'groups:\n  - name: g\n    rules:\n      - alert: Broken\n        expr: up == 0\n')
  write('rules/notes.txt', 'no rules')
  const prometheus = `prometheus: {url: '${NOBODY}', rules: rules}`
  write('faci.yml', `service: shop\ncompose: {file: docker-compose.yml}\n${prometheus}\n`)
})

afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

describe('rule files', () => {
  it('are read from a folder, with the place of each alert', async () => {
    const {alerts} = await createRuleFiles([RULES]).alerts()
    expect(alerts.map(({name}) => name)).toEqual(expect.arrayContaining(['APIDown', 'HighResponseTime', 'Watchdog']))
    expect(alerts.find(({name}) => name === 'APIDown')).toEqual({
      ...{name: 'APIDown', file: join(RULES, 'alerts.yml'), line: 7, column: 16},
      ...{
        severity: 'critical',
        runbook: 'api-down',
        words: ['severity', 'priority', 'summary', 'description', 'runbook'],
      },
    })
    expect(alerts.find(({name}) => name === 'Watchdog')).toMatchObject({severity: 'none', runbook: null})
  })

  it('are one file too, and rules without alerts are passed over', async () => {
    const file = write('rules/b.yml', 'groups: [{name: g, rules: [{record: a, expr: b}, {alert: X, expr: c}, 3]}, 4]\n')
    expect((await createRuleFiles([file]).alerts()).alerts.map(({name}) => name)).toEqual(['X'])
    write('rules/b.yml', '')
    expect(await createRuleFiles([file]).alerts()).toEqual({alerts: [], unread: []})
  })

  it.each([
    ['nowhere', () => join(here, 'nowhere')],
    ['no YAML', () => write('broken.yml', 'groups: [')],
  ])('%s is told, and hides nothing else', async (_, file) => {
    const good = write('good.yml', 'groups: [{name: g, rules: [{alert: X, expr: c}]}]\n')
    const bad = file()
    expect(await createRuleFiles([bad, good]).alerts()).toMatchObject({alerts: [{name: 'X'}], unread: [{file: bad}]})
  })
})

describe('the built faci runbook lint', () => {
  const lint = (text: string, ...argv: readonly string[]) => {
    write('runbooks/book.md', text)
    return runHosted(['runbook', 'lint', ...argv], here)
  }

  it('has nothing to say of good ones: exit 0', async () => {
    expect(await lint(GOOD)).toMatchObject({exitCode: 0, stdout: '✔ 1 runbook, no problems found\n', stderr: ''})
  })

  it('warnings alone are exit 0', async () => {
    const {exitCode, stdout} = await lint(WARNED)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^runbooks\/book\.md:7:7 {2}warning {2}unknown-variable {2}/)
  })

  it('errors are exit 6, with their places', async () => {
    const {exitCode, stdout} = await lint(WRONG)
    expect(exitCode).toBe(6)
    expect(stdout).toMatch(/^runbooks\/book\.md:7:1 {2}error {2}shell {2}/)
    expect(stdout).toMatch(/\n\n✖ 1 error in 1 runbook\n$/)
  })

  it.each([['--json'], ['--output', 'json']])('%s %s prints one document', async (...argv) => {
    const {exitCode, stdout} = await lint(WRONG, ...argv)
    expect(exitCode).toBe(6)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{schema: 'faci.runbook-lint/v1', verdict: 'invalid'},
      data: {runbooks: ['book'], findings: [{rule: 'shell', severity: 'error', file: 'runbooks/book.md', line: 7}]},
    })
  })

  it('--output github prints workflow commands', async () => {
    const {exitCode, stdout} = await lint(WRONG, '--output', 'github')
    expect(exitCode).toBe(6)
    expect(stdout).toMatch(/^::error file=runbooks\/book\.md,line=7,col=1,title=shell::.+\n$/)
  })

  it('an unknown name is exit 2, with what was meant', async () => {
    const {exitCode, stderr} = await lint(GOOD, 'bok')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('did you mean `book`?')
  })

  it('--live: what cannot be reached is not checked, exit 4; an error is exit 6 all the same', async () => {
    const query = '## Ask\n```promql {diagnose}\nup\n```\n'
    const unknown = await lint(GOOD + query, '--live')
    expect(unknown.exitCode).toBe(4)
    expect(unknown.stdout).toContain('? metrics not checked: ')
    expect((await lint(WRONG + query, '--live')).exitCode).toBe(6)
  })

  it('rule files that are not there are told, and the runbooks are checked', async () => {
    const config = write(
      'other.yml',
      `service: shop\ncompose: {file: c.yml}\nprometheus: {url: '${NOBODY}', rules: nowhere}\n`,
    )
    const {exitCode, stdout} = await lint(GOOD, '--config', config)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^nowhere:1:1 +warning +rules-unread +this cannot be read/m)
  })
})

describe('the shipped runbooks', () => {
  it('are clean', async () => {
    const {stdout} = await runHosted(['runbook', 'lint', '--json'], repositoryRoot)
    const {data} = JSON.parse(stdout) as {readonly data: {readonly findings: readonly {readonly file: string}[]}}
    expect(data.findings).toEqual([])
  })
})
