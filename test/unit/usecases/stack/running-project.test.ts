import {describe, expect, it} from 'vitest'
import {FaciError} from '../../../../src/domain/errors.js'
import type {Container} from '../../../../src/domain/stack/container.js'
import {runningProject} from '../../../../src/usecases/stack/running-project.js'
import {aContainer} from '../../../support/builders/container.js'
import {fakeEngine} from '../../../support/fakes/engine.js'

const FILE = '/srv/shop/compose.yaml'
const PLACE = {project: 'shop', isNamed: false, files: [FILE, '/srv/shop/compose.override.yaml']}
const ofFile = (project: string, overrides: Partial<Container> = {}): Container =>
  aContainer({project, composeFiles: [FILE], ...overrides})

function found(containers: readonly Container[], place = PLACE): Promise<string> {
  return runningProject(
    () => Promise.resolve(fakeEngine(containers)),
    place,
    (path) => path.replace('/link/', '/srv/'),
  )
}

describe('the project that is meant', () => {
  it.each<[string, readonly Container[], string]>([
    ['its own where it has containers', [ofFile('shop', {state: 'exited'}), ofFile('prod')], 'shop'],
    ['the one that runs from the same file', [ofFile('prod')], 'prod'],
    ['the one that runs from it by a link', [ofFile('prod', {composeFiles: ['/link/shop/compose.yaml']})], 'prod'],
    ['its own where that one has ended', [ofFile('prod', {state: 'exited'})], 'shop'],
    ['its own where two run from the file', [ofFile('prod'), ofFile('stage')], 'shop'],
    ['its own where another file runs', [ofFile('prod', {composeFiles: ['/srv/other/compose.yaml']})], 'shop'],
    ['its own where nothing runs', [], 'shop'],
  ])('is %s', async (_, containers, project) => {
    expect(await found(containers)).toBe(project)
  })

  it('is the one that somebody named, whatever runs', async () => {
    expect(await found([ofFile('prod')], {...PLACE, isNamed: true})).toBe('shop')
  })

  it('is its own where the engine does not tell, whose error is told by who needs it', async () => {
    const refuse = () => Promise.reject(new FaciError('unreachable', 'no engine'))
    expect(await runningProject(refuse, PLACE, (path) => path)).toBe('shop')
  })
})
