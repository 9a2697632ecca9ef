import {aContainer} from './builders/container.js'
import {patterns} from './patterns.js'
import {isProduction} from '../../src/domain/environment.js'
import {EVERYTHING} from '../../src/domain/execution/selection.js'
import type {RunEvent} from '../../src/domain/journal/events.js'
import type {NoticeDelivery, Notice} from '../../src/domain/notices/notice.js'
import {masker} from '../../src/domain/secrets/masker.js'
import {runbookFaultText} from '../../src/render/words/en/lint/runbook.js'
import {RUN} from '../../src/render/words/en/run.js'
import {renderGateCard} from '../../src/render/runbook/gate-card.js'
import {PLAIN} from '../../src/render/text/style.js'
import type {Engine} from '../../src/ports/engine.js'
import type {LogSource} from '../../src/ports/log-source.js'
import type {ShellCommand, ShellOutcome} from '../../src/ports/shell.js'
import type {RunDeps, RunInput} from '../../src/usecases/runbook/run-context.js'
import {fakeClock, type FakeClock} from './fakes/clock.js'
import {fakeHttp} from './fakes/http.js'
import {fakeIds} from './fakes/ids.js'
import {fakeJournal, type FakeJournal} from './fakes/journal.js'
import {fakeLeases, type FakeLeases} from './fakes/lease.js'
import {fakeLibrary} from './fakes/library.js'
import {fakeProgress, type FakeProgress} from './fakes/progress.js'
import {fakePrompt, type FakePrompt} from './fakes/prompt.js'
import {fakeShell, type FakeShell} from './fakes/shell.js'

/** A service of one API that a script can bring back. */
export interface Scene {
  readonly deps: RunDeps
  readonly clock: FakeClock
  readonly journal: FakeJournal<RunEvent>
  readonly leases: FakeLeases
  readonly progress: FakeProgress
  readonly prompt: FakePrompt
  readonly shell: FakeShell
  readonly notices: readonly Notice[]
  /** What `/health` answers: its status, or nobody. */
  health: number | 'unreachable'
  /** Digests of the files that scripts use. */
  files: Readonly<Record<string, string>>
  /** What is in them. */
  texts: Readonly<Record<string, string>>
}

export interface SceneOptions {
  readonly runbook: string
  /** What a script does; its answer is the outcome. */
  readonly onScript?: (scene: Scene, command: ShellCommand) => Partial<ShellOutcome>
  readonly answers?: readonly string[] | null
  readonly delivery?: NoticeDelivery['status']
  readonly values?: Readonly<Record<string, string>>
  /** null: it does not tell which it is. */
  readonly engine?: string | null
}

const CONTAINER = aContainer({id: 'c1', name: 'x-api-1', project: 'x', state: 'exited', exitCode: 137})

function fakeEngine(): Engine {
  return {
    info: () => Promise.resolve({version: '1', apiVersion: '1', endpoint: 'unix:///x'}),
    containers: () => Promise.resolve([CONTAINER]),
    events: () => Promise.resolve([]),
    projects: () => Promise.resolve([]),
    images: () => Promise.resolve([]),
    stats: () => Promise.resolve([]),
    inspect: () => Promise.resolve({State: {ExitCode: 137}}),
    attached: () => Promise.resolve([]),
  }
}

const fakeLogs: LogSource = {
  // eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
  read: async function* () {
    yield Buffer.from('last words\n')
  },
}

export function scene(options: SceneOptions): Scene {
  const clock = fakeClock()
  const journal = fakeJournal<RunEvent>()
  const leases = fakeLeases()
  const progress = fakeProgress()
  const prompt = fakePrompt(options.answers ?? null)
  const shell = fakeShell((command) => {
    clock.advance(1)
    return options.onScript?.(made, command) ?? {}
  })
  const notices: Notice[] = []
  const http = fakeHttp(() => made.health)
  const deps: RunDeps = {
    ...{clock, journal, leases, progress, prompt, shell, http, prober: http},
    library: fakeLibrary({'api-down': options.runbook}),
    ids: fakeIds(),
    masker: masker([]),
    faultText: runbookFaultText,
    metrics: null,
    runSilences: null,
    screen: RUN,
    drawGate: (card) => renderGateCard(card, PLAIN),
    engine: fakeEngine(),
    logs: fakeLogs,
    engineId: () => Promise.resolve('engine' in options ? (options.engine ?? null) : 'engine-1'),
    readUsed: (_directory, file) =>
      Promise.resolve({
        path: file,
        digest: made.files[file] ?? 'absent',
        text: made.texts[file] ?? '',
        begins: 'other',
      }),
    readValue: ({name}) => Promise.resolve(options.values?.[name] ?? null),
    patterns,
    notify: (notice) => {
      notices.push(notice)
      const {id, channel, title} = notice
      return Promise.resolve({id, channel, title, status: options.delivery ?? 'delivered', reason: null})
    },
  }
  const made: Scene = {
    ...{deps, clock, journal, leases, progress, prompt, shell, notices},
    health: 'unreachable',
    files: {},
    texts: {},
  }
  return made
}

type Over = Partial<Omit<RunInput, 'place'>> & {environment?: string; incident?: string}

export function runInput(over: Over = {}): RunInput {
  const {environment = 'development', incident = null, ...rest} = over
  return {
    name: 'api-down',
    place: {
      service: 'faciliauto',
      environment,
      production: isProduction(environment),
      project: 'x',
      configFile: '/srv/faci.yml',
      directory: '/srv',
      words: RUN,
      operator: 'ana',
      host: 'laptop',
      endpoints: [{name: 'api', url: 'http://localhost:8000/health', timeoutSeconds: 2}],
      channels: ['slack'],
      incident,
    },
    inputs: {},
    environmentNames: new Set(['PATH']),
    diagnose: false,
    force: false,
    yes: true,
    approve: [],
    confirm: null,
    takeover: null,
    readOnly: false,
    selection: EVERYTHING,
    step: false,
    rollback: null,
    onEvent: () => undefined,
    interrupts: {signal: new AbortController().signal, onCtrlC: () => undefined},
    ...rest,
  }
}
