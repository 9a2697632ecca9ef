import {describe, expect, it} from 'vitest'
import {dashboardText} from '../../../../src/render/dashboard/dashboard.js'
import {PLAIN} from '../../../../src/render/text/style.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import {showDashboard, type ShowDashboardDeps} from '../../../../src/usecases/dashboard/show-dashboard.js'
import {FaciError} from '../../../../src/domain/errors.js'
import {aStackModel} from '../../../support/builders/compose-model.js'
import {aContainer} from '../../../support/builders/container.js'
import {dashboardInput, fullMetrics} from '../../../support/documents/dashboards.js'
import {fakeClock} from '../../../support/fakes/clock.js'
import {fakeEngine} from '../../../support/fakes/engine.js'
import {fakeHttp} from '../../../support/fakes/http.js'

const ENDPOINT = {name: 'api', url: 'http://localhost/health', timeoutSeconds: 1}

async function show(
  containers: readonly Container[],
  over: Partial<ShowDashboardDeps> = {},
  name: 'overview' | 'business' = 'overview',
) {
  const input = dashboardInput(name)
  const presence = {project: 'faciliauto', directory: '/srv/faciliauto', services: [], endpoints: [ENDPOINT]}
  const deps = {
    ...{
      runbooks: () => Promise.resolve([]),
      engine: fakeEngine(containers),
      stackModel: aStackModel(['api']),
      prober: fakeHttp(() => 200),
    },
    ...{clock: fakeClock('2026-11-23T08:00:00.000Z'), metrics: fullMetrics(input.dashboard), ...over},
  }
  const result = await showDashboard(deps, {...input, presence})
  const content = result.data.sections[0]?.panels[0]?.content
  return {result, state: content?.kind === 'figures' ? content.figures[0]?.verdict : undefined}
}

describe('the state on a dashboard', () => {
  it('is that of status right after a kill, whatever the last scrape said', async () => {
    const killed = aContainer({state: 'exited', exitCode: 137})
    const {result, state} = await show([killed], {prober: fakeHttp(() => 'unreachable')})
    expect([result.verdict, state]).toEqual(['down', 'down'])
    const text = dashboardText(result, PLAIN)
    expect(text).toContain('Status: ✖ down')
    expect(text).toContain('api: #1 exited with 137')
  })

  it('is degraded with a service missing, and the reason stands beside it', async () => {
    const {result, state} = await show([aContainer()], {stackModel: aStackModel(['api', 'worker'])})
    expect(state).toBe('degraded')
    expect(result.data.causes).toMatchObject([
      {reason: {service: 'worker', reasons: [{why: 'noContainer'}]}, verdict: 'down', next: 'faci up worker'},
    ])
  })

  it('is the one verdict of the screen, and says so in the same word', async () => {
    const {result, state} = await show([aContainer()])
    expect(state).toBe(result.verdict)
    const {verdict, data} = result
    for (const rows of [null, 24]) {
      const text = dashboardText({verdict, data}, {...PLAIN, edge: true, rows})
      const said = [...text.matchAll(/[●▲✖?] (healthy|degraded|down|unknown)/g)].map(([, word]) => word)
      expect(new Set(said)).toEqual(new Set([verdict]))
      expect(said).toHaveLength(rows === null ? 2 : 3)
      expect(text.split('\n').at(-1)?.includes(verdict)).toBe(rows !== null)
    }
  })

  it('is not healthy when the engine cannot be asked', async () => {
    const gone = () => Promise.reject(new FaciError('unreachable', 'Docker is away'))
    const {result} = await show([], {engine: {...fakeEngine(), containers: gone}})
    expect(result.verdict).not.toBe('healthy')
    expect(result.data.causes[0]?.reason).toEqual({why: 'unseen', part: 'containers', message: 'Docker is away'})
  })

  it('is on no other dashboard, which does not ask the engine', async () => {
    const gone = () => Promise.reject(new FaciError('unreachable', 'Docker is away'))
    const {result} = await show([], {engine: {...fakeEngine(), containers: gone}}, 'business')
    expect(result.data.causes).toEqual([])
  })
})
