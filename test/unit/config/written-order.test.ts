import {describe, expect, it} from 'vitest'
import * as z from 'zod/mini'
import {inWrittenOrder} from '../../../src/config/written-order.js'
import {channelOf} from '../../../src/domain/notices/channels.js'
import {readYaml} from '../../../src/formats/yaml/yaml-document.js'

const kind = (name: string) =>
  z.optional(
    z.pipe(
      z.strictObject({}),
      z.transform(() => name),
    ),
  )
const schema = z.strictObject({first: kind('first'), second: kind('second'), third: kind('third')})

function channels(text: string): readonly string[] {
  const {value} = readYaml('faci.yml', text)
  return inWrittenOrder(schema.parse(value ?? {}), value)
}

describe('the channels of faci.yml', () => {
  it('are in its order, whatever that of the kinds that there are: the first is the default', () => {
    const set = channels('third: {}\nfirst: {}\n')
    expect(set).toEqual(['third', 'first'])
    expect(channelOf(null, set)).toBe('third')
  })

  it.each(['', '{}'])('may be none: %j', (text) => {
    expect(channels(text)).toEqual([])
  })
})
