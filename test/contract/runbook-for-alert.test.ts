import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runInShell} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

const here = mkdtempSync(join(tmpdir(), 'faci-for-alert-'))

function runbook(name: string, front: string): void {
  const look = '## Look\n```sh {diagnose id=look}\necho "looking at $service"\n: "$zone"\n```\n'
  const inputs =
    'inputs: {service: {default: nothing, oneOf: [nothing, api, redis], fromAlert: true}, zone: {default: here}}'
  writeFileSync(join(here, 'runbooks', `${name}.md`), `---\n${front}\n${inputs}\n---\n# ${name}\n${look}`)
}

beforeAll(() => {
  mkdirSync(join(here, 'runbooks'))
  writeFileSync(join(here, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml, project: x}\n')
  runbook('down', 'alerts: [APIDown, Shared]')
  runbook('redis-down', `alerts: ['APIDown{service="redis",severity=~"crit.*"}', Shared]`)
})

afterAll(() => {
  rmSync(here, {recursive: true, force: true})
})

const faci = (...argv: readonly string[]) => runHosted(['runbook', ...argv], here)

function webhook(...alerts: readonly Readonly<Record<string, string>>[]): string {
  const firing = alerts.map((labels) => ({status: 'firing', labels, annotations: {}}))
  const over = {status: 'resolved', labels: {alertname: 'Other'}, annotations: {}}
  return JSON.stringify({version: '4', status: 'firing', alerts: [...firing, over]})
}

/** With `document` on its standard input. */
const fed = (document: string, flags = '') =>
  runInShell(`printf '%s' "$DOCUMENT" | $FACI runbook --alert - ${flags}`.replace('"$DOCUMENT"', `'${document}'`), here)

interface RunDocument {
  readonly warnings?: readonly string[]
  readonly data: {
    readonly runbook: string
    readonly inputs: Readonly<Record<string, string>>
    readonly items: readonly {readonly output: string}[]
  }
}

describe('faci runbook --alert', () => {
  it('runs the runbook that is for it, and says that nobody sees the alert', async () => {
    const {stdout, stderr, exitCode} = await faci('--alert', 'APIDown')
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^✔ down diagnosed/)
    expect(stderr).toContain(
      '! the alerts cannot be seen: faci.yml has no `alertmanager` and no `prometheus` section; continuing with APIDown as given',
    )
    expect(stderr).toContain('APIDown is for down')
  })

  it('takes the most specific one, with the labels as inputs', async () => {
    const {stdout, stderr, exitCode} = await faci('--alert', 'APIDown{service="redis",severity="critical"}', '--json')
    expect({stderr, exitCode}).toEqual({stderr: '', exitCode: 0})
    const {data, warnings} = JSON.parse(stdout) as RunDocument
    expect(data).toMatchObject({runbook: 'redis-down', inputs: {service: 'redis', zone: 'here'}})
    expect(data.items[0]?.output).toBe('looking at redis')
    expect(warnings).toEqual([expect.stringContaining('cannot be seen')])
  })

  it('reads a webhook from its standard input; --input wins', async () => {
    const document = webhook({alertname: 'APIDown', service: 'api'})
    const shown = JSON.parse((await fed(document, '--json')).stdout) as RunDocument
    expect(shown.data).toMatchObject({runbook: 'down', inputs: {service: 'api'}})
    expect(shown.warnings).toBeUndefined()
    const given = JSON.parse((await fed(document, '--json --input service=redis')).stdout) as RunDocument
    expect(given.data.inputs).toEqual({service: 'redis', zone: 'here'})
  })

  it('plans without running', async () => {
    const {stdout, stderr, exitCode} = await fed(
      webhook({alertname: 'APIDown', service: 'grafana', zone: 'there\u202e'}),
      '--dry-run',
    )
    expect(exitCode).toBe(0)
    expect(stdout).toContain('service=nothing')
    expect(stderr).toContain('! label service=grafana ignored: input `service` must be one of nothing, api, redis')
    expect(stdout).toContain('zone=here')
    expect(stderr).toContain('! label zone=there\\u202e ignored: input `zone` has no fromAlert')
  })

  it.each([
    [['--alert', 'Shared'], 'Shared matches several runbooks', 'faci runbook down'],
    [['--alert', 'APIDwn'], 'no runbook handles APIDwn', 'faci runbook --alert APIDown'],
    [['--alert', 'APIDown{service=api}'], 'a value in quotes is expected, at character 17', '--alert APIDown'],
    [['down', '--alert', 'APIDown'], 'not both', 'faci runbook down'],
  ])('exits 2 for %j', async (argv, said, suggestion) => {
    const {stdout, stderr, exitCode} = await faci(...argv)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain(said)
    expect(stderr).toContain(`→ ${suggestion}`)
  })

  it('refuses alerts that lead to different runbooks', async () => {
    const document = webhook({alertname: 'APIDown'}, {alertname: 'APIDown', service: 'redis', severity: 'critical'})
    const {stdout, stderr, exitCode} = await fed(document)
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toContain('→ faci runbook down   (APIDown)\n')
    expect(stderr).toContain('→ faci runbook redis-down   (APIDown)\n')
  })

  it('exits 6 for a selector that cannot be read, with its place', async () => {
    writeFileSync(join(here, 'runbooks', 'odd.md'), '---\nalerts:\n  - Odd{x}\n---\n# Odd\n')
    const {stderr, exitCode} = await faci('odd')
    expect(exitCode).toBe(6)
    expect(stderr).toContain('odd.md:3:10: `Odd{x}` selects no alert: =, !=, =~ or !~ is expected')
  })
})
