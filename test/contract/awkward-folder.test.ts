// A project in a folder whose name no shell takes as it is: everything works there, and what is printed to be typed can be pasted.
import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {shellCommand} from '../../src/domain/text/shell-command.js'
import {type Outcome, runBuilt} from '../support/built-faci.js'

const root = mkdtempSync(join(tmpdir(), 'faci-awkward-'))
const directory = join(root, `prod ção 日本 $HOME 'x'`)
const FILES = {
  'faci.yml': `service: shop
compose: {file: docker-compose.yml, project: faci-awkward}
health: {api: {url: 'http://127.0.0.1:9/health', timeout: 1s}}
prometheus: {url: 'http://127.0.0.1:9', rules: regras}
`,
  'docker-compose.yml': 'services: {api: {image: "api:1"}}\n',
  'runbooks/queda.md': '---\ntitle: Queda\n---\n# Queda\n\n## Look\n\n```sh {diagnose}\npwd; ls\n```\n',
  'regras/ção.yml': 'groups: [{name: a, rules: [{record: "job:up", expr: sum(up)}]}]\n',
  'parado/.faci': 'in the way of a store\n',
  'parado/faci.yml': 'service: shop\n',
}

beforeAll(() => {
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(join(directory, name, '..'), {recursive: true})
    writeFileSync(join(directory, name), text)
  }
})
afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

const faci = (argv: readonly string[], from = directory): Promise<Outcome> =>
  runBuilt(argv, from, {DOCKER_HOST: 'unix:///nowhere/docker.sock', HOME: root})

/** As bash reads it back: what is printed is pasted. */
function words(line: string): readonly string[] {
  return execFileSync('bash', ['-c', `printf '%s\\0' ${line}`], {encoding: 'utf8'})
    .split('\0')
    .slice(0, -1)
}

/** All that is to be typed, as `→ COMMAND` or on a line of its own. */
function typed({stdout, stderr}: Outcome): readonly string[] {
  return [...`${stdout}\n${stderr}`.matchAll(/→ (?<command>(?:faci|df|ls|docker|export|chmod) .*)$/gm)].map(
    ({groups}) => groups?.['command'] ?? '',
  )
}

describe('in a folder with spaces, quotes, $ and letters of other scripts', () => {
  it.each<[readonly string[], number, RegExp]>([
    [['status'], 3, /api .*down/],
    [['runbook', 'list'], 0, /^queda /m],
    [['runbook', 'show', 'queda'], 0, /^Queda/],
    [['runbook', 'lint'], 0, /1 runbook, no problems found/],
    [['runbook', 'queda', '--diagnose'], 0, /Queda diagnosed/],
    [['runs'], 0, /queda .*diagnosed/],
    [['doctor'], 3, /configuration +✔ ok +.*\/prod ção 日本 \$HOME 'x'\/faci\.yml/],
    [['check', 'daily'], 3, /health checks +api is down/],
    [['alerts', 'lint'], 0, /1 recording rule, no problems found/],
    [['notify', '--title', 'Ação', '--message', 'ok'], 0, /Ação/],
    [['health'], 3, /api/],
    [['stats'], 4, /^$/],
  ])('faci %j works', async (argv, exitCode, said) => {
    const outcome = await faci(argv)
    expect([outcome.exitCode, outcome.stdout]).toEqual([exitCode, expect.stringMatching(said)])
    expect(outcome.stdout + outcome.stderr).not.toMatch(/has a bug|\\x|\\u|%[0-9A-F]{2}|�/)
  })

  it('a block runs there', async () => {
    const {stderr} = await faci(['runbook', 'queda', '--diagnose'])
    expect(stderr).toContain(`│ ${directory}\n`)
  })

  it('what is to be typed names it as one word', async () => {
    const outcome = await faci(['runs'], join(directory, 'parado'))
    const lines = typed(outcome)
    expect(lines.map(words)).toContainEqual(['ls', '-ld', join(directory, 'parado', '.faci')])
    expect(lines.map((line) => shellCommand(words(line)))).toEqual(lines)
  })
})
