// Every word of the runbook format, run by the built faci: a word that is ignored fails its test.
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {FRONT_MATTER} from '../../src/formats/runbook/front-matter-table.js'
import {ALL_LANGUAGES} from '../../src/domain/runbook/block-languages.js'
import {ALL_ATTRIBUTES, ROLES} from '../../src/formats/runbook/vocabulary.js'
import {engineWorld, type EngineWorld} from '../support/engine-world.js'

let world: EngineWorld

beforeEach(async () => {
  world = await engineWorld()
})
afterEach(async () => {
  await world.close()
})

const fence = (info: string, body: string): string => `\`\`\`${info}\n${body}\n\`\`\`\n`
const RESOLVED = 'resolved: {within: 1s, hold: 0s, every: 200ms, all: [{health: api}]}'

function book(front: string, ...blocks: readonly string[]): string {
  return `---\n${front}\n---\n# X\n## Do it\n${blocks.join('')}`
}

const HEAL = fence('sh {mitigate id=cure}', 'heal')
const DRY = ['runbook', 'x', '--dry-run']
const RUN = ['runbook', 'x', '--yes', '--rollback', 'never']

async function run(runbook: string, ...argv: readonly string[]) {
  world.write(runbook)
  return world.run(argv.length === 0 ? RUN : argv)
}

function finished() {
  return world.journal().filter(({kind}) => kind === 'block.finished')
}

/** What it proves, by word. */
type Proof = () => Promise<void>

const ROLE_PROOFS: Readonly<Record<string, Proof>> = {
  diagnose: async () => {
    const {exitCode} = await run(book(RESOLVED, fence('sh {diagnose}', 'log look; exit 7'), HEAL))
    expect([exitCode, world.log()]).toEqual([0, ['look']])
    const acting = await run(
      book(RESOLVED, fence('sh {diagnose}', 'faci restart api --yes || log refused')),
      ...RUN,
      '--force',
    )
    expect([acting.exitCode, world.log()]).toEqual([0, ['look', 'refused']])
  },
  mitigate: async () => {
    const refused = await run(book(RESOLVED, HEAL), 'runbook', 'x')
    expect([refused.exitCode, refused.stdout]).toEqual([5, expect.stringMatching(/faci runbook resume \S+ --yes/)])
    expect((await run(book(RESOLVED, HEAL))).exitCode).toBe(0)
  },
  verify: async () => {
    const verify = fence('sh {verify within=400ms every=100ms}', 'log verify; exit 1')
    const {exitCode} = await run(book(RESOLVED, fence('sh {mitigate id=a on_failure=stop}', 'true'), verify, HEAL))
    expect(exitCode).toBe(3)
    expect(world.log().length).toBeGreaterThan(1)
  },
  rollback: async () => {
    const blocks = [fence('sh {mitigate id=a}', 'log a'), fence('sh {rollback of=a}', 'log undo; heal')]
    const {exitCode} = await run(book(RESOLVED, ...blocks), 'runbook', 'x', '--yes', '--rollback', 'always')
    expect([exitCode, world.log()]).toEqual([7, ['a', 'undo']])
  },
  notify: async () => {
    await run(book(RESOLVED, HEAL, fence('md {notify to=slack}', 'It is {{outcome}} by {{operator}}')))
    expect(world.outbox().map(({notice}) => notice.body)).toEqual(['It is resolved by ana'])
  },
}

const LANGUAGE_PROOFS: Readonly<Record<string, Proof>> = {
  sh: async () => {
    const script = 'set -- "$(cat)"; log "stdin=[$1] $name"\nfalse | true\nlog unreachable'
    const front = `inputs: {name: {default: "a; rm -rf $(x)"}}\n${RESOLVED}`
    await run(book(front, fence('sh {diagnose}', script), HEAL))
    expect(world.log()).toEqual(['stdin=[] a; rm -rf $(x)'])
  },
  promql: async () => {
    const asked: string[] = []
    world.query.answer = (expression) => {
      asked.push(expression)
      return '42'
    }
    const front = `inputs: {job: {default: 'a"b'}}\n${RESOLVED}`
    const blocks = [
      fence('promql {diagnose capture=value}', 'up{job="${job}"}'),
      fence('sh {diagnose}', 'log "$value"'),
      HEAL,
    ]
    await run(book(front, ...blocks))
    expect(asked.map((text) => text.trim())).toEqual([String.raw`up{job="a\"b"}`])
    expect(world.log()).toEqual(['42'])
  },
  http: async () => {
    const front = `inputs: {q: {default: "a b/c"}}\n${RESOLVED}`
    const get = fence('http {diagnose}', 'GET WORLD/status/200?q=${q}\nX-Name: ${q}')
    await run(book(front, get, fence('http {mitigate id=cure}', 'POST WORLD/heal\nContent-Type: text/plain\n\nnow')))
    expect(world.requests).toContain('GET /status/200?q=a%20b%2Fc')
    expect(world.requests).toContain('POST /heal now')
  },
  md: ROLE_PROOFS['notify'] ?? (() => Promise.reject(new Error('none'))),
}

const ATTRIBUTE_PROOFS: Readonly<Record<string, Proof>> = {
  id: async () => {
    const {stdout} = await run(book(RESOLVED, HEAL), ...DRY)
    expect(stdout).toMatch(/--approve cure@[0-9a-f]{32}/)
  },
  timeout: async () => {
    await run(book(RESOLVED, fence('sh {diagnose id=slow timeout=300ms}', 'sleep 30'), HEAL))
    expect(finished()[0]).toMatchObject({id: 'slow', outcome: 'timedOut'})
  },
  retries: async () => {
    await run(book(RESOLVED, fence('sh {diagnose retries=2 backoff=10ms}', 'log try; false'), HEAL))
    expect(world.log()).toEqual(['try', 'try', 'try'])
  },
  backoff: async () => {
    await run(
      book(RESOLVED, fence('sh {diagnose retries=2 backoff=300ms}', 'date +%s%3N > t; log "$(cat t)"; false'), HEAL),
    )
    const [first = 0, second = 0, third = 0] = world.log().map(Number)
    expect(second - first).toBeGreaterThanOrEqual(300)
    expect(third - second).toBeGreaterThanOrEqual(600)
  },
  confirm: async () => {
    const always = book(RESOLVED, fence('sh {mitigate id=cure confirm=always}', 'heal'))
    expect((await run(always)).exitCode).toBe(5)
    const approval = /cure@[0-9a-f]+/.exec((await run(always, ...DRY)).stdout)?.[0] ?? ''
    expect((await run(always, ...RUN, '--approve', approval)).exitCode).toBe(0)
    await world.close()
    world = await engineWorld()
    expect((await run(book(RESOLVED, fence('sh {mitigate confirm=never}', 'heal')), 'runbook', 'x')).exitCode).toBe(0)
  },
  capture: async () => {
    await run(
      book(RESOLVED, fence('sh {diagnose capture=was}', 'echo "  7 "'), fence('sh {diagnose}', 'log "[$was]"'), HEAL),
    )
    expect(world.log()).toEqual(['[7]'])
  },
  outputs: async () => {
    const forged = String.raw`printf 'url=x\nhttp_proxy=http://attacker\n' >> "$FACI_OUTPUT"`
    const later = fence('sh {diagnose}', 'log "${url-nothing} ${http_proxy-nothing}"')
    await run(book(RESOLVED, fence('sh {diagnose id=seen outputs="url note"}', forged), later, HEAL))
    expect(world.log()).toEqual(['nothing nothing'])
    expect(finished()[0]).toMatchObject({id: 'seen', outcome: 'failed'})
    const lines = '{ echo "note<<$FACI_EOF"; printf "a\nurl=y\n"; echo "$FACI_EOF"; } >> "$FACI_OUTPUT"'
    const both = fence('sh {diagnose outputs="url note"}', `echo url=x >> "$FACI_OUTPUT"; ${lines}`)
    await run(book(RESOLVED, both, fence('sh {diagnose}', 'log "$url $(echo $note)"'), HEAL))
    expect(world.log().at(-1)).toBe('x a url=y')
    const told = await run(book(RESOLVED, fence('sh {diagnose}', forged), HEAL))
    expect([told.exitCode, told.stderr]).toEqual([6, expect.stringContaining('{diagnose outputs="url"}')])
  },
  expect: async () => {
    world.query.answer = () => '0.9'
    const blocks = [
      fence('promql {diagnose id=low capture=base expect="< 0.5"}', 'ratio'),
      fence('sh {diagnose id=near expect="<= 1.1 * $base"}', 'echo 0.95'),
      fence('http {diagnose id=status expect=404}', 'GET WORLD/status/404'),
    ]
    await run(book(RESOLVED, ...blocks, HEAL))
    expect(finished().map(({id, outcome}) => [id, outcome])).toEqual([
      ['low', 'failed'],
      ['near', 'ok'],
      ['status', 'ok'],
      ['cure', 'ok'],
    ])
  },
  within: async () => {
    const blocks = [
      fence('sh {mitigate id=a}', 'date +%s%3N > began'),
      fence('sh {verify within=4s every=100ms}', '[ $(($(date +%s%3N) - $(cat began))) -ge 700 ] && heal'),
    ]
    expect((await run(book(RESOLVED, ...blocks))).exitCode).toBe(0)
  },
  hold: async () => {
    const blocks = [
      fence('sh {mitigate id=a}', 'heal'),
      fence('sh {verify id=v hold=600ms every=100ms}', 'log "$(date +%s%3N)"'),
    ]
    await run(book(RESOLVED, ...blocks))
    const times = world.log().map(Number)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(500)
  },
  every: async () => {
    const blocks = [
      fence('sh {mitigate id=a}', 'true'),
      fence('sh {verify id=v within=1s every=400ms}', 'log "$(date +%s%3N)"; false'),
    ]
    await run(book(RESOLVED, ...blocks))
    const [first = 0, second = 0] = world.log().map(Number)
    expect(second - first).toBeGreaterThanOrEqual(400)
  },
  on_failure: async () => {
    const stop = book(RESOLVED, fence('sh {mitigate on_failure=stop}', 'false'), HEAL)
    expect((await run(stop)).exitCode).toBe(3)
    expect((await run(stop.replace('stop', 'next'))).exitCode).toBe(0)
  },
  of: async () => {
    const blocks = [
      fence('sh {mitigate id=a}', 'log a'),
      fence('sh {mitigate id=b}', 'log b'),
      fence('sh {rollback of=b}', 'log undo-b'),
    ]
    await run(book(RESOLVED, ...blocks), 'runbook', 'x', '--yes', '--only', 'a', '--rollback', 'always')
    expect(world.log()).toEqual(['a'])
  },
  to: async () => {
    const unknown = await run(book(RESOLVED, HEAL, fence('md {notify to=terminal}', 'hello')))
    expect(unknown.stderr + unknown.stdout).toContain('hello')
    expect(world.outbox().map(({notice}) => notice.channel)).toEqual(['terminal'])
  },
  when: async () => {
    const notices = ['started', 'resolved', 'unresolved', 'always'].map((when) =>
      fence(`md {notify when=${when}}`, when),
    )
    await run(book(RESOLVED, HEAL, ...notices))
    expect(
      world
        .outbox()
        .map(({notice}) => notice.body)
        .sort(),
    ).toEqual(['always', 'resolved', 'started'])
  },
}

const FRONT_PROOFS: Readonly<Record<string, Proof>> = {
  title: async () => {
    expect((await run(book(`title: Down under\n${RESOLVED}`, HEAL), ...DRY)).stdout).toContain('Down under')
  },
  severity: async () => {
    await run(book(`severity: critical\n${RESOLVED}`, HEAL, fence('md {notify}', 'x')))
    expect(world.outbox()[0]?.notice.severity).toBe('critical')
  },
  alerts: async () => {
    await run(book(`alerts: [APIDown]\n${RESOLVED}`, HEAL), ...DRY)
    expect((await world.run(['runbook', 'list'])).stdout).toContain('APIDown')
  },
  services: async () => {
    await run(book(`services: [apii]\n${RESOLVED}`, HEAL), ...DRY)
    expect((await world.run(['runbook', 'list'])).stdout).toContain('apii')
  },
  owner: async () => {
    await run(book(`owner: the-ops-team\n${RESOLVED}`, HEAL), ...DRY)
    expect((await world.run(['runbook', 'show', 'x'])).stdout).toContain('the-ops-team')
  },
  reviewEvery: async () => {
    await run(book(`reviewEvery: 90d\n${RESOLVED}`, HEAL), ...DRY)
    expect((await world.run(['runbook', 'show', 'x'])).stdout).toMatch(/every 90d/)
  },
  timeout: async () => {
    const blocks = [fence('sh {mitigate id=a}', 'sleep 1'), fence('sh {mitigate id=b}', 'log b; heal')]
    const {exitCode, stdout} = await run(book(`timeout: 1s\n${RESOLVED}`, ...blocks))
    expect([exitCode, world.log()]).toEqual([3, []])
    expect(stdout).toContain('the time of the run is over')
  },
  uses: async () => {
    const text = book(`uses: [fix.sh]\n${RESOLVED}`, fence('sh {mitigate id=cure confirm=always}', 'bash ./fix.sh'))
    writeFileSync(join(world.directory, 'fix.sh'), 'heal\n')
    const approval = /cure@[0-9a-f]+/.exec((await run(text, ...DRY)).stdout)?.[0] ?? ''
    writeFileSync(join(world.directory, 'fix.sh'), 'log another; heal\n')
    const other = await run(text, ...RUN, '--approve', approval)
    expect([other.exitCode, other.stderr]).toEqual([5, expect.stringContaining('not what was approved')])
    writeFileSync(join(world.directory, 'fix.sh'), 'heal\n')
    expect((await run(text, ...RUN, '--approve', approval)).exitCode).toBe(0)
  },
  inputs: async () => {
    const front = `inputs:\n  service: {default: api, oneOf: [api, redis]}\n  token: {secret: true, from: 'env:TOKEN'}\n${RESOLVED}`
    const text = book(front, fence('sh {diagnose}', 'log "$service"; echo "$token"'), HEAL)
    expect((await run(text)).stderr).toContain('TOKEN')
    world.write(text)
    const wrong = await world.run([...RUN, '--input', 'service=db'], {TOKEN: 'hunter2-hunter2'})
    expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('api, redis')])
    const right = await world.run([...RUN, '--input', 'service=redis'], {TOKEN: 'hunter2-hunter2'})
    expect([right.exitCode, world.log()]).toEqual([0, ['redis']])
    expect(right.stdout + right.stderr + JSON.stringify(world.journal())).not.toContain('hunter2')
  },
  resolved: async () => {
    world.query.answer = () => null
    const all = `all: [{health: api}, {http: 'WORLD/status/200', expect: 200}, {promql: up, expect: '>= 1'}]`
    const text = book(`resolved: {within: 500ms, hold: 400ms, every: 100ms, ${all}}`, HEAL)
    expect((await run(text, ...RUN, '--force')).exitCode).toBe(4)
    world.query.answer = () => '1'
    await world.run(['runbook', 'x', '--dry-run'])
    const looks = (): number => world.journal().filter(({kind, state}) => kind === 'look' && state === 'true').length
    expect((await run(text.replace('\nheal\n', '\nhurt; heal\n'), ...RUN, '--force')).exitCode).toBe(0)
    expect(looks()).toBeGreaterThan(3)
  },
}

describe('every word of the format has a proof', () => {
  it.each([
    ['roles', ROLES, ROLE_PROOFS],
    ['languages', ALL_LANGUAGES, LANGUAGE_PROOFS],
    ['attributes', ALL_ATTRIBUTES, ATTRIBUTE_PROOFS],
    ['front matter', Object.keys(FRONT_MATTER), FRONT_PROOFS],
  ] as const)('%s', (_, words, proofs) => {
    expect(Object.keys(proofs).sort()).toEqual([...words].sort())
  })
})

describe('roles', () => {
  it.each(Object.entries(ROLE_PROOFS))('%s', (_, proof) => proof())
})

describe('languages', () => {
  it.each(Object.entries(LANGUAGE_PROOFS))('%s', (_, proof) => proof())
})

describe('attributes', () => {
  it.each(Object.entries(ATTRIBUTE_PROOFS))('%s', (_, proof) => proof())
})

describe('front matter', () => {
  it.each(Object.entries(FRONT_PROOFS))('%s', (_, proof) => proof())
})

describe('and what has no attribute', () => {
  it('$FACI_OUTPUT becomes captures, but only of a script that exits 0', async () => {
    const good = fence('sh {diagnose outputs=seen}', 'echo "seen=yes" >> "$FACI_OUTPUT"')
    const bad = fence('sh {diagnose outputs=seen}', 'echo "seen=no" >> "$FACI_OUTPUT"; exit 1')
    await run(book(RESOLVED, good, bad, fence('sh {diagnose}', 'log "$seen"'), HEAL))
    expect(world.log()).toEqual(['yes'])
  })

  it('a capture that no variable holds fails its block, and no later block sees a part of it', async () => {
    const long = fence('sh {diagnose capture=path}', 'printf "/etc/prod/"; head -c 40000 /dev/zero | tr "\\0" x')
    await run(book(RESOLVED, long, fence('sh {diagnose}', 'log "${path-nothing}"'), HEAL))
    expect(world.log()).toEqual(['nothing'])
    expect(world.journal()).toContainEqual(
      expect.objectContaining({
        ...{kind: 'block.finished', outcome: 'failed', captured: {}},
        detail: {why: 'valueTooLong', name: 'path', characters: 40_010, atMostCharacters: 32_000},
      }),
    )
  })

  it('- [ ] is for a person: recorded as not asked without a terminal, and blocks nothing', async () => {
    const {exitCode, stdout} = await run(book(RESOLVED, HEAL, '- [ ] Call Bob\n'))
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Call Bob')])
    expect(world.journal()).toContainEqual(
      expect.objectContaining({kind: 'block.skipped', reason: {why: 'noOneToAsk'}}),
    )
  })

  it('a fence without braces is prose', async () => {
    await run(book(RESOLVED, fence('sh', 'log prose'), HEAL))
    expect(world.log()).toEqual([])
  })
})
