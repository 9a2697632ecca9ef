import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import {setupInWords} from '../../../../src/render/doctor/worded-setup.js'
import {examineSetup, type SetupDeps} from '../../../../src/usecases/doctor/examine-setup.js'
import {aModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeCompose} from '../../../support/fakes/compose.js'
import {fakeEngine} from '../../../support/fakes/engine.js'
import {fakeHttp} from '../../../support/fakes/http.js'
import {fakeLibrary} from '../../../support/fakes/library.js'
import {fakeMetrics} from '../../../support/fakes/metrics.js'
import {fakeOutbox} from '../../../support/fakes/outbox.js'
import {fakeShell} from '../../../support/fakes/shell.js'
import {NO_USAGE} from '../../../support/fakes/store-keeper.js'

async function examine(containers: readonly Container[], metrics: SetupDeps['metrics'] = null) {
  const compose = fakeCompose(aModel(['api', 'worker']))
  const deps: SetupDeps = {
    ...{
      runbooks: () => Promise.resolve([]),
      oncall: null,
      engine: fakeEngine(containers),
      stackModel: compose,
      compose,
      clock: fakeClock('2026-11-23T08:00:00.000Z'),
    },
    ...{prober: fakeHttp(() => 200), metrics, alerts: null, routing: null, library: fakeLibrary({})},
    ...{
      outbox: fakeOutbox(),
      shell: fakeShell(),
      notifiers: [],
      journal: {unreadable: () => Promise.resolve([]), place: '/srv/store/runs'},
      keeper: {usage: () => Promise.resolve(NO_USAGE)},
    },
  }
  const result = await examineSetup(deps, {
    ...{configFile: '/srv/faciliauto/faci.yml', environment: 'test', production: false, project: 'faciliauto'},
    ...{directory: '/srv/faciliauto', endpoints: [], scope: {job: null, windowSeconds: 300}},
    channels: [],
    channelSetups: {},
    sharesPages: null,
    shortSecrets: [],
    unsharedStore: null,
    storeDirectory: '/srv/faciliauto/.faci',
  })
  const {verdict, data} = setupInWords(result)
  const prometheus = data.items.find(({name}) => name === 'prometheus')
  return {verdict, prometheus, item: data.items.find(({name}) => name === 'containers')}
}

const WORKER = aContainer({service: 'worker'})

describe('what doctor says of the containers', () => {
  it('is fine when every service of the Compose file is healthy', async () => {
    const {verdict, item} = await examine([aContainer(), WORKER])
    expect([verdict, item?.state, item?.detail]).toEqual(['ok', 'ok', '2 of 2 services of faciliauto healthy'])
  })

  it('agrees with status on a service without a container', async () => {
    const {verdict, item} = await examine([aContainer()])
    expect([verdict, item]).toEqual([
      'bad',
      {
        name: 'containers',
        state: 'failed',
        detail: '1 of 2 services of faciliauto healthy; worker: no container',
        next: 'faci up worker',
      },
    ])
  })

  it('does not know yet of one that is starting', async () => {
    const starting = {...WORKER, startedAt: '2026-11-23T07:59:58.000Z'}
    const {verdict, item} = await examine([aContainer(), starting])
    expect([verdict, item?.state, item?.next]).toEqual(['unknown', 'unknown', 'faci status'])
  })

  it('names what runs instead of a project that is not there', async () => {
    const {verdict, item} = await examine([{...WORKER, project: 'shopprod', workingDirectory: '/srv/faciliauto'}])
    expect(verdict).toBe('bad')
    expect(item).toMatchObject({
      detail: 'project faciliauto has no containers; on this engine: shopprod',
      next: 'write compose: {project: shopprod} in faci.yml',
    })
  })

  it('does not send the reader of doctor to doctor', async () => {
    const suggestions = ['faci doctor', 'check prometheus.url in faci.yml']
    const away = () => Promise.reject(new FaciError('unreachable', 'Prometheus is away', {suggestions}))
    const {prometheus} = await examine([WORKER], {...fakeMetrics({}), version: away})
    expect(prometheus).toMatchObject({state: 'unknown', next: 'check prometheus.url in faci.yml'})
  })
})
