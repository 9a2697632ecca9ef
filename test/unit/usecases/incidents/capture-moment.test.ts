import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import {captureMoment, type Eyes} from '../../../../src/usecases/incidents/capture-moment.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {incidentScene} from '../../../support/incident-scene.js'

const NOW = '2026-11-28T06:10:00.000Z'
const clock = fakeClock(NOW)
const FIGURES = [{name: 'latency p95', value: 1.84, unit: 'seconds'}] as const
const SINCE = '2026-11-28T05:55:00.000Z'
const down = (): Promise<never> => Promise.reject(new FaciError('timedOut', 'it does not answer'))

function seeing(names: readonly string[]): Eyes {
  return {
    figures: () => Promise.resolve(FIGURES),
    alerts: () => Promise.resolve(names.map((name) => ({name, since: SINCE}))),
  }
}

describe('what is seen while somebody acts', () => {
  it('keeps figures and what fires, since when it does', async () => {
    expect(await captureMoment({eyes: seeing(['APIDown']), clock}, [])).toEqual([
      {kind: 'alert.changed', happenedAt: SINCE, alert: 'APIDown', to: 'firing'},
      {kind: 'incident.figures', happenedAt: NOW, figures: FIGURES},
    ])
  })

  it('says nothing of a backend that is down, or that has no figures', async () => {
    expect(await captureMoment({eyes: {figures: down, alerts: down}, clock}, [])).toEqual([])
    const empty = () => Promise.resolve([{name: 'latency p95', value: null, unit: 'seconds'}] as const)
    expect(await captureMoment({eyes: {figures: empty, alerts: null}, clock}, [])).toEqual([])
  })

  it('tells an alert once when it comes, and once when it is gone', async () => {
    const scene = incidentScene()
    const eyes = {current: seeing(['APIDown'])}
    const deps = {...scene.deps, eyes: {figures: null, alerts: () => eyes.current.alerts?.() ?? Promise.resolve([])}}
    const {openIncident} = await import('../../../../src/usecases/incidents/open-incident.js')
    const {actOnIncident} = await import('../../../../src/usecases/incidents/act-on-incident.js')
    const unsaid = {severity: null, services: [], alerts: [], impact: null, text: '', startedAt: null, detectedAt: null}
    await openIncident(deps, {...scene.place, ...unsaid, title: 'API down', isNew: false, runId: null})
    const ack = {act: 'acknowledge', owner: 'ana', at: null} as const
    const mitigate = {act: 'mitigate', text: '', at: null} as const
    await actOnIncident(deps, {...scene.place, name: null, act: ack})
    eyes.current = seeing([])
    const {data} = await actOnIncident(deps, {...scene.place, name: null, act: mitigate})
    const texts = data.timeline.filter(({kind}) => kind === 'alert.changed').map(({at, text}) => [at, text])
    expect(texts).toEqual([
      [SINCE, 'Alert APIDown began to fire'],
      ['2026-11-28T06:00:00.000Z', 'Alert APIDown stopped firing'],
    ])
  })
})
