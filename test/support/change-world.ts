import {FaciError} from '../../src/domain/errors.js'
import type {ChangeEvent} from '../../src/domain/change/change-event.js'
import type {ChangePlan} from '../../src/domain/change/change-plan.js'
import type {StackChange} from '../../src/domain/change/change.js'
import type {Container} from '../../src/domain/stack/container.js'
import type {ChangeStackDeps, ChangeStackInput} from '../../src/usecases/change/change-stack.js'
import {ENGLISH} from '../../src/render/words/words.js'
import {aModel, definitionsOf, hashesOf} from './builders/compose-model.js'
import {aContainer} from './builders/container.js'
import {checkoutIn} from './checkout.js'
import {fakeHttp} from './fakes/http.js'
import {fakeImageTags, type FakeImageTags} from './fakes/image-tags.js'
import {fakeJournal} from './fakes/journal.js'
import {fakeLeases} from './fakes/lease.js'

export interface ChangeWorld {
  readonly deps: ChangeStackDeps
  readonly journal: ReturnType<typeof fakeJournal<ChangeEvent>>
  readonly leases: ReturnType<typeof fakeLeases>
  readonly images: FakeImageTags
  /** What was done to the world, in order: `apply`, `keep`, `probe` and the like. */
  readonly acts: string[]
  readonly plans: ChangePlan[]
  /** What was asked, in order. */
  readonly questions: string[]
  /** The containers as the engine reports them; a change replaces them. */
  containers: readonly Container[]
  /** What the containers become when Compose has run. */
  afterApply: readonly Container[]
  applyFails: boolean
  /** Whether the health endpoint answers 200, by seconds since the start. */
  healthy: (seconds: number) => boolean
  /** Answers to prompts, in order; none means that nobody is there. */
  answers: string[]
  seconds: number
}

const MODEL = aModel(['api', 'redis'], {profiled: ['load']})

type Ports = Pick<ChangeStackDeps, 'engine' | 'compose' | 'prober' | 'logs'>

function backends(world: ChangeWorld): Ports {
  return {
    engine: {
      info: () => Promise.resolve({version: '28', apiVersion: '1.48', endpoint: 'unix:///var/run/docker.sock'}),
      containers: () => Promise.resolve(world.containers),
      events: () => Promise.resolve([]),
      projects: () => Promise.resolve([]),
      images: (wanted) => {
        const tags = (id: string): readonly string[] =>
          [...world.images.names, ...world.images.foreign].flatMap(([name, of]) => (of === id ? [name] : []))
        return Promise.resolve(wanted.map((id) => ({id, tags: tags(id), createdAt: '2026-11-23T06:00:00.000Z'})))
      },
      stats: () => Promise.resolve([]),
      inspect: (id) => Promise.resolve({Id: id}),
      attached: () => Promise.resolve([]),
    },
    compose: {
      tool: () => Promise.resolve({command: 'docker compose', version: '2.40.3'}),
      model: () => {
        world.acts.push('model')
        return Promise.resolve(MODEL)
      },
      definitions: () => {
        world.acts.push('model')
        return Promise.resolve({model: MODEL, definitions: definitionsOf(MODEL)})
      },
      hashes: () => Promise.resolve(hashesOf(MODEL)),
      foretell: () => Promise.resolve(null),
      sources: () => Promise.resolve({uses: [], files: []}),
      plan: (change) => Promise.resolve(['docker', 'compose', change.kind]),
      apply: (change, onLine, signal) => {
        if (signal?.aborted === true) return Promise.reject(new FaciError('interrupted', 'Interrupted'))
        world.acts.push(`apply ${change.kind}`)
        onLine(`${change.kind} …`)
        if (!world.applyFails) world.containers = world.afterApply
        return Promise.resolve({
          ok: !world.applyFails,
          exitCode: world.applyFails ? 1 : 0,
          durationSeconds: 1,
          output: [],
        })
      },
    },
    prober: fakeHttp(() => (world.healthy(world.seconds) ? 200 : 503)),
    logs: {
      read: async function* (container) {
        world.acts.push(`log ${container.name}`)
        yield await Promise.resolve(Buffer.from('first\nError: cannot bind to port 8000\n'))
      },
    },
  }
}

function person(world: ChangeWorld): Pick<ChangeStackDeps, 'prompt' | 'showPlan' | 'progress'> {
  const answer = (question: string): Promise<string> => {
    world.questions.push(question)
    return Promise.resolve(world.answers.shift() ?? '')
  }
  const nothing = (): void => undefined
  return {
    prompt: {
      get available() {
        return world.answers.length > 0
      },
      choose: answer,
      ask: answer,
    },
    showPlan: (plan) => {
      world.plans.push(plan)
      return Promise.resolve()
    },
    progress: {
      start: () => ({
        note: nothing,
        output: nothing,
        found: nothing,
        done: nothing,
        fail: nothing,
        skip: nothing,
      }),
      say: nothing,
      pause: () => Promise.resolve(),
    },
  }
}

/** A project with an API (probed) and a Redis (Docker's health), in which Compose does what a test says. */
export function changeWorld(): ChangeWorld {
  const journal = fakeJournal<ChangeEvent>()
  const leases = fakeLeases()
  const images = fakeImageTags(['sha256:api', 'sha256:redis', 'sha256:bad'])
  const containers = [aContainer({service: 'api'}), aContainer({service: 'redis', health: 'healthy'})]
  for (const service of ['api', 'redis']) images.foreign.set(`faciliauto/${service}:1`, `sha256:${service}`)
  let ids = 0
  const state = {
    journal,
    leases,
    images,
    acts: [] as string[],
    plans: [] as ChangePlan[],
    questions: [] as string[],
    containers,
    afterApply: containers,
    applyFails: false,
    healthy: () => true,
    answers: [] as string[],
    seconds: 0,
  }
  const world = state as unknown as ChangeWorld
  const deps: ChangeStackDeps = {
    ...backends(world),
    ...person(world),
    leases,
    images,
    journal,
    words: ENGLISH.change,
    ids: {next: () => `01ARZ3NDEKTSV4RRFFQ69G5F${String((ids += 1)).padStart(2, '0')}`},
    clock: {
      now: () => new Date(Date.UTC(2026, 10, 23, 7) + world.seconds * 1000),
      monotonicSeconds: () => world.seconds,
      sleep: (time, signal) => {
        signal?.throwIfAborted()
        world.seconds += time
        return Promise.resolve()
      },
    },
  }
  return Object.assign(state, {deps})
}

/** `faci restart api --yes` in development; override what a test is about. */
export function changeInput(change: StackChange, overrides: Partial<ChangeStackInput> = {}): ChangeStackInput {
  return {
    change,
    place: {
      project: 'faciliauto',
      isNamed: false,
      ...checkoutIn('/srv/faciliauto', 'docker-compose.yml'),
      environment: 'development',
      production: false,
    },
    endpoints: [{name: 'api', url: 'http://localhost:8000/health', timeoutSeconds: 2}],
    waitSeconds: 60,
    yes: true,
    confirm: null,
    approve: null,
    dryRun: false,
    takeover: null,
    runToken: null,
    readOnly: false,
    signal: new AbortController().signal,
    ...overrides,
  }
}
