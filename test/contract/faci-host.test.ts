// A host runs many commands in one process: each must be as it is in a process of its own, whatever ran before it.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {type Outcome, runBuilt} from '../support/built-faci.js'
import {runHosted} from '../support/hosted-faci.js'

type Run = typeof runBuilt
/** The same folder for each way of running, so that none finds what the other left. */
const WAYS = {own: runBuilt, host: runHosted} as const satisfies Record<string, Run>
const root = mkdtempSync(join(tmpdir(), 'faci-host-'))

const RUNBOOK = `---
resolved: {within: 1s, hold: 0s, every: 100ms, all: [{promql: up, expect: "> 0"}]}
---
# X
## Do it
\`\`\`sh {mitigate id=cure}
true
\`\`\`
`

function makeFolders(way: string): void {
  const shop = join(root, way, 'shop')
  for (const folder of [join(root, way, 'empty'), join(shop, 'runbooks')]) mkdirSync(folder, {recursive: true})
  const config = 'service: shop\ncompose: {file: docker-compose.yml}\nprometheus: {url: "http://127.0.0.1:9"}\n'
  writeFileSync(join(shop, 'faci.yml'), config)
  writeFileSync(join(shop, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n')
  writeFileSync(join(shop, 'runbooks', 'x.md'), RUNBOOK)
}

afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

const PASSING = [
  /\d{4}-\d\d-\d\dT[\d:.]+Z/g,
  /\b[0-9A-HJKMNP-TV-Z]{26}\b/g,
  /\b[0-9a-f]{12,64}\b/g,
  /\b\d+(?:\.\d+)? ?m?s\b/g,
  /\b\d\d:\d\d(?::\d\d)?Z?\b/g,
  /\(node:\d+\)/g,
  /"(?:durationMs|elapsedSeconds|seconds)": [\d.]+/g,
  / +/g,
]

/** Without what differs from one run to the next. */
function lasting({stdout, stderr, exitCode}: Outcome, way: string): unknown {
  const plain = (text: string): string =>
    PASSING.reduce((left, what) => left.replaceAll(what, ' '), text.replaceAll(join(root, way), 'ROOT'))
  return {stdout: plain(stdout), stderr: plain(stderr), exitCode}
}

type Case = readonly [line: string, environment?: NodeJS.ProcessEnv, folder?: 'empty']

/** One after another: each finds what those before have left, in the folder and, of the host, in the process. */
const CASES: readonly Case[] = [
  [''],
  ['--version', {}, 'empty'],
  ['status'],
  ['status', {}, 'empty'],
  ['status --json', {FACI_CONFIG: 'nowhere.yml'}],
  ['doctor', {NO_COLOR: '', FORCE_COLOR: '1', COLUMNS: '60'}],
  ['doctor'],
  ['query up --json'],
  ['alerts lst'],
  ['logs --bogus'],
  ['runbook list'],
  ['runbook x --dry-run'],
  ['runbook x --yes', {FACI_READ_ONLY: '1'}],
  ['runbook x --yes'],
  ['runbook x --yes --json'],
  ['notify --title x --preview', {TZ: 'America/Sao_Paulo'}],
  ['notify --title x --message - --preview'],
  ['notify --title x --to terminal'],
  ['runbook runs', {TZ: 'UTC'}],
  ['runs --json'],
  ['restart api --yes'],
  ['restart api --dry-run', {PATH: '/nowhere'}],
  ['status --utc'],
  ['help runbook'],
]

async function outcomes(way: keyof typeof WAYS): Promise<readonly unknown[]> {
  makeFolders(way)
  const all: unknown[] = []
  for (const [line, environment, folder = 'shop'] of CASES) {
    const argv = line.split(' ').filter((word) => word !== '')
    const env = {DOCKER_HOST: 'tcp://127.0.0.1:1', ...environment}
    all.push(lasting(await WAYS[way](argv, join(root, way, folder), env), way))
  }
  return all
}

describe('a command in a host that has run others, and may be run in it again', () => {
  let own: readonly unknown[] = []
  let hosted: readonly unknown[] = []

  beforeAll(async () => {
    ;[own, hosted] = await Promise.all([outcomes('own'), outcomes('host')])
  })

  it.each(CASES.map(([line], at) => [`faci ${line}`, at] as const))('%s (%i)', (_, at) => {
    expect(hosted[at]).toEqual(own[at])
  })
})
