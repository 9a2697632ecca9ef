import {describe, expect, it} from 'vitest'
import {provenanceOf} from '../../../../src/domain/stack/made-elsewhere.js'
import {aContainer} from '../../../support/builders/container.js'
import {checkoutIn} from '../../../support/checkout.js'

const HERE = checkoutIn('/srv/shop', 'compose.yaml')
const MADE = {workingDirectory: '/srv/shop', composeFiles: ['/srv/shop/compose.yaml']}

describe('from what containers were made', () => {
  it('is nothing to tell where it is from here, or where labels do not say', () => {
    expect(provenanceOf([aContainer(MADE), aContainer({workingDirectory: null})], HERE)).toEqual([])
  })

  it('is an override file that faci does not use, once for all services', () => {
    const composeFiles = ['/srv/shop/compose.yaml', '/srv/shop/compose.prod.yaml']
    const containers = ['api', 'web', 'api'].map((service) => aContainer({...MADE, service, composeFiles}))
    expect(provenanceOf(containers, HERE)).toEqual([
      {kind: 'files', services: ['api', 'web'], made: composeFiles, now: HERE.files},
    ])
  })

  it('is not the same files in another order', () => {
    const now = checkoutIn('/srv/shop', 'b.yaml', 'a.yaml')
    const composeFiles = ['/srv/shop/a.yaml', '/srv/shop/b.yaml']
    expect(provenanceOf([aContainer({...MADE, composeFiles})], now)).toMatchObject([{kind: 'files'}])
  })

  it('is another checkout, whose files are not told beside it', () => {
    const other = aContainer({workingDirectory: '/home/bob/shop', composeFiles: ['/home/bob/shop/compose.yaml']})
    expect(provenanceOf([other], HERE)).toEqual([
      {kind: 'directory', services: ['api'], made: '/home/bob/shop', now: '/srv/shop'},
    ])
  })

  it('is nothing where a link leads to the same', () => {
    const realPath = (path: string): string => path.replace(/^\/var\/current/, '/srv/shop')
    const linked = aContainer({workingDirectory: '/var/current', composeFiles: ['/var/current/compose.yaml']})
    expect(provenanceOf([linked], {...HERE, realPath})).toEqual([])
  })

  it.each([
    ['an env file that faci does not read', ['/srv/shop/prod.env'], null, true, true],
    ['.env, named', ['/srv/shop/.env'], null, true, false],
    ['.env, where faci reads another', [], ['/srv/shop/prod.env'], false, true],
    ['the env files that `.env` leads to by itself', [], ['/srv/shop/sub/.env', '/srv/shop/.env'], true, false],
    ['the same env file', ['/srv/shop/prod.env'], ['/srv/shop/prod.env'], false, false],
  ])('%s', (_, envFiles, now, envFilesAreUsual, isOther) => {
    const found = provenanceOf([aContainer({...MADE, envFiles})], {...HERE, envFiles: now, envFilesAreUsual})
    expect(found.map(({kind}) => kind)).toEqual(isOther ? ['envFiles'] : [])
  })
})
