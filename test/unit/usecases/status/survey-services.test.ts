import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import type {RunbookSummary} from '../../../../src/domain/runbook/runbook-list.js'
import type {StackModel} from '../../../../src/ports/compose.js'
import type {Engine} from '../../../../src/ports/engine.js'
import {surveyServices} from '../../../../src/usecases/status/survey-services.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeEngine} from '../../../support/fakes/engine.js'

const PLACE = {project: 'faciliauto', directory: '/srv/faciliauto', services: []}

function survey(
  containers: readonly Container[],
  {
    services = [],
    stackModel = aStackModel(['api', 'worker']),
    runbooks = [],
    engine = fakeEngine(containers),
  }: {
    services?: readonly string[]
    stackModel?: StackModel
    runbooks?: readonly RunbookSummary[]
    engine?: Engine
  } = {},
) {
  const deps = {
    ...{engine, stackModel, clock: fakeClock('2026-11-23T08:00:00.000Z')},
    runbooks: () => Promise.resolve(runbooks),
  }
  return surveyServices(deps, {...PLACE, services})
}

const API_DOWN = {name: 'api-down', title: 'API down', severity: 'critical', alerts: [], services: ['api']}

describe('surveyServices', () => {
  it('says one thing to type about a service, whoever shows it: its runbook, or what ends a pause', async () => {
    const ended = aContainer({state: 'exited', exitCode: 1})
    const next = async (containers: readonly Container[]) =>
      (await survey(containers, {services: ['api'], runbooks: [API_DOWN]})).states[0]?.next
    expect(await next([ended])).toBe('faci runbook api-down')
    const [one, two] = [1, 2].map((replica) => aContainer({replica, name: `shop-api-${replica}`, state: 'paused'}))
    expect(await next([one, two].flatMap((found) => found ?? []))).toBe('docker unpause shop-api-1 shop-api-2')
    expect(await next([aContainer({name: 'shop-api-1', state: 'paused'}), ended])).toBe('faci runbook api-down')
  })

  it('shows a service that has no container, also when it is named', async () => {
    const all = await survey([aContainer()])
    expect(all.states.map(({service, verdict}) => [service, verdict])).toEqual([
      ['worker', 'down'],
      ['api', 'healthy'],
    ])
    expect([all.verdict, all.absent]).toEqual(['degraded', null])
    const one = await survey([aContainer()], {services: ['worker']})
    expect([one.verdict, one.states.length]).toEqual(['down', 1])
  })

  it('is not healthy, and says why, when nobody can tell what should run', async () => {
    const stackModel = {model: () => Promise.reject(new FaciError('toolMissing', 'Docker Compose is not installed'))}
    const {verdict, states, warnings} = await survey([aContainer()], {stackModel})
    expect([verdict, states[0]?.verdict]).toEqual(['unknown', 'healthy'])
    expect(warnings).toEqual(['cannot tell which services should run: Docker Compose is not installed'])
  })

  it('does not know a service that is neither in the file nor there, and guesses which was meant', async () => {
    await expect(survey([aContainer()], {services: ['wroker']})).rejects.toMatchObject({
      code: 'notFound',
      suggestions: ['faci status worker'],
    })
  })
})

describe('a service that ended with 0 under `restart: on-failure`', () => {
  const ended = aContainer({service: 'worker', state: 'exited', exitCode: 0, finishedAt: '2026-11-23T07:30:00.000Z'})
  const model = aStackModel(['api', 'worker'])
  const stackModel: StackModel = {
    model: async () => {
      const found = await model.model()
      return {...found, expected: found.expected.map((one) => ({...one, mayEnd: one.service === 'worker'}))}
    },
  }
  const containers = [aContainer(), ended]
  const of = async (engine: Engine) => {
    const {states} = await survey(containers, {stackModel, engine})
    return states.find(({service}) => service === 'worker')?.verdict
  }
  const engine = fakeEngine(containers)

  it('has finished, unless the engine tells that somebody stopped it', async () => {
    expect(await of(engine)).toBe('healthy')
    const killed = {
      ...ended,
      at: '2026-11-23T07:29:55.000Z',
      kind: 'killed',
      containerId: ended.id,
      exitCode: null,
    } as const
    const events: Engine['events'] = async (...asked) => [killed, ...(await engine.events(...asked))]
    expect(await of({...engine, events})).toBe('down')
  })

  it('is asked about once, and only where it matters', async () => {
    const events = (): Promise<never> => Promise.reject(new FaciError('timedOut', 'too late'))
    expect(await of({...engine, events})).toBe('healthy')
    const never = (): never => {
      throw new Error('asked')
    }
    const {verdict} = await survey([aContainer(), aContainer({service: 'worker'})], {
      stackModel,
      engine: {...fakeEngine([aContainer(), aContainer({service: 'worker'})]), events: never},
    })
    expect(verdict).toBe('healthy')
  })
})

describe('an orphan: a container of a service that the Compose file does not have', () => {
  const old = aContainer({service: 'old', name: 'shop-old-1', state: 'exited', exitCode: 1})
  const both = ['api', 'worker'].map((service) => aContainer({service}))

  it('is told as one, and decides nothing', async () => {
    const {states, verdict, warnings} = await survey([...both, old])
    expect([verdict, states.map(({service}) => service)]).toEqual(['healthy', ['api', 'worker']])
    expect(warnings).toEqual([
      'shop-old-1 is an orphan: the Compose file has no service old, so it is not judged; to remove: docker rm --force shop-old-1',
    ])
  })

  it('is judged where it is asked for', async () => {
    expect((await survey([...both, old], {services: ['old']})).verdict).toBe('down')
  })

  it('is none of a profile that is off, or where the file cannot be read', async () => {
    const profiled = aStackModel(['api', 'worker'], {profiled: ['old']})
    expect((await survey([...both, old], {stackModel: profiled})).states.map(({service}) => service)).toContain('old')
    const stackModel = {model: () => Promise.reject(new FaciError('configInvalid', 'not valid'))}
    expect((await survey([...both, old], {stackModel})).states.map(({service}) => service)).toContain('old')
  })
})

describe('a project without containers', () => {
  const elsewhere = (overrides: Partial<Container>): Container => aContainer({project: 'shopprod', ...overrides})

  it('is to be brought up when nothing else runs', async () => {
    const {verdict, absent} = await survey([])
    expect([verdict, absent]).toEqual(['down', {project: 'faciliauto', projects: [], next: 'faci up'}])
  })

  it('is another one by name when that was made from the same folder: no second copy is suggested', async () => {
    const {absent} = await survey([elsewhere({workingDirectory: '/srv/faciliauto'})])
    expect(absent?.projects.map(({project, running}) => [project, running])).toEqual([['shopprod', 1]])
    expect(absent?.next).toBe('write compose: {project: shopprod} in faci.yml')
  })

  it('may be one from elsewhere that has all of its services: whose that is, only a person knows', async () => {
    const both = (project: string): readonly Container[] =>
      ['api', 'worker'].map((service) => elsewhere({project, service, workingDirectory: `/${project}`}))
    expect((await survey(both('shopprod'))).absent?.next).toBe(
      'if shopprod is yours, write compose: {project: shopprod} in faci.yml; if not, faci up',
    )
    expect((await survey([...both('shopprod'), ...both('another')])).absent?.next).toBe(
      'if one of the projects below is yours, write compose: {project: ITS NAME} in faci.yml; if not, faci up',
    )
    expect((await survey(both('shopprod').slice(1))).absent?.next).toBe('faci up')
  })

  it('is a Swarm stack of its name or with all of its services: no copy of that is suggested', async () => {
    const stack = {
      kind: 'swarm' as const,
      directory: null,
      files: [],
      services: ['api', 'worker'],
      running: 2,
      total: 2,
    }
    for (const project of ['faciliauto', 'prod']) {
      const engine = {...fakeEngine([]), projects: () => Promise.resolve([{...stack, project}])}
      expect((await survey([], {engine})).absent?.next).toBe(
        `it runs as the Swarm stack ${project}, which faci does not act on: docker stack services ${project}`,
      )
    }
  })

  it('what does not run is no copy of it', async () => {
    const stopped = elsewhere({workingDirectory: '/srv/faciliauto', state: 'exited', exitCode: 0})
    expect((await survey([stopped])).absent?.next).toBe('faci up')
  })
})
