import {describe, expect, it} from 'vitest'
import type {StackChange} from '../../../../src/domain/change/change.js'
import type {Foretelling} from '../../../../src/domain/change/foretelling.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import {foresee, NO_OUTLOOK, type Outlook} from '../../../../src/domain/change/planned-effect.js'
import {aBlueprint} from '../../../support/builders/blueprint.js'
import {aContainer} from '../../../support/builders/container.js'

const UP = {kind: 'up', services: [], build: false, recreate: false, replicas: {}} as const
const REVERT: StackChange = {kind: 'revert', services: ['api'], replicas: {api: 1}}
const THREE = [1, 2, 3].map((replica) => aContainer({replica}))
const OUTLOOK: Outlook = {
  ...NO_OUTLOOK,
  expected: [{service: 'api', replicas: 1, isJob: false}],
  profiled: ['load'],
  blueprints: {api: aBlueprint()},
}
const NEWER = {name: 'faciliauto/api:1', id: 'sha256:new'}
const newer: Outlook = {...OUTLOOK, blueprints: {api: aBlueprint('api', {image: NEWER})}}
const PIN = {service: 'api', reference: 'faci/x/api:previous', previous: 'sha256:good', left: 'sha256:bad'}

function effects(change: StackChange, containers: readonly Container[], outlook = OUTLOOK, service = 'api') {
  return foresee(change, service, containers, outlook).effects
}

describe('what up does beyond bringing up', () => {
  it('is nothing where nothing changed', () => {
    expect(foresee(UP, 'api', [aContainer()], OUTLOOK)).toEqual({recreation: 'no', effects: []})
    expect(foresee(UP, 'api', [], OUTLOOK)).toEqual({recreation: null, effects: []})
  })

  it('is another image, once however many replicas have the old one', () => {
    const {recreation, effects: all} = foresee({...UP, replicas: {api: 3}}, 'api', THREE, newer)
    expect(recreation).toBe('yes')
    const from = {name: 'faciliauto/api:1', id: 'sha256:api'}
    expect(all).toEqual([{kind: 'image', of: 'all', change: {from, to: NEWER, comes: null}}])
  })

  it('is a configuration that changed, or that nobody can tell', () => {
    const withHash = (hash: string | null): Outlook => ({...OUTLOOK, blueprints: {api: aBlueprint('api', {hash})}})
    expect(foresee(UP, 'api', [aContainer()], withHash('other'))).toEqual({
      recreation: 'yes',
      effects: [{kind: 'configuration', of: 'all', state: 'changed'}],
    })
    const unknown = {recreation: 'unknown', effects: [{kind: 'configuration', of: 'all', state: 'unknown'}]}
    expect(foresee(UP, 'api', [aContainer()], withHash(null))).toEqual(unknown)
    expect(foresee(UP, 'api', [aContainer()], {...OUTLOOK, blueprints: {}})).toEqual(unknown)
  })

  it('is the loss of replicas where their number is in doubt and Compose makes it that of its file', () => {
    expect(effects(UP, THREE)).toEqual([{kind: 'replicasLost', running: 3, then: 1}])
    expect(effects({...UP, replicas: {api: 3}}, THREE)).toEqual([])
    expect(effects({kind: 'scale', replicas: {api: 2}}, THREE)).toEqual([{kind: 'replicasLost', running: 3, then: 2}])
  })

  it('is what Compose itself says, save that nothing which differs is left unsaid', () => {
    const said: Foretelling = {running: [], recreated: [], stopped: [], networks: [], keptVolumes: [], isWhole: true}
    const own = aContainer()
    const when = (foretelling: Partial<Foretelling>, outlook = OUTLOOK) =>
      foresee(UP, 'api', [own], {...outlook, foretelling: {...said, ...foretelling}})
    const none: Outlook = {...OUTLOOK, blueprints: {api: aBlueprint('api', {hash: null})}}
    const {name} = own
    expect(when({recreated: [name]})).toEqual({recreation: 'yes', effects: [{kind: 'recreatedAnyway'}]})
    expect(when({recreated: [name]}, newer)).toEqual(foresee(UP, 'api', [own], newer))
    expect(when({stopped: [name], networks: ['back']})).toEqual({
      recreation: 'no',
      effects: [{kind: 'stoppedMeanwhile', networks: ['back']}],
    })
    expect(when({running: [name]}, none)).toEqual({recreation: 'no', effects: []})
    expect(when({running: [name]}, newer)).toEqual(foresee(UP, 'api', [own], newer))
    expect(when({}, none)).toEqual(foresee(UP, 'api', [own], none))
  })

  it('recreates only the services named', () => {
    const redis = {...OUTLOOK, blueprints: {...OUTLOOK.blueprints, redis: aBlueprint('redis')}}
    const change = {...UP, services: ['api'], recreate: true}
    expect(foresee(change, 'api', [aContainer()], redis).recreation).toBe('yes')
    expect(foresee(change, 'redis', [aContainer({service: 'redis'})], redis).recreation).toBe('no')
  })
})

describe('what scale does', () => {
  it('keeps those that run, and says that new ones differ', () => {
    const {recreation, effects: all} = foresee({kind: 'scale', replicas: {api: 4}}, 'api', THREE, newer)
    expect([recreation, all.map(({kind}) => kind)]).toEqual(['no', ['image']])
    expect(all[0]).toMatchObject({of: 'newReplicas'})
    expect(effects({kind: 'scale', replicas: {api: 2}}, THREE, newer).map(({kind}) => kind)).toEqual(['replicasLost'])
  })

  it('tells of others that lose replicas with it', () => {
    const redis = [1, 2].map((replica) => aContainer({service: 'redis', replica}))
    expect(effects({kind: 'scale', replicas: {api: 1}, kept: {redis: 2}}, redis, OUTLOOK, 'redis')).toEqual([])
    expect(effects({kind: 'scale', replicas: {api: 1}}, redis, OUTLOOK, 'redis')).toEqual([
      {kind: 'replicasLost', running: 2, then: 1},
    ])
  })
})

describe('what down takes away for longer than until the next up', () => {
  it.each<readonly [string, string, readonly Container[], readonly unknown[]]>([
    ['nothing that up brings back', 'api', [aContainer()], []],
    [
      'replicas beyond the Compose file',
      'api',
      THREE,
      [{kind: 'fewerBroughtBack', running: 3, then: 1, command: 'faci scale api=3'}],
    ],
    [
      'a service whose profile is off',
      'load',
      [1, 2].map((replica) => aContainer({service: 'load', replica})),
      [{kind: 'notBroughtBack', why: 'profile', command: 'faci up load && faci scale load=2'}],
    ],
    [
      'a service that the file has no more',
      'gone',
      [aContainer({service: 'gone'})],
      [{kind: 'notBroughtBack', why: 'notInFile', command: null}],
    ],
    ['not what did not run', 'load', [aContainer({service: 'load', state: 'exited'})], []],
  ])('%s', (_, service, containers, expected) => {
    expect(effects({kind: 'down'}, containers, OUTLOOK, service)).toEqual(expected)
  })
})

describe('a service that went back to its previous image', () => {
  const pinned: Outlook = {...OUTLOOK, pins: [PIN]}

  it('says how to leave it again', () => {
    expect(effects(REVERT, [])).toEqual([{kind: 'pins', unpin: 'faci up api --image compose'}])
  })

  it('stays, and says so, or says that the one it left comes back', () => {
    expect(effects({...UP, pinned: ['api']}, [], pinned)).toEqual([
      {
        ...{kind: 'pinned', image: {name: 'faci/x/api:previous', id: 'sha256:good'}, left: 'sha256:bad'},
        unpin: 'faci up api --image compose',
      },
    ])
    expect(effects({kind: 'scale', replicas: {api: 1}, pinned: ['api']}, [], pinned)).toHaveLength(1)
    expect(effects({...UP, unpin: true}, [], pinned)).toEqual([{kind: 'leftComesBack', left: 'sha256:bad'}])
  })
})

describe('a job that has finished', () => {
  const outlook = {...NO_OUTLOOK, expected: [{service: 'api', replicas: 1, isJob: true}]}
  const ended = (exitCode: number) => [aContainer({state: 'exited', exitCode})]

  it('is run again by up, which says so', () => {
    expect(effects(UP, ended(0), outlook)).toContainEqual({kind: 'runsAgain'})
  })

  it('is none that failed, that runs, or that is no job', () => {
    expect(effects(UP, ended(1), outlook)).not.toContainEqual({kind: 'runsAgain'})
    expect(effects(UP, [aContainer()], outlook)).not.toContainEqual({kind: 'runsAgain'})
    expect(effects(UP, ended(0), NO_OUTLOOK)).not.toContainEqual({kind: 'runsAgain'})
  })
})
