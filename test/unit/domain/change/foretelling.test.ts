import {describe, expect, it} from 'vitest'
import {foretoldOf, readForetelling} from '../../../../src/domain/change/foretelling.js'
import {aContainer} from '../../../support/builders/container.js'

/** As Compose 2.40.3 prints it where a network and a volume are other ones in the file. */
const NETWORK_AND_VOLUME = `Volume "shop_data" exists but doesn't match configuration in compose file. Recreate (data will be lost)? DRY-RUN MODE -  Container shop-web-1  Stopping
 DRY-RUN MODE -  Container shop-web-1  Stopped
 DRY-RUN MODE -  Network shop_back  Removed
 DRY-RUN MODE -  Container shop-web-1  Running
 DRY-RUN MODE -  Container shop-side-1  Creating
 DRY-RUN MODE -  Container shop-side-1  Created
 DRY-RUN MODE -  Container shop-side-1  Starting
 DRY-RUN MODE -  Container shop-side-1  Started
`

/** As Compose 2.26.1 prints it where \`web\` has another configuration, and one replica of \`db\` too many. */
const RECREATED = ` DRY-RUN MODE -  Container shop-db-2  Stopping
 DRY-RUN MODE -  Container shop-db-2  Stopped
 DRY-RUN MODE -  Container shop-db-2  Removing
 DRY-RUN MODE -  Container shop-db-2  Removed
 DRY-RUN MODE -  Container shop-web-1  Recreate
 DRY-RUN MODE -  Container shop-web-1  Recreated
 DRY-RUN MODE -  Container shop-db-1  Running
 DRY-RUN MODE -  Container 2a4517ee78e1_shop-web-1  Starting
 DRY-RUN MODE -  Container 2a4517ee78e1_shop-web-1  Started
`

describe('what Compose prints of what it would do', () => {
  it('tells what is stopped meanwhile, which networks are made anew, and which volumes stay as they are', () => {
    expect(readForetelling(NETWORK_AND_VOLUME)).toEqual({
      running: [],
      recreated: [],
      stopped: ['shop-web-1'],
      networks: ['shop_back'],
      keptVolumes: ['shop_data'],
      isWhole: true,
    })
  })

  it('tells what is recreated; what is stopped to be removed is not stopped meanwhile', () => {
    expect(readForetelling(RECREATED)).toEqual({
      running: ['shop-db-1'],
      recreated: ['shop-web-1'],
      stopped: [],
      networks: [],
      keptVolumes: [],
      isWhole: true,
    })
  })

  it('leaves out what it does not understand', () => {
    const printed =
      'time="now" level=warning msg="Container shop-web-1  Recreate"\nContainer  Recreate\nContainer a b c\n'
    expect(Object.values({...readForetelling(printed), isWhole: []}).flat()).toEqual([])
  })
})

describe('what is said of a service', () => {
  const seen = readForetelling(RECREATED)
  const web = aContainer({service: 'web', name: 'shop-web-1'})

  it('is the worst of what is said of its containers, and good only where it is said of each', () => {
    const other = aContainer({service: 'web', name: 'shop-web-2'})
    const db = aContainer({service: 'db', name: 'shop-db-1'})
    expect(foretoldOf([other, web], seen)).toBe('recreated')
    expect(foretoldOf([db], seen)).toBe('running')
    expect(foretoldOf([db, other], seen)).toBe('unsaid')
    expect(foretoldOf([web, other], readForetelling(NETWORK_AND_VOLUME))).toBe('stopped')
  })
})
