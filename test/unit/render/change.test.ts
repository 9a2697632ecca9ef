import {describe, expect, it} from 'vitest'
import type {ChangeReport} from '../../../src/domain/change/change-report.js'
import type {PlannedService} from '../../../src/domain/change/change-plan.js'
import {changePlanText} from '../../../src/render/change/change-plan.js'
import {changeText} from '../../../src/render/change/change.js'
import {PLAIN} from '../../../src/render/text/style.js'

const REPORT: ChangeReport = {
  plan: {
    change: {kind: 'restart', services: ['api']},
    command: ['docker', 'compose', 'restart', 'api'],
    project: 'faciliauto',
    files: ['docker-compose.yml'],
    endpoint: 'unix:///var/run/docker.sock',
    environment: 'development',
    production: false,
    services: [
      {
        ...{service: 'api', now: {running: 1, total: 2}, leftovers: [], expected: 'running', replicas: null},
        ...{recreation: null, effects: []},
      },
    ],
    images: [],
    differences: [],
  },
  dryRun: false,
  refusal: null,
  runId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  evidence: [],
  images: [],
  compose: {ok: true, exitCode: 0, durationSeconds: 1, output: []},
  services: [{service: 'api', state: 'ready', reason: {why: 'healthy'}, afterSeconds: 0.45, log: []}],
  leftBehind: null,
  durationSeconds: 2.5,
}

describe('a plan as text', () => {
  it('says what, where, and what becomes of each service', () => {
    expect(changePlanText(REPORT.plan, PLAIN)).toBe(`Plan: faci restart api in development
project  faciliauto (docker-compose.yml)
engine   unix:///var/run/docker.sock
runs     docker compose restart api

SERVICE  NOW                THEN
api      1 of 2 running  →  running`)
  })

  it('has what it runs as it can be pasted', () => {
    const command = ['docker-compose', '-f', "/srv/prod ção $x 'y'/compose.yml", 'up', '-d']
    expect(changePlanText({...REPORT.plan, command}, PLAIN)).toContain(
      String.raw`runs     docker-compose -f '/srv/prod ção $x '\''y'\''/compose.yml' up -d`,
    )
  })

  it('says of each service what a person may not expect, with what to type', () => {
    const from = {name: 'shop/api:1', id: `sha256:${'ab'.repeat(32)}`}
    const to = {name: 'shop/api:1', id: `sha256:${'cd'.repeat(32)}`}
    const service = (over: Partial<PlannedService>): PlannedService => ({
      ...{service: 'api', now: {running: 3, total: 3}, leftovers: [], expected: 'running', replicas: null},
      ...{recreation: 'yes', effects: [], ...over},
    })
    const services = [
      service({
        effects: [
          {kind: 'image', of: 'all', change: {from, to, comes: null}},
          {kind: 'image', of: 'all', change: {from, to: {...to, id: null}, comes: 'built'}},
          {kind: 'configuration', of: 'newReplicas', state: 'changed'},
          {kind: 'replicasLost', running: 3, then: 1},
          {kind: 'pinned', image: from, left: to.id, unpin: 'faci up api --image compose'},
        ],
      }),
      service({service: 'web', recreation: 'unknown', effects: [{kind: 'configuration', of: 'all', state: 'unknown'}]}),
      service({
        ...{service: 'load', expected: 'removed', recreation: null},
        effects: [
          {kind: 'notBroughtBack', why: 'profile', command: 'faci up load'},
          {kind: 'fewerBroughtBack', running: 3, then: 1, command: 'faci scale load=3'},
        ],
      }),
    ]
    expect(
      changePlanText({...REPORT.plan, services}, PLAIN)
        .split('\n\n')
        .slice(1)
        .join('\n\n'),
    ).toBe(
      `SERVICE  NOW           THEN
api      3 running  →  running, recreated
web      3 running  →  running, perhaps recreated
load     3 running  →  removed

▲ api   image shop/api:1 abababababab → shop/api:1 cdcdcdcdcdcd
▲ api   image shop/api:1 abababababab → unknown: shop/api:1 is built before
▲ api   new replicas differ: configuration changed
▲ api   2 replicas lost: 3 running, would become 1
▲ api   pinned: stays on its previous image abababababab, not back to cdcdcdcdcdcd → faci up api --image compose
▲ web   configuration: cannot tell whether it changed
▲ load  faci up will not bring it back: its profile is off → faci up load
▲ load  faci up will bring back 1 of 3 → faci scale load=3`,
    )
  })

  it('says which image is gone back to', () => {
    const images = [{service: 'api', reference: 'faci/faciliauto/api:previous', imageId: `sha256:${'ab'.repeat(32)}`}]
    expect(changePlanText({...REPORT.plan, images}, PLAIN)).toMatch(
      /^image +faci\/faciliauto\/api:previous abababababab$/m,
    )
  })

  it('cannot be taken for anything but production there', () => {
    const planIn = (environment: string, production: boolean): string =>
      changePlanText({...REPORT.plan, environment, production}, PLAIN)
    expect(planIn('production', true)).toContain('in PRODUCTION\n')
    expect(planIn('Prod', true)).toContain('in PRODUCTION (Prod)\n')
    expect(planIn('prod-like', false)).toContain('in prod-like\n')
  })
})

describe('a change as text', () => {
  it('says what it came to, and how long each service took', () => {
    expect(changeText({verdict: 'ok', data: REPORT}, PLAIN)).toBe(`✔ restart done in 2.50 s
✔  api  healthy  450 ms
Run 01ARZ3NDEKTSV4RRFFQ69G5FAV`)
  })

  it('says which image was kept, and how to go back to it', () => {
    const images = [{service: 'api', reference: 'faci/faciliauto/api:previous', imageId: 'sha256:1'}]
    expect(changeText({verdict: 'ok', data: {...REPORT, images}}, PLAIN)).toContain(
      'The previous image of api is kept as faci/faciliauto/api:previous\n  To go back: faci up api --image previous\n',
    )
  })

  it('shows why a service did not come up, and what to type next', () => {
    const services = [
      {
        service: 'api',
        state: 'failed',
        reason: {
          why: 'container',
          container: 'api-1',
          reason: {why: 'exited', exitCode: 1, outOfMemory: false},
        },
        afterSeconds: 0.2,
        log: ['Error: no port'],
      } as const,
    ]
    expect(changeText({verdict: 'bad', data: {...REPORT, services}}, PLAIN)).toBe(`✖ restart failed after 2.50 s
✖  api  api-1 exited with 1  200 ms

Last lines of api:
│ Error: no port

Next: faci logs api --since 10m
Run 01ARZ3NDEKTSV4RRFFQ69G5FAV`)
  })

  it('shows what Compose said when that failed', () => {
    const compose = {ok: false, exitCode: 1, durationSeconds: 1, output: ['no such image']}
    const text = changeText({verdict: 'bad', data: {...REPORT, compose, services: []}}, PLAIN)
    expect(text).toContain('Last lines of Compose:\n│ no such image\n\nNext: faci status')
  })

  it('says that nothing was changed, and which command would be accepted', () => {
    const refusal = {reason: 'no terminal to confirm on', accept: 'faci restart api --yes'}
    expect(changeText({verdict: 'refused', data: {...REPORT, refusal, runId: null}}, PLAIN)).toBe(
      '⊘ Refused, nothing was changed: no terminal to confirm on\n  To approve, run: faci restart api --yes',
    )
  })

  it('is the plan for a dry run', () => {
    const text = changeText({verdict: 'ok', data: {...REPORT, dryRun: true}}, PLAIN)
    expect(text).toMatch(/^Plan: faci restart api/)
    expect(text).toMatch(/Dry run: nothing was changed\.$/)
  })
})
