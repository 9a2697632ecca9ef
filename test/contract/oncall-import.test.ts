import {execFileSync} from 'node:child_process'
import {mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, describe, expect, it} from 'vitest'
import {runInShell} from '../support/built-faci.js'
import {hostileExport} from '../support/hostile/rota-exports.js'
import {runHosted} from '../support/hosted-faci.js'
import {grafana, opsgenie, PAGERDUTY_LAYERS, PAGERDUTY_POLICY, pagerDuty} from '../support/oncall-exports/exports.js'

const directory = mkdtempSync(join(tmpdir(), 'faci-import-'))
afterAll(() => {
  rmSync(directory, {recursive: true, force: true})
})

function saved(name: string, value: unknown): string {
  writeFileSync(join(directory, name), typeof value === 'string' ? value : JSON.stringify(value))
  return name
}

async function imported(...argv: readonly string[]) {
  const {stdout, stderr, exitCode} = await runHosted(['oncall', 'import', ...argv], directory)
  return {stdout, stderr, exitCode}
}

const NO_ESCALATION = (name: string): string =>
  `! the file holds no escalation of ${name}, and without one \`faci oncall escalate\` notifies nobody: write \`escalation\` yourself\n`

describe.concurrent('faci oncall import', () => {
  it.each([
    ['pagerduty', [pagerDuty(), PAGERDUTY_POLICY], ''],
    ['opsgenie', opsgenie(), NO_ESCALATION('shop_schedule')],
    ['grafana', grafana(), NO_ESCALATION('Shop')],
  ])('writes a file of %s that faci itself obeys', async (tool, value, told) => {
    const place = join(directory, tool)
    mkdirSync(place)
    writeFileSync(join(place, 'export.json'), JSON.stringify(value))
    writeFileSync(join(place, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml}\noncall: oncall.yml\n')
    const {stdout, stderr, exitCode} = await runHosted(['oncall', 'import', 'export.json'], place)
    expect({stderr, exitCode}).toEqual({stderr: told, exitCode: 0})
    writeFileSync(join(place, 'oncall.yml'), stdout)
    const now = await runHosted(['oncall', '--json', '--at', '2027-01-05 20:00'], place)
    expect(now.exitCode).toBe(0)
    expect(now.stdout).toMatch(/"now": \{\s+"person": "\w/)
  })

  it('prints one document of the same under --json', async () => {
    const file = saved('json.json', [
      pagerDuty({overrides: [{start: '2099-01-01T00:00:00Z', end: '2099-01-02T00:00:00Z', user: null}]}),
      PAGERDUTY_POLICY,
    ])
    const {stdout, exitCode} = await imported(file, '--json')
    expect(exitCode).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'faci.oncall-import/v1',
      verdict: 'bad',
      data: {
        tool: 'pagerduty',
        schedule: 'Shop',
        rota: {timezone: 'America/New_York'},
        findings: [{kind: 'overridePerson'}],
      },
      warnings: [expect.stringContaining('is left out')],
    })
  })

  it('tells what is left out on stderr and in the file, and ends with 3', async () => {
    const {nights, base} = PAGERDUTY_LAYERS
    const file = saved('left.json', [
      pagerDuty({schedule_layers: [{...nights, rotation_turn_length_seconds: 5400}, base]}),
      PAGERDUTY_POLICY,
    ])
    const {stdout, stderr, exitCode} = await imported(file)
    const told = 'Nights is left out: a turn of 1h 30m is not in whole hours, or is longer than a year'
    expect({exitCode, stderr}).toEqual({exitCode: 3, stderr: `! ${told}\n`})
    expect(stdout).toContain(`# ${told}\n`)
  })

  it.each([
    ['an empty schedule', pagerDuty({schedule_layers: []})],
    ['no rotations', opsgenie({rotations: []})],
    ['no shifts', grafana([])],
  ])('writes nothing for %s, and ends with 3', async (name, value) => {
    const {stdout, stderr, exitCode} = await imported(saved(`${name}.json`, value))
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 3})
    expect(stderr).toMatch(/! nothing of the schedule .* can be carried over: no rota is written\n/)
  })

  it.each(['pagerduty', 'opsgenie', 'grafana'] as const)(
    'writes hostile names of %s so that nothing of them is alive',
    async (tool) => {
      const {stdout, stderr, exitCode} = await imported(saved(`hostile-${tool}.json`, hostileExport(tool)))
      expect(exitCode).toBe(3)
      // A tab moves nothing back, and stays.
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202E\u2066\uFEFF]/)
      expect(stdout).not.toMatch(/^FORGED/m)
      const place = join(directory, `hostile-${tool}`)
      mkdirSync(place)
      writeFileSync(join(place, 'oncall.yml'), stdout)
      writeFileSync(join(place, 'faci.yml'), 'service: shop\ncompose: {file: docker-compose.yml}\noncall: oncall.yml\n')
      expect(await runHosted(['oncall', '--at', '2027-01-05 20:00'], place)).toMatchObject({exitCode: 0})
    },
  )
})

describe.concurrent('faci oncall import refuses', () => {
  it.each([
    ['what is no JSON', 'no.json', 'people: [Ana]', /no\.json is not JSON, or not all of it\n {2}/],
    ['what is cut off', 'cut.json', JSON.stringify(pagerDuty()).slice(0, 300), /is not JSON, or not all of it/],
    ['an empty file', 'empty.json', '', /is not JSON/],
    ['deep nesting', 'deep.json', '['.repeat(200_000) + ']'.repeat(200_000), /holds no schedule|is not JSON/],
    ['something else', 'else.json', {a: [1, null, 'x']}, /holds no schedule of PagerDuty, Opsgenie or Grafana OnCall/],
    [
      'a list without layers',
      'list.json',
      {schedules: [{id: 'P', type: 'schedule', name: 'x'}]},
      /GET \/schedules\/ID/,
    ],
    [
      'a list without rotations',
      'names.json',
      {data: [{id: 'o', name: 'x', timezone: 'UTC', enabled: true}]},
      /expand=rotation/,
    ],
    [
      'several schedules',
      'two.json',
      [pagerDuty(), pagerDuty({name: 'Night shop'})],
      /→ faci oncall import two\.json --schedule 'Night shop'/,
    ],
    ['several tools', 'tools.json', [pagerDuty(), opsgenie()], /→ faci oncall import tools\.json --from opsgenie/],
    ['an unknown zone', 'zone.json', opsgenie({timezone: 'Moon/Base'}), /Moon\/Base, which Node\.js does not know/],
    [
      'a shape that is not theirs',
      'shape.json',
      pagerDuty({schedule_layers: [{name: 'x'}]}),
      /`schedule_layers\.0\.start` is missing/,
    ],
  ])('%s', async (_, name, value, told) => {
    const {stdout, stderr, exitCode} = await imported(saved(name, value))
    expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 2})
    expect(stderr).toMatch(told)
  })

  it('an export of another tool than it is told, and a schedule that is not there', async () => {
    const file = saved('other.json', opsgenie())
    expect((await imported(file, '--from', 'grafana')).stderr).toContain(`→ faci oncall import ${file} --from opsgenie`)
    expect((await imported(file, '--schedule', 'shop')).stderr).toContain('did you mean `shop_schedule`?')
  })

  it('a folder, a pipe, a link to nothing and a file that is too large, without waiting', async () => {
    mkdirSync(join(directory, 'folder'))
    execFileSync('mkfifo', [join(directory, 'pipe')])
    symlinkSync('nothing', join(directory, 'link'))
    writeFileSync(join(directory, 'large'), Buffer.alloc(17 * 1024 * 1024, 32))
    const why = {
      folder: 'it is a folder',
      pipe: 'it is a named pipe',
      link: 'ENOENT',
      large: 'it is larger than 16 MiB',
    }
    for (const [name, told] of Object.entries(why)) {
      const {stderr, exitCode} = await imported(name)
      expect({exitCode, is: stderr.includes(`${name} cannot be read (${told})`)}).toEqual({exitCode: 2, is: true})
    }
  })
})

it('reads ten megabytes, and takes one of a thousand schedules', async () => {
  const schedules = Array.from({length: 1000}, (_, at) => ({
    ...pagerDuty({name: `Schedule ${String(at)}`, description: 'x'.repeat(9000)}).schedule,
  }))
  const file = saved('ten.json', {schedules})
  expect(readFileSync(join(directory, file)).length).toBeGreaterThan(10_000_000)
  const {stdout, exitCode} = await imported(file, '--schedule', 'Schedule 700')
  expect([exitCode, stdout.split('\n')[0]]).toEqual([
    0,
    '# The schedule Schedule 700 of PagerDuty, written by `faci oncall import`.',
  ])
})

it('writes to a file by the shell, with findings on the screen alone', async () => {
  const team = {
    name: 'T',
    startDate: '2026-01-05T18:00:00Z',
    type: 'weekly',
    participants: [{type: 'team', name: 'Core'}],
  }
  const sample = opsgenie().data['rotations'] as readonly object[]
  const file = saved('shell.json', opsgenie({rotations: [...sample, team]}))
  const {stdout, stderr, exitCode} = await runInShell(`$FACI oncall import ${file} > out.yml`, directory)
  expect({stdout, exitCode}).toEqual({stdout: '', exitCode: 3})
  expect(stderr).toContain('T is left out: only people can take turns')
  expect(readFileSync(join(directory, 'out.yml'), 'utf8')).toContain('# T is left out: only people')
})
