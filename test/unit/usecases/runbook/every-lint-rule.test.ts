import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {RULES, type RuleId} from '../../../../src/domain/runbook/lint/rules.js'
import {inWords} from '../../../../src/render/findings/worded-findings.js'
import {runbookFaultText} from '../../../../src/render/words/en/lint/runbook.js'
import {lintRunbooks} from '../../../../src/usecases/runbook/lint-runbooks.js'
import {fakeAlertRules} from '../../../support/fakes/alert-rules.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {alertRule, LINT_INPUT, lintDeps, liveDeps} from '../../../support/lint-deps.js'

const fence = (info: string, body = 'true'): string => `## Step\n\`\`\`${info}\n${body}\n\`\`\`\n`
const front = (yaml: string): string => `---\n${yaml}\n---\n`
const END = front('resolved: {all: [{health: api}]}')

interface Sample {
  readonly bad: string
  /** Where it is told. */
  readonly at: string
  /** The same, mended. */
  readonly good: string
}

const mitigate = (body: string, attributes = ''): string => `${END}${fence(`sh {mitigate${attributes}}`, body)}`

/** Each rule has one runbook that breaks it, and only by that what is told of it. */
const SAMPLES: Readonly<Record<Exclude<RuleId, 'file-name' | 'rules-unread'>, Sample>> = {
  alert: {bad: front('alerts: [APIDwn]'), at: '2:10', good: front('alerts: [APIDown]')},
  'alert-contested': {bad: front('alerts: [Taken]'), at: '2:10', good: front('alerts: ["Taken{service=\'api\'}"]')},
  'alert-uncovered': {bad: front('alerts: []'), at: '5:16', good: front('alerts: [APIDown]')},
  attribute: {bad: fence('sh {diagnose colour=red}'), at: '2:17', good: fence('sh {diagnose timeout=1s}')},
  'attribute-syntax': {bad: fence('sh {diagnose timeout=}'), at: '2:17', good: fence('sh {diagnose}')},
  bidi: {bad: 'a\u202Eb\n', at: '1:2', good: 'ab\n'},
  capture: {
    bad: front('inputs: {a: {default: b}}') + fence('sh {diagnose capture=a}', 'echo "$a"'),
    at: '5:1',
    good: front('inputs: {a: {default: b}}') + fence('sh {diagnose capture=c}', 'echo "$a"'),
  },
  channel: {bad: fence('md {notify to=slak}', 'x'), at: '2:15', good: fence('md {notify to=slack}', 'x')},
  condition: {bad: front('resolved: {all: [{}]}'), at: '2:18', good: END},
  confusable: {
    bad: fence('sh {diagnose}', 'ls \u2013l /'),
    at: '3:4',
    good: fence('sh {diagnose}', 'ls -l / "\u2013l" # \u2014x'),
  },
  confirm: {bad: mitigate('true', ' confirm=maybe'), at: '5:17', good: mitigate('true', ' confirm=never')},
  default: {
    bad: front('inputs: {a: {default: b, oneOf: [c]}}') + fence('sh {diagnose}', 'echo "$a"'),
    at: '2:10',
    good: front('inputs: {a: {default: c, oneOf: [c]}}') + fence('sh {diagnose}', 'echo "$a"'),
  },
  destructive: {bad: mitigate('true\nfaci down'), at: '7:1', good: mitigate('true\nfaci down', ' confirm=always')},
  duration: {bad: front('timeout: soon'), at: '2:10', good: front('timeout: 5m')},
  empty: {bad: fence('sh {diagnose}', ''), at: '2:1', good: fence('sh {diagnose}')},
  expect: {
    bad: fence('promql {diagnose expect=few}', 'up'),
    at: '2:21',
    good: fence('promql {diagnose expect=1}', 'up'),
  },
  fence: {bad: '```sh {diagnose}\ntrue\n', at: '1:1', good: '```sh {diagnose}\ntrue\n```\n'},
  'foreign-key': {bad: front('weight: 3'), at: '2:1', good: front('title: x')},
  freshness: {bad: front('reviewEvery: 90d'), at: '2:1', good: front('title: x')},
  from: {
    bad: front('inputs: {a: {from: vault}}') + fence('sh {diagnose}', 'echo "$a"'),
    at: '2:20',
    good: front('inputs: {a: {from: "env:A"}}') + fence('sh {diagnose}', 'echo "$a"'),
  },
  'from-alert': {
    bad: front('inputs: {a: {default: x, fromAlert: true}}') + fence('sh {diagnose}', 'echo "$a"'),
    at: '2:10',
    good: front("inputs: {a: {default: x, fromAlert: true, pattern: '[a-z]+'}}") + fence('sh {diagnose}', 'echo "$a"'),
  },
  'front-matter': {bad: '---\ntitle: x\n', at: '1:1', good: front('title: x')},
  health: {bad: front('resolved: {all: [{health: apo}]}'), at: '2:27', good: END},
  hidden: {bad: fence('sh {diagnose}', 'echo "a\u202Eb"'), at: '3:8', good: fence('sh {diagnose}', 'echo "ab"')},
  http: {bad: fence('http {diagnose}', 'POST http://x/'), at: '3:1', good: fence('http {diagnose}', 'GET http://x/')},
  id: {bad: fence('sh {diagnose id=1}'), at: '2:17', good: fence('sh {diagnose id=a}')},
  'input-label': {
    bad: front('alerts: ["APIDown{a=\'x\'}"]\ninputs: {a: {default: x}}') + fence('sh {diagnose}', 'echo "$a"'),
    at: '3:10',
    good:
      front('alerts: ["APIDown{a=\'x\'}"]\ninputs: {a: {oneOf: [x], fromAlert: true}}') +
      fence('sh {diagnose}', 'echo "$a"'),
  },
  'input-name': {
    bad: front('inputs: {A-b: {default: x}}'),
    at: '2:10',
    good: front('inputs: {a: {default: x}}') + fence('sh {diagnose}', 'echo "$a"'),
  },
  language: {bad: fence('bash {diagnose}'), at: '2:4', good: fence('sh {diagnose}')},
  'lost-block': {
    bad: `## Step\n<details>\n<summary>x</summary>\n${fence('sh {diagnose}').slice(8)}</details>\n`,
    at: '4:1',
    good: `## Step\n<details>\n<summary>x</summary>\n\n${fence('sh {diagnose}').slice(8)}\n</details>\n`,
  },
  metric: {bad: fence('promql {diagnose}', 'sum(upp)'), at: '3:1', good: fence('promql {diagnose}', 'sum(up)')},
  'mixed-script': {bad: fence('sh {diagnose}', 'fаci status'), at: '3:2', good: fence('sh {diagnose}', 'faci status')},
  name: {bad: fence('sh {diagnose capture=A}'), at: '2:17', good: fence('sh {diagnose capture=a}')},
  'no-series': {bad: fence('promql {diagnose}', 'up > 1'), at: '3:1', good: fence('promql {diagnose}', 'sum(up)')},
  of: {
    bad: `${mitigate('true', ' id=a')}${fence('sh {rollback of=b}')}`,
    at: '9:1',
    good: `${mitigate('true', ' id=a')}${fence('sh {rollback of=a}')}`,
  },
  on_failure: {bad: mitigate('true', ' on_failure=pray'), at: '5:17', good: mitigate('true', ' on_failure=stop')},
  outputs: {
    bad: fence('sh {diagnose}', 'echo "a=1" >> "$FACI_OUTPUT"'),
    at: '2:1',
    good: fence('sh {diagnose outputs=a}', 'echo "a=1" >> "$FACI_OUTPUT"'),
  },
  pattern: {
    bad: front("inputs: {a: {default: x, pattern: '(?=x)x'}}") + fence('sh {diagnose}', 'echo "$a"'),
    at: '2:10',
    good: front("inputs: {a: {default: x, pattern: 'x'}}") + fence('sh {diagnose}', 'echo "$a"'),
  },
  placeholder: {bad: fence('md {notify}', '{{outcom}}'), at: '3:1', good: fence('md {notify}', '{{outcome}}')},
  prompt: {bad: fence('sh {diagnose}', '$ true'), at: '3:1', good: fence('sh {diagnose}', 'true \\\n  > "$x"')},
  promql: {bad: fence('promql {diagnose}', 'sum(up'), at: '3:7', good: fence('promql {diagnose}', 'sum(up)')},
  resolved: {bad: fence('sh {mitigate}'), at: '2:1', good: mitigate('true')},
  retries: {bad: mitigate('true', ' retries=99'), at: '5:17', good: mitigate('true', ' retries=2')},
  role: {bad: fence('sh {diagnos}'), at: '2:8', good: fence('sh {diagnose}')},
  secret: {
    bad: front('inputs: {a: {secret: true}}') + fence('sh {diagnose}', 'echo "$a"'),
    at: '2:10',
    good: front('inputs: {a: {secret: true, from: "env:A"}}') + fence('sh {diagnose}', 'echo "$a"'),
  },
  'secret-written': {
    bad: fence('sh {diagnose}', 'curl -H "Authorization: Bearer abcdef" http://x/'),
    at: '3:10',
    good: fence('sh {diagnose}', 'curl -H "Authorization: Bearer $TOKEN" http://x/'),
  },
  service: {bad: front('services: [apii]'), at: '2:12', good: front('services: [api, load]')},
  severity: {bad: front('severity: bad'), at: '2:11', good: front('severity: info')},
  shell: {bad: fence('sh {diagnose}', 'echo (syntax error'), at: '3:1', good: fence('sh {diagnose}')},
  'too-large': {bad: fence('sh {diagnose}', '# x\n'.repeat(20_000)), at: '1:1', good: fence('sh {diagnose}')},
  tool: {bad: fence('sh {diagnose}', 'x=$(no-such-tool)'), at: '3:5', good: fence('sh {diagnose}', 'x=$(date)')},
  type: {bad: front('alerts: APIDown'), at: '2:9', good: front('alerts: [APIDown]')},
  undeclared: {
    bad: fence('promql {diagnose}', 'sum(up{a="${x}"})'),
    at: '3:1',
    good: front('inputs: {x: {default: y}}') + fence('promql {diagnose}', 'sum(up{a="${x}"})'),
  },
  'unknown-key': {bad: front('titel: x'), at: '2:1', good: front('title: x')},
  'unknown-variable': {
    bad: fence('sh {diagnose}', 'echo "$nme"'),
    at: '3:7',
    good: fence('sh {diagnose}', 'echo "$NME"'),
  },
  'shell-promql': {
    bad:
      front('inputs: {job: {default: api}}') +
      fence('sh {diagnose}', 'curl -sG "$PROM/api/v1/query" --data-urlencode "query=up{job=\\"$job\\"}"'),
    at: '6:64',
    good:
      front('inputs: {job: {default: api, oneOf: [api]}}') +
      fence('sh {diagnose}', 'curl -sG "$PROM/api/v1/query" --data-urlencode "query=up{job=\\"$job\\"}"'),
  },
  'unlisted-script': {
    bad: fence('sh {diagnose}', './fix.sh'),
    at: '3:1',
    good: front('uses: [fix.sh]') + fence('sh {diagnose}', './fix.sh'),
  },
  'unused-input': {
    bad: front('inputs:\n  tail: {default: x}'),
    at: '3:3',
    good: front('inputs:\n  tail: {default: x}') + fence('sh {diagnose}', 'faci logs --tail "$tail"'),
  },
  url: {
    bad: fence('http {diagnose}', 'GET http://gone/'),
    at: '3:5',
    good: fence('http {diagnose}', 'GET http://here/'),
  },
  verify: {bad: fence('sh {verify}'), at: '2:1', good: `${mitigate('true')}${fence('sh {verify}')}`},
  when: {bad: fence('md {notify when=never}', 'x'), at: '2:15', good: fence('md {notify when=always}', 'x')},
  'within-window': {
    bad: `${mitigate('true')}${fence('promql {verify within=1m expect=1}', 'rate(up[5m])')}`,
    at: '9:19',
    good: `${mitigate('true')}${fence('promql {verify within=5m expect=1}', 'rate(up[5m])')}`,
  },
  yaml: {bad: front('title: "x'), at: '3:1', good: front('title: "x"')},
}

const ALERTS = [alertRule('APIDown'), alertRule('Taken'), alertRule('Watchdog', {severity: 'none'})]

async function lint(text: string) {
  const live = liveDeps({http: fakeHttp(({url}) => (url.includes('gone') ? 'unreachable' : 200))})
  const deps = lintDeps({'a-book': text, other: front('alerts: [Taken]')}, {rules: ALERTS, live})
  return inWords(await lintRunbooks(deps, LINT_INPUT), runbookFaultText).data.findings
}

describe.each(Object.entries(SAMPLES))('the rule %s', (id, {bad, at, good}) => {
  const rule = id as keyof typeof SAMPLES

  it('finds what it is about, at its place, as severe as it says', async () => {
    const found = (await lint(bad)).filter((finding) => finding.rule === rule)
    expect(found.map(({line, column}) => `${String(line)}:${String(column)}`)).toContain(at)
    expect(new Set(found.map(({severity}) => severity))).toEqual(new Set([RULES[rule].severity]))
    for (const {message} of found) expect(message).not.toMatch(/^$|undefined|\[object/)
  })

  it('has nothing against what is right', async () => {
    expect((await lint(good)).filter((finding) => finding.rule === rule)).toEqual([])
  })
})

it('a rule file that cannot be read is told, and the alerts of the others are known', async () => {
  const rules = fakeAlertRules(
    [alertRule('Lonely')],
    [],
    [{file: '/srv/rules', line: 1, column: 1, why: 'is not there'}],
  )
  const {data} = inWords(await lintRunbooks({...lintDeps({}), alertRules: rules}, LINT_INPUT), runbookFaultText)
  expect(data.findings.map(({file, rule, severity}) => `${file} ${rule} ${severity}`)).toEqual([
    'rules rules-unread warning',
    'rules/alerts.yml alert-uncovered error',
  ])
})

it('an expression of a selector that Prometheus could not read selects nothing', async () => {
  const deps = lintDeps({x: front(`alerts: ['APIDown{a=~"(?=b)"}']`)}, {rules: ALERTS})
  const {data} = inWords(await lintRunbooks(deps, LINT_INPUT), runbookFaultText)
  expect(data.findings).toContainEqual(
    expect.objectContaining({
      ...{rule: 'alert', line: 2, column: 11, suggestion: "RE2's syntax, as in PromQL"},
      message: expect.stringMatching(/^APIDown\{a=~"\(\?=b\)"\} selects no alert: invalid or unsupported/) as string,
    }),
  )
})

it('an interruption of a live look is no finding', async () => {
  const http = {send: () => Promise.reject(new FaciError('interrupted', 'by Ctrl-C'))}
  const deps = lintDeps({x: fence('http {diagnose}', 'GET http://here/')}, {live: liveDeps({http})})
  await expect(lintRunbooks(deps, LINT_INPUT)).rejects.toMatchObject({code: 'interrupted'})
})
