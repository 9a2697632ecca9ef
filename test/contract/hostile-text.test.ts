import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'
import {type Answers, type ReadOnlyStack, readOnlyStack} from '../support/servers/read-only-stack.js'

/** Each tries to move the cursor, to hide, to turn or to forge something; `FORGED` never begins a line. */
const HOSTILE: readonly string[] = [
  '\u001B[2J\u001B[HFORGED',
  '\u001B[1A\u001B[2K\rFORGED',
  '\u001B]0;FORGED\u0007',
  '\u001B]8;;http://evil.example\u0007click\u001B]8;;\u0007',
  '\u001B[32m● healthy\u001B[0m',
  '\u001B[8mhidden',
  '\u001B[?25l',
  '\u001B7\u001B8',
  '\u009B2J',
  '\u009D0;FORGED\u009C',
  'a\rFORGED',
  'a\nFORGED ● healthy',
  'a\r\nFORGED',
  'a\n::error::FORGED',
  'a\u000BFORGED',
  'a\u000CFORGED',
  'a\u0085FORGED',
  'a\u2028FORGED',
  'a\u2029FORGED',
  '\u0008\u0008\u0008FORGED',
  '\u007F',
  '\u0000FORGED',
  '\u202EDEGROF\u202C',
  '\u2066FORGED\u2069',
  'pay\u200Bpal',
  '\uFEFFFORGED',
  'so\u00ADft',
  '\u{E0041}\u{E0042}',
  '\u3164\u115F\u1160\uFFA0',
  '\uE00AFORGED',
]
const ALL = HOSTILE.join(' | ')

const LABELS = {
  'com.docker.compose.project': 'faciliauto',
  'com.docker.compose.service': `api ${ALL}`,
  'com.docker.compose.container-number': '1',
  'com.docker.compose.config-hash': 'h'.repeat(64),
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.project.working_dir': `/srv/${ALL}`,
}

const CONTAINER = {
  ...{Id: 'b'.repeat(64), Name: `/x ${ALL}`, Created: '2026-11-23T06:00:00Z', Image: `sha256:${ALL}`, RestartCount: 0},
  State: {
    Status: 'exited',
    OOMKilled: false,
    ExitCode: 1,
    StartedAt: '2026-11-23T06:00:01Z',
    FinishedAt: '2026-11-23T06:00:02Z',
  },
  Config: {Image: `img ${ALL}`, Labels: LABELS, Tty: false},
  HostConfig: {Memory: 0, NanoCpus: 0},
}

const ALERT = {
  labels: {alertname: `Evil ${ALL}`, severity: ALL, priority: ALL, instance: ALL},
  annotations: {summary: ALL, description: ALL, runbook_url: ALL},
  ...{startsAt: '2026-11-23T06:00:00Z', endsAt: '2099-01-01T00:00:00Z', updatedAt: '2026-11-23T06:00:00Z'},
  ...{fingerprint: 'f1', generatorURL: `http://x/${ALL}`, receivers: [{name: ALL}]},
  status: {state: 'active', silencedBy: [], inhibitedBy: []},
}

const SILENCE = {
  ...{id: 's1', status: {state: 'active'}, createdBy: ALL, comment: ALL},
  matchers: [{name: 'alertname', value: ALL, isRegex: false, isEqual: true}],
  ...{startsAt: '2026-11-23T06:00:00Z', endsAt: '2099-01-01T00:00:00Z'},
}

const SERIES = HOSTILE.map((value) => ({metric: {__name__: 'up', evil: value}, value: [1_795_413_600, '1']}))

const ANSWERS: Answers = [
  [/\/version$/, {Version: `27 ${ALL}`, ApiVersion: '1.46'}],
  [/\/containers\/json$/, [{Id: CONTAINER.Id, Labels: LABELS, State: 'exited'}]],
  [/\/containers\/[a-f0-9]+\/json$/, CONTAINER],
  [/^\/api\/v1\/query$/, {status: 'success', warnings: [ALL], data: {resultType: 'vector', result: SERIES}}],
  [/^\/api\/v2\/alerts$/, [ALERT]],
  [/^\/api\/v2\/silences$/, [SILENCE]],
  [/^\/health$/, {status: ALL}],
]

const FAILING: Answers = [
  [/^\/api\/v1\//, {status: 'error', errorType: ALL, error: ALL}],
  [/^\/api\/v2\//, ALL],
  [/\/containers\//, {message: ALL}],
]

const RUNBOOK = `---
title: "Evil ${HOSTILE.map((value) =>
  JSON.stringify(value)
    .slice(1, -1)
    .replaceAll(/\\u00(..)/g, String.raw`\x$1`),
).join(' | ')}"
severity: critical
---

## Look

\`\`\`sh diagnose id=look
echo hello
\`\`\`
`

const COMMANDS: readonly (readonly string[])[] = [
  ['status'],
  ['alerts', 'list'],
  ['alerts', 'list', '--silences'],
  ['alerts', 'show', `Evil ${ALL.replaceAll('\0', '')}`],
  ['query', 'up'],
  ['signals'],
  ['latency'],
  ['dashboard'],
  ['health'],
  ['doctor'],
  ['check', 'daily'],
  ['check', 'daily', '--output', 'junit'],
  ['slo', 'report'],
  ['slo', 'report', '--output', 'md'],
  ['slo', 'report', '--output', 'csv'],
  ['runbook', 'list'],
  ['runbook', 'show', 'evil'],
  ['runbook', 'evil', '--dry-run'],
  ['runbook', 'lint', '--output', 'github'],
  ['logs'],
  ['status', ALL.replaceAll('\0', '')],
  ['query', ALL.replaceAll('\0', '')],
  ['runbook', 'show', ALL.replaceAll('\0', '')],
  ['logs', '--since', ALL.replaceAll('\0', '')],
  ['notify', '--title', ALL.replaceAll('\0', ''), '--body', ALL.replaceAll('\0', ''), '--preview'],
]

/** Nothing but letters, line breaks and tabs comes out, and no line is another's. */
function expectHarmless(text: string): void {
  expect(text).not.toMatch(/[^\P{Cc}\n\t]|[\p{Cf}\p{Zl}\p{Zp}\u3164\u115F\u1160\uFFA0\uE00A]/u)
  expect(text).not.toMatch(/^\s*(?:::error::)?FORGED/m)
}

let hostile: ReadOnlyStack
let failing: ReadOnlyStack
const directory = mkdtempSync(join(tmpdir(), 'faci-hostile-'))

async function faci(stack: ReadOnlyStack, argv: readonly string[]): Promise<string> {
  const at = `http://127.0.0.1:${String(stack.port)}`
  const config = `service: shop
timezone: UTC
compose: {file: docker-compose.yml, project: faciliauto}
prometheus: {url: "${at}", job: shop}
alertmanager: {url: "${at}"}
health: {api: {url: "${at}/health"}}
slos: [{name: uptime, objective: 99.5, indicator: {up: true}}]
`
  writeFileSync(join(directory, `${String(stack.port)}.yml`), config)
  const file = join(directory, `${String(stack.port)}.yml`)
  const {stdout, stderr} = await runBuilt([...argv, '--config', file], directory, {
    DOCKER_HOST: `tcp://127.0.0.1:${String(stack.port)}`,
    FACI_OPERATOR: 'ana',
  })
  return `${stdout}\n${stderr}`
}

beforeAll(async () => {
  ;[hostile, failing] = await Promise.all([readOnlyStack(ANSWERS), readOnlyStack(FAILING)])
  writeFileSync(join(directory, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n')
  mkdirSync(join(directory, 'runbooks'))
  writeFileSync(join(directory, 'runbooks', 'evil.md'), RUNBOOK)
})

afterAll(async () => {
  await Promise.all([hostile.close(), failing.close()])
  rmSync(directory, {recursive: true, force: true})
})

describe(`${String(HOSTILE.length)} hostile texts in everything that backends, files and the command line say`, () => {
  it.each(COMMANDS.map((argv) => [argv.slice(0, 2).join(' ').slice(0, 20), argv] as const))(
    '%s shows them, and does not obey them',
    async (_name, argv) => {
      const outputs = await Promise.all([faci(hostile, argv), faci(failing, argv)])
      outputs.forEach(expectHarmless)
      // What would not be read would be harmless too.
      expect(outputs.join()).not.toMatch(/configInvalid|faci has a bug|mend .*yml/)
    },
  )

  it('JSON has them as they are, and nothing hidden in the document', async () => {
    const text = await faci(hostile, ['query', 'up', '--json'])
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u)
    const {data} = JSON.parse(text.slice(0, text.lastIndexOf('}') + 1)) as {
      data: {samples: readonly {labels: Readonly<Record<string, string>>}[]}
    }
    expect(data.samples.map(({labels}) => labels['evil'])).toEqual(HOSTILE)
  })
})
