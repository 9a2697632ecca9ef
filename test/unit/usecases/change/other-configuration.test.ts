import {describe, expect, it} from 'vitest'
import type {StackChange} from '../../../../src/domain/change/change.js'
import {changeStack} from '../../../../src/usecases/change/change-stack.js'
import {aContainer} from '../../../support/builders/container.js'
import {changeInput, changeWorld} from '../../../support/change-world.js'

const RESTART: StackChange = {kind: 'restart', services: ['api']}
const HEALTHY_REDIS = {id: 'r1', service: 'redis', name: 'faciliauto-redis-1', health: 'healthy'} as const

describe('another configuration than the one that runs', () => {
  const UP = {kind: 'up', services: ['api'], build: false, recreate: false, replicas: {}} satisfies StackChange
  const PROD = ['/srv/faciliauto/docker-compose.yml', '/srv/faciliauto/prod.yml']

  function prodWorld() {
    const world = changeWorld()
    world.containers = [
      aContainer({service: 'api', composeFiles: PROD, configHash: 'other'}),
      aContainer({...HEALTHY_REDIS}),
    ]
    world.afterApply = world.containers
    return world
  }

  it('is refused unattended though the change itself is approved, with the command that would be accepted', async () => {
    const world = prodWorld()
    const {verdict, data} = await changeStack(world.deps, changeInput(UP))
    expect(verdict).toBe('refused')
    expect(data.refusal?.accept).toMatch(/^faci up api --yes --approve config@[0-9a-f]{32}$/)
    expect(world.acts).not.toContain('apply up')
  })

  it('is made with that command, and only as long as it is about the same', async () => {
    const world = prodWorld()
    const {data} = await changeStack(world.deps, changeInput(UP))
    const approve = data.refusal?.accept?.split(' ').at(-1) ?? ''
    expect((await changeStack(world.deps, changeInput(UP, {approve}))).verdict).toBe('ok')
    const composeFiles = [...PROD, '/srv/faciliauto/debug.yml']
    world.containers = [aContainer({service: 'api', composeFiles, configHash: 'other'})]
    const other = await changeStack(world.deps, changeInput(UP, {approve}))
    expect(other.verdict).toBe('refused')
    expect(other.data.refusal?.reason).toMatch(/has changed since/)
  })

  it('is asked for by a word of its own, whatever was said before', async () => {
    const world = prodWorld()
    world.answers = ['config']
    const {verdict} = await changeStack(world.deps, changeInput(UP))
    expect(verdict).toBe('ok')
    expect(world.questions).toEqual([expect.stringContaining('Type config to continue')])
    expect(world.plans[0]?.differences).toMatchObject([{kind: 'files', services: ['api'], made: PROD}])
  })

  it('is not made by a block of a run that nobody was asked about', async () => {
    const world = prodWorld()
    world.answers = ['config']
    const run = {runToken: 'token', yes: false}
    const {verdict, data} = await changeStack(world.deps, changeInput(UP, run))
    expect(verdict).toBe('refused')
    expect(data.refusal?.accept).toMatch(/--approve config@/)
    expect(world.questions).toEqual([])
  })

  it('is none where Compose comes to the same hash: what it leaves as it is keeps the labels of its day', async () => {
    const world = changeWorld()
    world.containers = [aContainer({service: 'api', composeFiles: PROD}), aContainer({...HEALTHY_REDIS})]
    const {verdict, warnings} = await changeStack(world.deps, changeInput(UP))
    expect(verdict).toBe('ok')
    expect(warnings?.join()).toMatch(/api was started with/)
  })

  it.each<[string, StackChange, string]>([
    ['down takes all away', {kind: 'down'}, 'refused'],
    ['scale makes more', {kind: 'scale', replicas: {api: 2}}, 'refused'],
    ['scale makes none', {kind: 'scale', replicas: {api: 1}}, 'ok'],
    ['restart leaves them as they are', RESTART, 'ok'],
    ['another service is none of its business', {...UP, services: ['redis']}, 'ok'],
  ])('%s', async (_, change, verdict) => {
    const world = prodWorld()
    if (change.kind === 'down') world.afterApply = []
    expect((await changeStack(world.deps, changeInput(change))).verdict).toBe(verdict)
  })

  it('is one where nothing sets a variable any more whose value runs; an edited file is none', async () => {
    const world = changeWorld()
    world.containers = [aContainer({service: 'api', configHash: 'other', createdAt: '2026-11-23T06:00:00.000Z'})]
    const file = {file: '/srv/faciliauto/docker-compose.yml', editedAt: '2026-11-23T06:30:00.000Z'}
    const pieces = [{variables: ['RELEASE'], isUnset: true, value: '1'}]
    const uses = [{service: 'api', at: ['environment', 'RELEASE'], pieces}]
    const compose = {...world.deps.compose, sources: () => Promise.resolve({uses, files: [file]})}
    const running = (value: string) => ({
      ...world.deps,
      compose,
      engine: {...world.deps.engine, inspect: () => Promise.resolve({Config: {Env: [`RELEASE=${value}`]}})},
    })
    const lost = await changeStack(running('prod-7'), changeInput(UP, {dryRun: true}))
    expect(lost.data.plan.differences).toEqual([{kind: 'variables', services: ['api'], variables: ['RELEASE']}])
    const edited = await changeStack(running('1'), changeInput(UP, {dryRun: true}))
    expect(edited.data.plan.differences).toEqual([])
    expect(edited.data.plan.services[0]?.effects).toMatchObject([
      {kind: 'configuration', cause: {variables: [], files: [file.file], version: null}},
    ])
  })

  it('is a second copy of what runs from the same file as another project, or of a Swarm stack', async () => {
    const world = changeWorld()
    world.containers = []
    const running = {directory: '/srv/faciliauto', services: ['api', 'redis'], running: 2, total: 2}
    const copy = {...running, project: 'prod', kind: 'compose' as const, files: ['/srv/faciliauto/docker-compose.yml']}
    const stack = {...running, project: 'shop', kind: 'swarm' as const, files: []}
    const other = {...running, project: 'other', kind: 'compose' as const, files: ['/srv/other/docker-compose.yml']}
    const engine = {...world.deps.engine, projects: () => Promise.resolve([copy, stack, other])}
    const up: StackChange = {...UP, services: []}
    const {verdict, data} = await changeStack({...world.deps, engine}, changeInput(up))
    expect(verdict).toBe('refused')
    expect(data.plan.differences).toMatchObject([
      {kind: 'project', of: 'compose', made: 'prod', now: 'faciliauto'},
      {kind: 'project', of: 'swarm', made: 'shop', now: 'faciliauto'},
    ])
    // Who named the project has more than one of the same file on purpose; a Swarm stack is none of Compose's.
    const {place} = changeInput(up)
    const named = changeInput(up, {dryRun: true, place: {...place, isNamed: true}})
    expect((await changeStack({...world.deps, engine}, named)).data.plan.differences).toMatchObject([{of: 'swarm'}])
  })

  it('is a profile that is off while its services run, but not where faci brought them up by name', async () => {
    const world = changeWorld()
    world.containers = [aContainer(), aContainer({...HEALTHY_REDIS}), aContainer({service: 'load'})]
    world.afterApply = world.containers
    const all: StackChange = {...UP, services: []}
    const {data} = await changeStack(world.deps, changeInput(all, {dryRun: true}))
    expect(data.plan.differences).toEqual([{kind: 'profiles', services: ['load']}])
    expect((await changeStack(world.deps, changeInput({...UP, services: ['load']}))).verdict).toBe('ok')
    expect((await changeStack(world.deps, changeInput(all))).verdict).toBe('ok')
  })
})
