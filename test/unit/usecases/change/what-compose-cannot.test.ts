import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {StackChange} from '../../../../src/domain/change/change.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import {readForetelling} from '../../../../src/domain/change/foretelling.js'
import {changeStack} from '../../../../src/usecases/change/change-stack.js'
import {aModel, definitionsOf, hashesOf} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {changeInput, changeWorld} from '../../../support/change-world.js'

const UP: StackChange = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}}
const UP_WEB: StackChange = {kind: 'up', services: ['web'], build: false, recreate: false, replicas: {}}

describe('what has no container', () => {
  it.each<[StackChange, string, string]>([
    [{kind: 'restart', services: ['redis']}, 'redis has no container to restart', 'faci up redis'],
    [{kind: 'start', services: ['api', 'redis']}, 'redis has no container to start', 'faci up redis'],
  ])('is told at once by %o', async (change, message, next) => {
    const world = changeWorld()
    world.containers = [aContainer({service: 'api'})]
    const done = changeStack(world.deps, changeInput(change))
    await expect(done).rejects.toMatchObject({code: 'notFound', message, suggestions: [next]})
    expect([world.seconds, world.acts]).toEqual([0, ['model']])
  })

  it('is told where there is none at all', async () => {
    const world = changeWorld()
    world.containers = []
    const done = changeStack(world.deps, changeInput({kind: 'restart', services: []}))
    await expect(done).rejects.toMatchObject({message: 'no service of this project has a container to restart'})
  })
})

describe('what waits for a service without a container', () => {
  const model = aModel(['web', 'db', 'side'])
  const definitions = definitionsOf(model).map((one) =>
    one.service === 'web' ? {...one, dependencies: ['db'], awaits: ['db']} : one,
  )
  const stopped = (service: string, over: Partial<Container> = {}): Container =>
    aContainer({service, state: 'exited', exitCode: 0, ...over})

  async function started(change: StackChange, containers: readonly Container[], version = '2.26.1'): Promise<unknown> {
    const world = changeWorld()
    world.containers = containers
    const compose = {
      ...world.deps.compose,
      tool: () => Promise.resolve({command: 'docker compose', version}),
      model: () => Promise.resolve(model),
      definitions: () => Promise.resolve({model, definitions}),
    }
    try {
      await changeStack({...world.deps, compose}, changeInput(change, {dryRun: true}))
      return 'planned'
    } catch (error) {
      return error instanceof FaciError ? [error.code, error.message, ...error.suggestions] : error
    }
  }

  it('is not started by Compose v2, also where its labels do not tell of it yet', async () => {
    const message = 'web waits for db, which has no container to start'
    const start = (services: readonly string[]): StackChange => ({kind: 'start', services})
    expect(await started(start(['web']), [stopped('web')])).toEqual(['notFound', message, 'faci up web'])
    expect(await started(start([]), [stopped('web'), stopped('side')])).toEqual(['notFound', message, 'faci up'])
    expect(await started(start(['web']), [stopped('web'), stopped('db')])).toBe('planned')
    expect(await started(start(['side']), [stopped('web'), stopped('side')])).toBe('planned')
    expect(await started(start(['web']), [stopped('web')], '1.29.2')).toBe('planned')
    expect(await started({kind: 'restart', services: ['web']}, [stopped('web')])).toBe('planned')
  })

  it('nor is what was on the network of a container that is gone, by anybody', async () => {
    const networkOwner = {name: null, startedAt: null, isRunning: false}
    const side = stopped('side', {name: 'shop-side-1', networkOwner})
    const message = 'shop-side-1 shares the network of a container that no longer exists, and cannot be started again'
    for (const kind of ['start', 'restart'] as const)
      for (const version of ['2.26.1', '1.29.2'])
        expect(await started({kind, services: ['side']}, [side], version)).toEqual([
          'notFound',
          message,
          'faci up side',
        ])
    expect(await started({kind: 'stop', services: ['side']}, [side])).toBe('planned')
  })
})

describe('a job that has finished', () => {
  const model = aModel(['api', 'migrate', 'redis'])
  const expected = model.expected.map((one) => ({...one, isJob: one.service === 'migrate'}))
  const done = aContainer({service: 'migrate', state: 'exited', exitCode: 0})

  async function planned(change: StackChange, containers: readonly Container[]) {
    const world = changeWorld()
    world.containers = containers
    const definitions = definitionsOf(model).map((one) =>
      one.service === 'api' ? {...one, dependencies: ['migrate', 'redis']} : one,
    )
    const compose = {
      ...world.deps.compose,
      model: () => Promise.resolve({...model, expected}),
      definitions: () => Promise.resolve({model: {...model, expected}, definitions}),
      hashes: () => Promise.resolve(hashesOf(model)),
    }
    const {data} = await changeStack({...world.deps, compose}, changeInput(change, {dryRun: true}))
    return data.plan
  }
  const running = ['api', 'redis'].map((service) => aContainer({service}))

  it('is not restarted with the rest, only by its name', async () => {
    expect((await planned({kind: 'restart', services: []}, [...running, done])).change).toEqual({
      kind: 'restart',
      services: ['api', 'redis'],
    })
    expect((await planned({kind: 'restart', services: ['migrate']}, [...running, done])).change).toMatchObject({
      services: ['migrate'],
    })
  })

  it('is not run again by scale, as long as all else that it would bring up runs', async () => {
    const scale: StackChange = {kind: 'scale', replicas: {api: 2}}
    expect((await planned(scale, [...running, done])).change).toEqual({...scale, alone: true})
    const redisGone = await planned(scale, [aContainer({service: 'api'}), done])
    expect(redisGone.change).toEqual(scale)
    expect(redisGone.services.find(({service}) => service === 'migrate')?.effects).toEqual([{kind: 'runsAgain'}])
    expect((await planned(scale, running)).change).toEqual(scale)
  })
})

describe('what goes with a service', () => {
  const model = aModel(['db', 'web', 'migrate', 'side'])
  const expected = model.expected.map((one) => ({...one, isJob: one.service === 'migrate'}))
  const definitions = definitionsOf(model).map((one) => {
    if (one.service === 'web') return {...one, dependencies: ['db', 'migrate'], follows: ['db']}
    return one.service === 'side' ? {...one, dependencies: ['web'], follows: ['web']} : one
  })
  const done = aContainer({service: 'migrate', state: 'exited', exitCode: 0})
  const dependsOn: Readonly<Record<string, readonly string[]>> = {web: ['db', 'migrate'], side: ['web']}
  const all = [
    ...['db', 'web', 'side'].map((service) =>
      aContainer({service, name: `shop-${service}-1`, dependsOn: dependsOn[service] ?? []}),
    ),
    done,
  ]

  async function planned(
    change: StackChange,
    {version = '2.40.3', containers = all, printed = null as string | null} = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const world = changeWorld()
    world.containers = containers
    for (const {image, imageId} of all) world.images.foreign.set(image, imageId)
    const compose = {
      ...world.deps.compose,
      tool: () => Promise.resolve({command: 'docker compose', version}),
      model: () => Promise.resolve({...model, expected}),
      definitions: () => Promise.resolve({model: {...model, expected}, definitions}),
      hashes: () => Promise.resolve({coverImageId: false, hashes: {...hashesOf(model).hashes, db: 'another'}}),
      foretell: () => Promise.resolve(printed === null ? null : readForetelling(printed, false)),
    }
    const {data} = await changeStack({...world.deps, compose}, changeInput(change, {dryRun: true}))
    return Object.fromEntries(
      data.plan.services.map(({service, recreation, effects}) => [
        service,
        [recreation, ...effects.map(({kind}) => kind)],
      ]),
    )
  }

  it('is restarted with it, by v2', async () => {
    const restart: StackChange = {kind: 'restart', services: ['db']}
    expect(await planned(restart)).toEqual({db: [null], web: [null, 'follows'], side: [null, 'follows']})
    expect(await planned(restart, {version: '1.29.2'})).toEqual({db: [null]})
    expect(await planned({kind: 'restart', services: ['side']})).toEqual({side: [null]})
  })

  it('is not said to stay where it goes with one that is made anew, unless Compose says so', async () => {
    const up: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}
    const migrate = ['no', 'runsAgain']
    const db = ['yes', 'configuration']
    const perhaps = ['unknown', 'follows']
    expect(await planned(up)).toEqual({db, migrate, web: perhaps, side: perhaps})
    expect(await planned(up, {printed: ' Container shop-db-1  Recreate\n Container shop-web-1  Recreate\n'})).toEqual({
      ...{db, migrate, side: perhaps},
      web: ['yes', 'recreatedAnyway', 'follows'],
    })
    expect(await planned(up, {printed: ' Container shop-web-1  Running\n'})).toEqual({
      ...{db, migrate, web: ['no'], side: perhaps},
    })
  })

  it('a service that is started brings up what it depends on, and runs its jobs again', async () => {
    const [db] = all
    if (db === undefined) throw new Error('no db')
    const containers = [{...db, state: 'exited' as const}, ...all.slice(1)]
    const start: StackChange = {kind: 'start', services: ['web']}
    expect(await planned(start, {containers})).toEqual({web: [null], db: [null], migrate: [null, 'runsAgain']})
    expect(await planned(start, {version: '1.29.2', containers})).toEqual({web: [null]})
  })
})

describe('docker-compose 1.29 on an engine of 25 or later', () => {
  function world(version: string, engine: string) {
    const {deps, ...rest} = changeWorld()
    const info = {version: engine, apiVersion: '1.44', endpoint: 'unix:///var/run/docker.sock'}
    return {
      ...rest,
      deps: {
        ...deps,
        engine: {...deps.engine, info: () => Promise.resolve(info)},
        compose: {...deps.compose, tool: () => Promise.resolve({command: 'docker-compose', version})},
      },
    }
  }

  it.each<[StackChange]>([[{...UP, recreate: true}]])('is refused what it would recreate: %o', async (change) => {
    const {deps, acts} = world('1.29.2', '26.1.5+dfsg1')
    await expect(changeStack(deps, changeInput(change))).rejects.toMatchObject({code: 'refused'})
    expect(acts).not.toContain('apply up')
  })

  it.each<[StackChange]>([
    [{kind: 'restart', services: ['api']}],
    [{kind: 'stop', services: ['api']}],
    [{kind: 'start', services: ['api']}],
    [{kind: 'scale', replicas: {api: 1}}],
    [UP],
  ])('goes on with what recreates nothing: %o', async (change) => {
    const {deps} = world('1.29.2', '26.1.5+dfsg1')
    expect((await changeStack(deps, changeInput(change, {dryRun: true}))).verdict).toBe('ok')
  })

  it.each([
    ['1.29.2', '20.10.24'],
    ['2.26.1', '28.5.0'],
  ])('recreates with Compose %s on Docker %s', async (compose, engine) => {
    const {deps} = world(compose, engine)
    expect((await changeStack(deps, changeInput({...UP, recreate: true}))).verdict).toBe('ok')
  })
})

describe('a network that is made anew', () => {
  const [web, db, mail] = ['web', 'db', 'mail'].map((service) => aContainer({service, name: `shop-${service}-1`}))
  const said = {
    running: [],
    recreated: [],
    stopped: ['shop-web-1'],
    networks: ['shop_back'],
    keptVolumes: ['shop_data'],
    isWhole: true,
  }

  async function planned(attached: readonly string[], change = UP_WEB) {
    const world = changeWorld()
    world.containers = [web, db, mail].filter((one) => one !== undefined)
    const model = aModel(['web', 'db', 'mail'])
    const compose = {
      ...world.deps.compose,
      model: () => Promise.resolve(model),
      definitions: () => Promise.resolve({model, definitions: definitionsOf(model)}),
      hashes: () => Promise.resolve(hashesOf(model)),
      foretell: () => Promise.resolve(said),
    }
    const engine = {...world.deps.engine, attached: () => Promise.resolve(['shop-web-1', ...attached])}
    return changeStack({...world.deps, compose, engine}, changeInput(change, {dryRun: true}))
  }

  it('is not taken from what else is on it: Compose fails half way then, and all is down', async () => {
    const message = 'Compose 2.40.3 would stop web to make the network shop_back anew, and fail there: '
    await expect(planned(['shop-db-1'])).rejects.toMatchObject({
      code: 'refused',
      message: `${message}shop-db-1 is on it too`,
      suggestions: ['change all that are on it at once: faci up web db --dry-run'],
    })
    const off = ['take it off first: docker network disconnect shop_back blog-web-1']
    await expect(planned(['blog-web-1'])).rejects.toMatchObject({
      message: `${message}blog-web-1 is on it too`,
      suggestions: off,
    })
    const all: StackChange = {kind: 'up', services: [], build: false, recreate: false, replicas: {}}
    await expect(planned(['blog-web-1', 'shop-db-1'], all)).rejects.toMatchObject({suggestions: off})
  })

  it('is told of whatever is stopped for it, and a volume that stays as it is with it', async () => {
    const {data, warnings} = await planned([])
    const [first] = data.plan.services
    expect([first?.service, first?.effects]).toEqual([
      'web',
      expect.arrayContaining([{kind: 'stoppedMeanwhile', networks: ['shop_back']}]),
    ])
    expect(warnings).toContain('the Compose file has changed the volume shop_data: Compose keeps the old one as it is')
  })
})

describe('a paused container', () => {
  const asked = (change: StackChange, own: Partial<Container> = {}) => {
    const world = changeWorld()
    world.containers = [aContainer({state: 'paused', name: 'shop-api-1', ...own}), aContainer({service: 'redis'})]
    return changeStack(world.deps, changeInput(change, {dryRun: true}))
  }

  it.each<StackChange>([UP, {kind: 'start', services: ['api']}, {kind: 'scale', replicas: {api: 2}}])(
    'is not started by %o: Compose fails there',
    async (change) => {
      await expect(asked(change)).rejects.toMatchObject({
        code: 'refused',
        message: 'shop-api-1 is paused, and Compose cannot start a paused container',
        suggestions: ['docker unpause shop-api-1', 'faci restart api'],
      })
    },
  )

  it('is restarted, stopped, removed, and made anew', async () => {
    const changes: readonly StackChange[] = [
      {kind: 'restart', services: ['api']},
      {kind: 'stop', services: ['api']},
      {kind: 'down'},
      {...UP, recreate: true},
    ]
    for (const change of changes) expect((await asked(change)).verdict).toBe('ok')
  })
})
