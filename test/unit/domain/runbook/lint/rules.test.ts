import {describe, expect, it} from 'vitest'
import {parseRunbook} from '../../../../../src/formats/runbook/parse-runbook.js'
import {destructiveCommands} from '../../../../../src/domain/runbook/lint/destructive.js'
import {unknownVariables, unusedInputs} from '../../../../../src/domain/runbook/lint/input-rules.js'
import {toolsOf} from '../../../../../src/domain/runbook/lint/live-subjects.js'
import {metricNames} from '../../../../../src/domain/runbook/lint/metric-names.js'
import {largestWindow, shortWithins} from '../../../../../src/domain/runbook/lint/query-windows.js'
import {writtenSecrets} from '../../../../../src/domain/runbook/lint/written-secrets.js'
import {runbookFaultText} from '../../../../../src/render/words/en/lint/runbook.js'
import type {PlacedRunbook} from '../../../../../src/domain/runbook/runbook.js'

function runbook(text: string): PlacedRunbook {
  const read = parseRunbook('x', 'x.md', text)
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems))
  return read.runbook
}

const END = '---\nresolved: {all: [{health: api}]}\n---\n'
const INPUT = '---\ninputs: {name: {default: x}}\n---\n'
const script = (body: string, info = 'sh {diagnose}', front = ''): PlacedRunbook =>
  runbook(`${front}## Step\n\`\`\`${info}\n${body}\n\`\`\`\n`)
const mitigation = (body: string): PlacedRunbook => script(body, 'sh {mitigate}', END)

describe('what is destructive', () => {
  it.each([
    'faci down',
    'docker compose -f x.yml down -v',
    'docker-compose rm -f api',
    'docker system prune -af',
    'docker volume rm data',
    'sudo docker container prune',
    'rm -rf /var/cache/x',
    '/bin/rm x',
    'find . -name x | xargs -r rm',
    'if true; then rm x; fi',
    'x=$(docker rm y)',
    'timeout 10 faci down && faci up',
    'bash -c "docker compose down"',
    'faci up api --recreate',
    'docker compose up --force-recreate',
    'docker compose down \\\n  --volumes',
  ])('%s', (body) => {
    expect(destructiveCommands(mitigation(body)).map(({rule}) => rule)).toEqual(['destructive'])
  })

  it.each([
    'faci restart api',
    'echo "then: faci down"',
    '# faci down',
    'docker run --rm -v /a:/b x',
    'curl -v http://x/down',
    'grep -v rm x',
    'faci logs api | grep down',
    'docker compose up -d',
    'cat <<X\nrm -rf /\nX',
  ])('not: %s', (body) => {
    expect(destructiveCommands(mitigation(body))).toEqual([])
  })
})

describe('secrets written out', () => {
  const key = 'a'.repeat(36)
  it.each([
    ['echo xoxb-123456789012-abcdef', 'a Slack token'],
    ['curl https://hooks.slack.com/services/T0001/B0001/abcdefghijklmnop', 'a Slack webhook'],
    ['aws configure set k AKIAIOSFODNN7EXAMPLE', 'an AWS access key'],
    [`git clone https://x/ # ghp_${key}`, 'a GitHub token'],
    ['psql postgres://admin:hunter2@db/x', 'a URL with a password'],
    ['PASSWORD=hunter2 ./x', 'a password'],
    ['mysql --password hunter2', 'a password'],
    ['curl -u admin:hunter2 http://x/', 'a password'],
    ['curl -d \'{"password": "hunter2"}\' http://x/', 'a password'],
    ['curl -H "Authorization: Basic YWRtaW46" http://x/', 'an Authorization header'],
    ['echo "-----BEGIN RSA PRIVATE KEY-----"', 'a private key'],
  ])('%s', (body, what) => {
    const [found, ...others] = writtenSecrets(script(body))
    expect(found === undefined ? null : runbookFaultText(found).message).toBe(`${what} is written out`)
    expect(others).toEqual([])
    expect(JSON.stringify(found)).not.toMatch(/hunter2|AKIA|ghp_|xoxb/)
  })

  it.each([
    'PASSWORD="$token" ./x',
    'token=$(cat /run/secrets/x)',
    'curl -H "Authorization: Bearer ${token}" http://localhost:8000/x',
    'psql "postgres://admin:$password@db/x"',
    'psql "postgres://admin:${password}@db/x"',
    'curl -u "$user:$password" http://x/',
    'echo "no password= here"',
    'curl http://localhost:8000/a@b',
  ])('not: %s', (body) => {
    expect(writtenSecrets(script(body, 'sh {diagnose}'))).toEqual([])
  })

  it('prose may speak of passwords, but hold no token', () => {
    expect(writtenSecrets(runbook('The password: is in the vault.\n'))).toEqual([])
    expect(writtenSecrets(runbook('It is xoxb-123456789012-abcdef.\n'))).toMatchObject([{line: 1, column: 7}])
  })

  it('a default of something called a token is one', () => {
    const text = '---\ninputs:\n  api_token: {default: abc}\n---\n'
    expect(writtenSecrets(runbook(text))).toMatchObject([{line: 3, column: 3}])
  })
})

describe('variables of scripts', () => {
  it.each([
    'for x in a b; do echo "$x"; done',
    'while read -r a b; do echo "$a $b"; done',
    'x=1; echo "$x"',
    'local_count+=1; echo "$local_count"',
    'mapfile -t rows < f; echo "${rows[0]}"',
    'printf -v out %s 1; echo "$out"',
    'echo "${maybe:-x}"',
    '((i = 1)); echo "$i"',
    "awk '{print $name}' f",
    'echo "$HOME $http_proxy"',
    'source ./x; echo "$set_there"',
  ])('%s is fine', (body) => {
    expect(unknownVariables(script(body))).toEqual([])
  })

  it('tells one that nobody sets, once, with what was meant', () => {
    const found = unknownVariables(script('echo "$nam" "$nam"', 'sh {diagnose}', INPUT))
    expect(found).toMatchObject([{line: 6, column: 7}])
    expect(found.map((one) => runbookFaultText(one).suggestion)).toEqual(['did you mean `$name`?'])
  })

  it('knows captures and declared outputs', () => {
    const text =
      '```sh {diagnose capture=one}\necho 1\n```\n```sh {diagnose outputs=two}\necho "two=2" >> "$FACI_OUTPUT"\n```\n```sh {diagnose}\necho "$one $two"\n```\n'
    expect(unknownVariables(runbook(text))).toEqual([])
  })
})

describe('inputs', () => {
  it.each([
    ['sh', 'echo "${name%x}"'],
    ['sh', 'printenv name'],
    ['sh', 'echo $((name + 1))'],
    ['promql', 'sum(up{a="${name}"})'],
    ['http', 'GET http://x/${name}'],
  ])('used in %s: %s', (language, body) => {
    expect(unusedInputs(script(body, `${language} {diagnose}`, INPUT))).toEqual([])
  })

  it('used in expect, in a notice and in resolved', () => {
    expect(unusedInputs(script('up', 'promql {diagnose expect=">= 1 * $name"}', INPUT))).toEqual([])
    expect(unusedInputs(script('{{name}}', 'md {notify}', INPUT))).toEqual([])
    const text = '---\ninputs: {name: {default: x}}\nresolved: {all: [{promql: "up{a=\'${name}\'}", expect: 1}]}\n---\n'
    expect(unusedInputs(runbook(text))).toEqual([])
  })
})

describe('windows', () => {
  it.each([
    ['rate(a[5m])', 300],
    ['max_over_time(rate(a[1m])[1h30m:1m])', 5400],
    ['a{b=~"[9d]"}', 0],
    ['rate(a[500ms]) + rate(b[2d])', 172_800],
  ])('of %s', (expression, seconds) => {
    expect(largestWindow(expression)).toBe(seconds)
  })

  it('of an input is that of its default', () => {
    const text = (within: string): string =>
      `---\ninputs: {window: {default: 5m}}\nresolved:\n  within: ${within}\n  all: [{promql: 'rate(a[\${window}])', expect: 0}]\n---\n`
    expect(shortWithins(runbook(text('6m')))).toEqual([])
    expect(shortWithins(runbook(text('1m')))).toMatchObject([{rule: 'within-window', line: 4, column: 3}])
  })
})

describe('the metrics of an expression', () => {
  it.each([
    ['histogram_quantile(0.95, sum by (le) (rate(http_b{job="x"}[5m]))) and on (job) up == 1', ['http_b', 'up']],
    ['topk(5, foo) by (x) or vector(0)', ['foo']],
    ['sum(rate(a:b_c[5m] offset 1d)) > bool 1e3', ['a:b_c']],
    ['a @ end() - Inf # b', ['a']],
    ['{__name__="x"}', []],
  ])('%s', (expression, names) => {
    expect(metricNames(expression)).toEqual(names)
  })
})

describe('tools', () => {
  it.each([
    ['faci status | jq .x', ['jq']],
    ['x=$(redis-cli ping); sudo -n systemctl status', ['redis-cli', 'sudo', 'systemctl']],
    ['f() { curl x; }\nf; "$tool" x; ./local', ['curl']],
    ['case x in a) b;; esac', []],
    ['for x in a; do echo; done', ['echo']],
  ])('%s', (body, tools) => {
    const found = toolsOf(script(body)).map(({text}) => text)
    expect([...new Set(found)].sort()).toEqual([...tools].sort())
  })
})
