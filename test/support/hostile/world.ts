import {EVIL_ROTA} from './rota.js'
import {chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {createServer, type ServerResponse} from 'node:http'
import type {AddressInfo} from 'node:net'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {fileLeases} from '../../../src/adapters/store/file-lease.js'
import {fileOutbox} from '../../../src/adapters/store/file-outbox.js'
import {jsonlJournal} from '../../../src/adapters/store/jsonl-journal.js'
import {systemClock} from '../../../src/adapters/system/system-clock.js'
import type {Detail} from '../../../src/domain/journal/detail.js'
import type {RunEvent} from '../../../src/domain/journal/events.js'
import {masker} from '../../../src/domain/secrets/masker.js'
import {aNotice} from '../builders/notice.js'
import {faciHere, type Printed} from './in-process.js'
import {fillIncidents} from './incidents.js'
import {type Answers, EXEC_ANSWERS} from './exec-answers.js'
import {EVIL_RULES} from './rules.js'
import {evil, evilLine, HOSTILE} from './texts.js'

const AT = '2026-11-23T06:00:00Z'
export const RUN_ID = '01K00000000000000000000000'
const NOTICE_ID = '01ARZ3NDEKTSV4RRFFQ69G5FA1'

const LABELS = {
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': evil('Container.service'),
  'com.docker.compose.container-number': '1',
  'com.docker.compose.config-hash': 'h'.repeat(64),
  'com.docker.compose.oneoff': 'False',
  'com.docker.compose.project.working_dir': `/srv/${evil('Container.workingDirectory')}`,
  'com.docker.compose.project.config_files': `/srv/${evil('Container.composeFiles')}`,
  'com.docker.compose.project.environment_file': `/srv/${evil('Container.envFiles')}`,
  'com.docker.compose.version': evil('Container.composeVersion'),
}
/** One that Compose's file knows. */
const API = {...LABELS, 'com.docker.compose.service': 'api'}
const OTHER = {
  ...LABELS,
  'com.docker.compose.project': evil('ComposeProject.project'),
  'com.docker.compose.service': evil('ComposeProject.services'),
  'com.docker.compose.project.working_dir': `/srv/${evil('ComposeProject.directory')}`,
  'com.docker.compose.project.config_files': `/srv/${evil('ComposeProject.files')}`,
}

const STATE = {Status: 'exited', OOMKilled: false, ExitCode: 1, StartedAt: AT, FinishedAt: AT}
const CONTAINER = {
  ...{Id: 'b'.repeat(64), Name: `/${evil('Container.name')}`, Created: AT, Image: evil('Container.imageId')},
  ...{RestartCount: 0, State: STATE, HostConfig: {Memory: 0, NanoCpus: 0}},
  Config: {Image: evil('Container.image'), Labels: LABELS, Tty: true},
}
const RUNNING = {
  ...CONTAINER,
  Id: 'a'.repeat(64),
  State: {...STATE, Status: 'running', Health: {Status: 'healthy'}},
  Config: {...CONTAINER.Config, Labels: API},
}

const ALERT = {
  labels: {
    alertname: evil('Alert.name'),
    severity: evil('Alert.severity'),
    priority: evil('Alert.priority'),
    instance: evil('Alert.labels{}'),
    [evil('Alert.labels{name}')]: 'x',
  },
  annotations: {
    summary: evil('Alert.summary'),
    description: evil('Alert.description'),
    runbook_url: evil('Alert.runbook'),
    other: evil('Alert.annotations{}'),
    [evil('Alert.annotations{name}')]: 'x',
  },
  ...{startsAt: AT, endsAt: '2099-01-01T00:00:00Z', updatedAt: AT},
  ...{fingerprint: evil('Alert.fingerprint'), receivers: [{name: evil('Alert.receivers')}]},
  status: {state: 'suppressed', silencedBy: [evil('Alert.silencedBy')], inhibitedBy: [evil('Alert.inhibitedBy')]},
}

const SILENCE = {
  ...{id: evil('Silence.id'), status: {state: 'active'}},
  ...{createdBy: evil('Silence.createdBy'), comment: evil('Silence.comment')},
  matchers: [{name: evil('Matcher.label'), value: evil('Matcher.value'), isRegex: false, isEqual: true}],
  ...{startsAt: AT, endsAt: '2099-01-01T00:00:00Z'},
}

const SERIES = [
  {__name__: 'up', [evil('Sample.labels{name}')]: 'x'},
  // A cell of CSV begins with a metric's name.
  {__name__: '=HYPERLINK("http://evil.example")', evil: 'x'},
  ...[...HOSTILE, evil('Sample.labels{}')].map((value) => ({
    __name__: 'up',
    evil: value,
    endpoint: value,
    alertname: value,
  })),
]
const RANGES = [
  {metric: {__name__: '@SUM(1)', evil: 'x'}},
  {
    metric: {
      __name__: 'up',
      evil: evil('Series.labels{}'),
      alertname: evil('Series.labels{}'),
      [evil('Series.labels{name}')]: 'x',
    },
  },
]
const VECTOR = SERIES.map((metric) => ({metric, value: [1_795_413_600, '1']}))
const MATRIX = RANGES.map(({metric}) => ({
  metric,
  values: [
    [1_795_413_600, '1'],
    [1_795_413_660, '1'],
  ],
}))

const RULE = {
  ...{type: 'alerting', name: evil('LoadedRule.name'), query: evil('LoadedRule.expression'), duration: 0},
  ...{state: 'firing', health: 'err', lastError: evil('LoadedRule.error'), evaluationTime: 0},
  lastEvaluation: '2026-11-23T06:00:00Z',
  labels: {severity: evil('LoadedRule.labels{}'), [evil('LoadedRule.labels{name}')]: 'x'},
  annotations: {summary: evil('LoadedRule.annotations{}'), [evil('LoadedRule.annotations{name}')]: 'x'},
  alerts: [
    {
      ...{state: 'firing', activeAt: AT, value: '1'},
      labels: {alertname: evil('LoadedAlert.labels{}'), [evil('LoadedAlert.labels{name}')]: 'x'},
      annotations: {summary: evil('LoadedAlert.annotations{}'), [evil('LoadedAlert.annotations{name}')]: 'x'},
    },
  ],
}

/** For YAML, in ASCII: a runbook with hidden characters in its front matter is not run. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^\x20-\x7e]/gu,
    (character) => String.raw`\U` + (character.codePointAt(0) ?? 0).toString(16).padStart(8, '0'),
  )
}
const ROUTING = `route: {receiver: ${quoted(evil('Route.receiver'))}, group_by: [${quoted(evil('Route.groupBy'))}]}
receivers: [{name: ${quoted(evil('Receiver.name'))}, webhook_configs: [{url: http://127.0.0.1:9}]}]
`
const PROMETHEUS = `global: {external_labels: {${quoted(evil('Relabeling.externalLabels{name}'))}: ${quoted(evil('Relabeling.externalLabels{}'))}}}\n`

const LOG = [
  JSON.stringify({level: 'error', message: evil('LogSource.read#'), endpoint: evil('LogSource.read#'), status: 500}),
  `plain ${evilLine('LogSource.read#')}`,
  'x',
].join('\n')

const EVENT = {
  Action: 'die',
  Actor: {
    ID: 'c'.repeat(64),
    Attributes: {...LABELS, 'com.docker.compose.service': evil('ContainerEvent.service'), name: 'x', exitCode: '1'},
  },
  timeNano: Date.now() * 1e6 - 1e9,
}

const ANSWERING: Answers = [
  [/\/version$/, {Version: evil('EngineInfo.version'), ApiVersion: evil('EngineInfo.apiVersion')}],
  [/\/info$/, {ID: 'engine-1'}],
  [
    /\/containers\/json$/,
    [
      {Id: CONTAINER.Id, Labels: LABELS, State: 'exited'},
      {Id: RUNNING.Id, Labels: API, State: 'running'},
      {Id: 'd'.repeat(64), Labels: OTHER, State: 'running'},
    ],
  ],
  [/\/containers\/a+\/json$/, RUNNING],
  [/\/containers\/b+\/json$/, CONTAINER],
  [/\/containers\/d+\/json$/, {...RUNNING, Id: 'd'.repeat(64), Config: {...RUNNING.Config, Labels: OTHER}}],
  [/\/containers\/\w+\/logs$/, Buffer.from(LOG)],
  ...EXEC_ANSWERS,
  [/\/images\/json$/, []],
  [/\/images\//, {Id: evil('ImageInfo.id'), RepoTags: [evil('ImageInfo.tags')], Created: AT}],
  [/\/events$/, EVENT],
  [
    /^\/api\/v1\/query$/,
    {
      ...{status: 'success', warnings: [evil('InstantAnswer.warnings')], infos: [evil('InstantAnswer.notes')]},
      data: {resultType: 'vector', result: VECTOR},
    },
  ],
  [
    /^\/api\/v1\/query_range$/,
    {
      ...{status: 'success', warnings: [evil('RangeAnswer.warnings')], infos: [evil('RangeAnswer.notes')]},
      data: {resultType: 'matrix', result: MATRIX},
    },
  ],
  [
    /^\/api\/v1\/rules$/,
    {status: 'success', data: {groups: [{name: evil('LoadedRule.group'), interval: 15, rules: [RULE]}]}},
  ],
  [/^\/api\/v1\/status\/config$/, {status: 'success', data: {yaml: PROMETHEUS}}],
  [/^\/api\/v1\/status\/buildinfo$/, {status: 'success', data: {version: evil('Metrics.version')}}],
  [/^\/api\/v1\/status\/runtimeinfo$/, {status: 'success', data: {storageRetention: '15d'}}],
  [/^\/api\/v2\/alerts$/, [ALERT]],
  [/^\/api\/v2\/silences$/, [SILENCE]],
  [/^\/api\/v2\/status$/, {config: {original: ROUTING}, versionInfo: {version: evil('Alerts.version')}}],
  [
    /^\/metrics$/,
    Buffer.from(
      `\nalertmanager_notifications_total{integration="${evilLine('AlertRouting.notifications{name}').replaceAll(/["}]/g, '')}"} 0\n`,
    ),
  ],
  [/^\/health$/, {status: 'DOWN', components: {[evil('HttpAnswer.body')]: {status: 'DOWN'}}}],
  [/^\/slack$/, Buffer.from('ok')],
]

/** Nothing works, and everybody says why. */
const FAILING: Answers = [
  [/^\/api\/v1\/rules/, {status: 'error', errorType: 'x', error: evil('LoadedRules!')}],
  [/^\/api\/v1\//, {status: 'error', errorType: evil('Metrics!'), error: evil('Metrics!')}],
  [/^\/api\/v2\/status/, evil('AlertRouting!')],
  [/^\/api\/v2\//, evil('Alerts!')],
  [/\/containers\/\w+\/logs$/, {message: evil('LogSource!')}],
  [/\/images\//, {message: evil('ImageTags!')}],
  [/\/containers\/|\/version|\/events|\/info/, {message: evil('Engine!')}],
  [/^\/slack$/, {error: evil('Notifier.send.reason.code'), ok: false}],
]

const RUNBOOK = `---
title: ${quoted(evil('PlacedRunbook.title'))}
owner: ${quoted(evil('PlacedRunbook.owner'))}
severity: critical
---

${evilLine('PlacedRunbook.introduction')}

## ${evilLine('Step.title')}

It says: ${evilLine('Step.prose')}

\`\`\`sh {diagnose id=look outputs=out}
cat "$EVIL_FILE"
cat "$EVIL_FILE.err" >&2
printf 'out<<%s\\n' "$FACI_EOF" >> "$FACI_OUTPUT"; cat "$EVIL_FILE.out" >> "$FACI_OUTPUT"; printf '\\n%s\\n' "$FACI_EOF" >> "$FACI_OUTPUT"
\`\`\`

\`\`\`promql {diagnose id=ask}
up
\`\`\`

\`\`\`http {diagnose id=get}
GET URL/health
\`\`\`

- [ ] ${evilLine('PersonTask.text')}
`

/** A runbook in which everything is wrong, in hostile words. */
const BROKEN = `---
${quoted(evil('Problem.message'))}: x
---
## a
\`\`\`sh {diagnos ${evilLine('Problem.suggestion').replaceAll(/[{}`"]/g, '')}}
x
\`\`\`
`

function runbookRun(): readonly RunEvent[] {
  const text = (name: string): string => evil(`RunEvent.${name}`)
  const error = (name: string): Detail => ({why: 'error', text: evil(name)})
  const result = {
    outcome: 'failed',
    exitCode: 1,
    durationSeconds: 1,
    output: text('output'),
    detail: {why: 'error', text: text('detail')},
  } as const
  const at = {elapsedSeconds: 1}
  return [
    {
      ...{kind: 'run.started', runId: RUN_ID, runbook: 'evil', title: text('title'), hash: 'sha256:x', ...at},
      ...{service: 'shop', environment: text('environment'), project: text('project'), operator: text('operator')},
      ...{mode: 'full', force: false, selection: {only: [], skip: [], from: null}, directory: '/srv'},
      ...{inputs: {[text('inputs{name}')]: text('inputs{}')}, secretInputs: [text('secretInputs')]},
    },
    {
      ...{kind: 'look', after: null, state: 'false', ...at},
      conditions: [
        {condition: evil('ConditionReading.condition'), state: 'false', detail: error('ConditionReading.detail.text')},
      ],
    },
    {kind: 'lease.taken', takenFrom: error('RunEvent.takenFrom'), ...at},
    {kind: 'gate.answered', id: 'look', hash: 'x', answer: 'yes', how: {why: 'error', text: text('how.text')}, ...at},
    {
      kind: 'evidence.kept',
      id: 'look',
      files: [text('files')],
      problems: [{why: 'notKept', container: 'look', text: text('problems')}],
      ...at,
    },
    {kind: 'block.started', id: 'look', attempt: 1, ...at},
    {kind: 'block.finished', id: 'look', ...result, captured: {[text('captured{name}')]: text('captured{}')}, ...at},
    {kind: 'block.skipped', id: 'ask', reason: {why: 'error', text: text('how.text')}, ...at},
    {
      ...{kind: 'notice.sent', id: 'tell', noticeId: 'x', channel: text('channel'), status: 'rejected', ...at},
      ...{why: error('RunEvent.why'), text: text('text'), closing: true},
    },
    {kind: 'run.interrupted', reason: {why: 'error', text: text('how.text')}, ...at},
  ]
}

/** Compose as a program that prints what it likes; it fails when it is to change something. */
const COMPOSE = `#!/bin/sh
case "$*" in
  *version*) echo 2.29.1 ;;
  *--profiles*) ;;
  *--hash*) ;;
  *config*) [ -n "$EVIL_FAILS" ] && { cat "$EVIL_FILE.compose" >&2; exit 1; }; cat "$EVIL_FILE.model" ;;
  *) cat "$EVIL_FILE.apply"; exit 1 ;;
esac
`

/** As Prometheus's own tool: every file is refused; it does not run when it is to fail. */
const PROMTOOL = `#!/bin/sh
case "$*" in
  *--version*) echo "promtool, version 2.42.0"; exit ;;
esac
[ -n "$EVIL_FAILS" ] && { cat "$EVIL_FILE.why" >&2; exit 7; }
for file; do :; done
printf '  FAILED:\n%s: ' "$file" >&2
cat "$EVIL_FILE.said" >&2
exit 1
`

/** `failing`: every backend answers with an error; `locked`: somebody else holds the lock. */
export type WorldKind = 'answering' | 'failing' | 'locked'

export interface HostileWorld {
  readonly run: (argv: readonly string[]) => Promise<Printed>
  readonly close: () => Promise<void>
}

function serve(answers: Answers, response: ServerResponse, path: string): void {
  const answer = answers.find(([pattern]) => pattern.test(path))?.[1]
  const isFailure = answer !== undefined && answers === FAILING
  response.writeHead(answer === undefined ? 404 : isFailure ? 500 : 200, {
    'content-type': Buffer.isBuffer(answer) ? 'text/plain' : 'application/json',
  })
  response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer ?? {message: 'no such thing'}))
}

/** Services that Compose says there should be, and what it prints. */
function writeTools(directory: string, file: string): void {
  const services = {
    api: {image: 'api:1', depends_on: [evil('ServiceDefinition.dependencies')]},
    [evil('ComposeModel.services')]: {image: evil('ServiceDefinition.image')},
    [evil('ComposeModel.profiled')]: {image: 'x', profiles: ['p']},
  }
  writeFileSync(`${file}.model`, JSON.stringify({services}))
  writeFileSync(`${file}.apply`, `${evil('ChangeOutcome.output')}\n${evil('Compose.apply(line)')}\n`)
  writeFileSync(`${file}.compose`, evil('Compose!'))
  writeFileSync(file, evil('ShellOutcome.stdout'))
  writeFileSync(`${file}.err`, evil('ShellOutcome.stderr'))
  writeFileSync(`${file}.out`, evilLine('ShellOutcome.outputs{}'))
  mkdirSync(join(directory, 'tools'))
  writeFileSync(`${file}.said`, evil('SaidOfRules.said'))
  writeFileSync(`${file}.why`, evil('RuleChecker.check.why'))
  for (const [name, program] of [
    ['docker', COMPOSE],
    ['docker-compose', COMPOSE],
    ['promtool', PROMTOOL],
  ] as const) {
    writeFileSync(join(directory, 'tools', name), program)
    chmodSync(join(directory, 'tools', name), 0o755)
  }
}

function writeProject(directory: string, url: string): void {
  writeFileSync(
    join(directory, 'faci.yml'),
    `service: shop
timezone: UTC
compose: {file: docker-compose.yml, project: shop}
prometheus: {url: "${url}", job: shop, rules: [rules.yml, clean.yml]}
alertmanager: {url: "${url}"}
health: {web: {url: "${url}/health"}, api: {exec: [probe]}}
slos: [{name: uptime, objective: 99.5, indicator: {up: true}}]
notices: {slack: {webhook: "env:EVIL_SLACK"}}${EVIL_ROTA}`,
  )
  writeFileSync(join(directory, 'docker-compose.yml'), 'services: {api: {image: "api:1"}}\n')
  writeFileSync(join(directory, 'rules.yml'), EVIL_RULES)
  writeFileSync(
    join(directory, 'clean.yml'),
    JSON.stringify({groups: [{name: 'y', rules: [{record: 'a', expr: 'b'}]}]}),
  )
  mkdirSync(join(directory, 'runbooks'))
  writeFileSync(join(directory, 'runbooks', 'evil.md'), RUNBOOK.replace('URL', url))
  writeFileSync(join(directory, 'runbooks', 'broken.md'), BROKEN)
}

async function fillStore(directory: string): Promise<void> {
  const [store, clock] = [join(directory, '.faci'), systemClock]
  mkdirSync(store, {mode: 0o700})
  const by = evil('JournalEntry.by')
  const journal = jsonlJournal<RunEvent>({directory: store, masker: masker([]), clock, by})
  const writer = await journal.open(RUN_ID)
  for (const event of runbookRun()) await writer.append(event)
  await writer.keep('runbook.md', RUNBOOK)
  await writer.close()
  await fillIncidents(store)
  const place = join(store, 'outbox')
  const outbox = fileOutbox({directory: place, claims: fileLeases({directory: place, clock, operator: 'ana'})})
  const text = (name: string): string => evil(`Notice.${name}`)
  await outbox.put(
    aNotice({
      ...{id: NOTICE_ID, channel: 'slack', title: text('title'), body: text('body'), operator: text('operator')},
      ...{environment: text('environment'), host: text('host'), service: text('service')},
      facts: [{name: evil('NoticeFact.name'), value: evil('NoticeFact.value')}],
      incident: {
        ...{
          id: evil('NoticeIncident.id'),
          handle: evil('NoticeIncident.handle'),
          subject: evil('NoticeIncident.subject'),
        },
        ...{priority: 'P0', reopenings: 0, step: 'opened'},
      },
    }),
  )
  const attempt = {at: AT, outcome: 'failed', reason: {why: 'told', text: evil('Notifier.send.reason.text')}} as const
  const after = {nextTryAt: null, message: null, unconfirmed: false, repeats: 0, isRoot: false}
  await outbox.record(NOTICE_ID, attempt, after)
  writeFileSync(join(place, `${evilLine('UnreadableEntry.id').replaceAll('/', ' ').slice(0, 60)}.json`), '{')
}

/** All that others can write to faci, at once: backends on loopback, Compose on PATH, files, and a store with a past. */
export async function hostileWorld(kind: WorldKind): Promise<HostileWorld> {
  const directory = mkdtempSync(join(tmpdir(), `faci-hostile-${kind}-`))
  const answers = kind === 'failing' ? FAILING : ANSWERING
  const server = createServer((request, response) => {
    request.resume()
    serve(answers, response, (request.url ?? '/').split('?')[0] ?? '/')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const {port} = server.address() as AddressInfo
  const url = `http://127.0.0.1:${String(port)}`
  const file = join(directory, 'evil')
  writeTools(directory, file)
  writeProject(directory, url)
  await fillStore(directory)
  const environment = {
    PATH: `${join(directory, 'tools')}${delimiter}${process.env['PATH'] ?? ''}`,
    HOME: directory,
    XDG_CACHE_HOME: join(directory, 'cache'),
    DOCKER_HOST: `tcp://127.0.0.1:${String(port)}`,
    FACI_LOCK_DIRECTORY: join(directory, 'locks'),
    FACI_OPERATOR: 'ana',
    EVIL_FILE: file,
    EVIL_SLACK: `${url}/slack`,
    ...(kind === 'failing' ? {EVIL_FAILS: '1'} : {}),
  }
  const config = join(directory, 'faci.yml')
  if (kind === 'locked') {
    const leases = fileLeases({
      ...{directory: join(directory, '.faci'), clock: systemClock, operator: evil('LeaseHolder.operator')},
    })
    await leases.take('shop', {reason: evil('LeaseHolder.reason'), runId: null})
  }
  return {
    run: (argv) => faciHere([...argv, '--no-color', '--config', config], environment),
    close: () => {
      server.closeAllConnections()
      rmSync(directory, {recursive: true, force: true})
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
