import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {runBuilt} from '../support/built-faci.js'

const root = mkdtempSync(join(tmpdir(), 'faci-pipes-'))
afterAll(() => {
  rmSync(root, {recursive: true, force: true})
})

/** A project of its own, with a pipe at `piped`. */
function project(piped: string): string {
  const directory = mkdtempSync(join(root, 'project-'))
  const files = {
    'faci.yml': `service: shop
compose: {}
prometheus:
  url: http://127.0.0.1:1
  rules: rules.yml
  headers: {Authorization: 'file:${directory}/token'}
`,
    token: 'secret\n',
    'docker-compose.yml': 'services: {web: {image: busybox}}\n',
    'rules.yml': 'groups: []\n',
    'runbooks/good.md': '---\ntitle: Good\n---\n\n# Good\n',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), {recursive: true})
    writeFileSync(join(directory, name), text)
  }
  const file = join(directory, piped)
  mkdirSync(dirname(file), {recursive: true})
  rmSync(file, {force: true})
  execFileSync('mkfifo', [file])
  return directory
}

// A blocked open in this process would block the test's time limit too: it is looked at from outside.
describe.concurrent('a pipe in the place of', () => {
  const pipe = (file: string): RegExp => new RegExp(`${file} cannot be read \\(it is a named pipe\\)`)
  it.each([
    ['faci.yml', ['status'], 6, pipe('faci.yml')],
    ['.env', ['status'], 6, pipe('.env')],
    ['token', ['query', 'up'], 6, /header Authorization needs file:.*token, which has no value/],
    ['docker-compose.yml', ['up', '--dry-run'], 6, pipe('docker-compose.yml')],
    ['rules.yml', ['alerts', 'lint'], 6, pipe('rules.yml')],
    ['runbooks/good.md', ['runbook', 'good', '--dry-run'], 6, pipe('good.md')],
    ['runbooks/good.md', ['runbook', 'lint'], 6, pipe('good.md')],
    ['runbooks/good.md', ['runbook', 'list'], 0, /^$/],
    ['runbooks/Not A Name.md', ['runbook', 'list'], 0, /^$/],
    ['docker/config.json', ['stats'], 6, /docker\/config\.json cannot be understood/],
    ['docker/ca.pem', ['stats'], 6, pipe('ca.pem')],
  ])('%s is not waited for by %j', async (piped, argv, code, said) => {
    const directory = project(piped)
    const docker = join(directory, 'docker')
    const tls = piped.endsWith('.pem') ? {DOCKER_HOST: 'tcp://127.0.0.1:1', DOCKER_TLS_VERIFY: '1'} : {}
    const environment = {DOCKER_HOST: undefined, DOCKER_CONFIG: docker, HOME: directory, ...tls}
    const {exitCode, stderr} = await runBuilt(argv, directory, environment)
    expect({exitCode, stderr}).toEqual({exitCode: code, stderr: expect.stringMatching(said) as string})
  })

  it('what is remembered is not waited for', async () => {
    const directory = project('unused')
    for (let slot = 0; slot < 16; slot += 1) {
      const file = join(directory, '.cache', 'faci', `config-${String(slot)}.json`)
      mkdirSync(dirname(file), {recursive: true})
      execFileSync('mkfifo', [file])
    }
    const {exitCode} = await runBuilt(['runbook', 'list'], directory, {HOME: directory, XDG_CACHE_HOME: undefined})
    expect(exitCode).toBe(0)
  })
})
