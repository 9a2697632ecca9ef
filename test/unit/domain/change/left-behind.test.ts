import {describe, expect, it} from 'vitest'
import type {StackChange} from '../../../../src/domain/change/change.js'
import {type ChangePlan, plannedServices} from '../../../../src/domain/change/change-plan.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import {leftBehind, mendUnseen} from '../../../../src/domain/change/left-behind.js'
import {NO_OUTLOOK} from '../../../../src/domain/change/planned-effect.js'
import {ENGLISH} from '../../../../src/render/words/words.js'
import {aContainer} from '../../../support/builders/container.js'

const API = aContainer()
const WORKERS = [aContainer({service: 'worker'}), aContainer({service: 'worker', replica: 2})]
const BEFORE: readonly Container[] = [API, ...WORKERS]

const RESTART: StackChange = {kind: 'restart', services: []}
const UP: StackChange = {kind: 'up', services: [], build: false, recreate: true, replicas: {}}
const REVERT: StackChange = {kind: 'revert', services: ['api', 'worker'], replicas: {}}

function planOf(change: StackChange): ChangePlan {
  return {
    ...{change, command: [], project: 'faciliauto', files: [], endpoint: '', images: [], differences: []},
    ...{environment: 'development', production: false},
    services: plannedServices(change, ['api', 'worker'], BEFORE, NO_OUTLOOK),
  }
}

function after(change: StackChange, now: readonly Container[], consent: readonly string[] = []) {
  return leftBehind(planOf(change), BEFORE, now, consent)
}

function unseen(change: StackChange): string {
  return mendUnseen(planOf(change), BEFORE, [])
}

const STOPPED = {...API, state: 'exited'} as const
const HALF = {...API, id: 'new', name: '582d61f06ca1_faciliauto_api_1', state: 'created'} as const

describe('what an interrupted change has left', () => {
  it.each<readonly [string, StackChange, readonly Container[], readonly string[], string]>([
    ['nothing: it is finished', RESTART, BEFORE, [], 'faci restart'],
    ['a stopped API', RESTART, [STOPPED, ...WORKERS], ['faciliauto-api-1 is not running (exited)'], 'faci start api'],
    ['a stopped API, by up', UP, [STOPPED, ...WORKERS], ['faciliauto-api-1 is not running (exited)'], 'faci up api'],
    ['no API', UP, WORKERS, ['api has no container'], 'faci up api'],
    [
      'a half-made API',
      UP,
      [API, HALF, ...WORKERS],
      ['582d61f06ca1_faciliauto_api_1 (created) is left over from an unfinished replacement of api'],
      'faci up api --recreate',
    ],
    [
      'one replica less',
      UP,
      [API, ...WORKERS.slice(1)],
      ['replica 1 of worker is gone'],
      'faci up worker && faci scale worker=2',
    ],
    ['a stopped API on its way back to its image', REVERT, [STOPPED, ...WORKERS], [], changed(REVERT)],
  ])('%s', (_, change, now, found, mend) => {
    const left = after(change, now)
    if (found.length > 0) expect(left.found.map(ENGLISH.change.leftOver)).toEqual(found)
    expect(left.mend).toBe(mend)
  })

  it('is mended anew, with its replicas, where it cannot be seen', () => {
    const up = {...UP, services: ['worker']} as const
    expect(unseen(UP)).toBe('faci up --recreate && faci scale worker=2')
    expect(unseen(up)).toBe('faci up worker --recreate && faci scale worker=2')
    expect(unseen(RESTART)).toBe('faci restart')
  })

  it('is mended by commands that are accepted as the change itself was', () => {
    const consent = ['--yes', '--confirm', 'prod-eu']
    expect(after(UP, [API, ...WORKERS.slice(1)], consent).mend).toBe(
      'faci up worker --yes --confirm prod-eu && faci scale worker=2 --yes --confirm prod-eu',
    )
  })

  it('is finished by the same command where something was to stop', () => {
    expect(after({kind: 'down'}, [API])).toEqual({found: [], mend: 'faci down'})
    expect(after({kind: 'stop', services: ['api']}, BEFORE).mend).toBe('faci stop api')
  })
})

function changed(change: Extract<StackChange, {kind: 'revert'}>): string {
  return `faci up ${change.services.join(' ')} --image previous`
}
