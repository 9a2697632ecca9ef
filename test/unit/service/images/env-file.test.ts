import {describe, expect, it} from 'vitest'
import {namesOutsideBlock, withBlock} from '../../../../service/images/env-file.js'

describe('the block of image variables in .env', () => {
  const foreign = 'SLACK_BOT_TOKEN=x\n# mine\n'

  it('is added below what is there, and replaced, never doubled', () => {
    const once = withBlock(foreign, {REDIS_IMAGE: 'a'})
    const twice = withBlock(once, {REDIS_IMAGE: 'b'})
    expect(once.startsWith(foreign)).toBe(true)
    expect(twice.startsWith(foreign)).toBe(true)
    expect(twice).toContain('REDIS_IMAGE=b')
    expect(twice).not.toContain('REDIS_IMAGE=a')
    expect(withBlock(twice, {REDIS_IMAGE: 'b'})).toBe(twice)
  })

  it('knows the names that somebody else set', () => {
    const text = withBlock('REDIS_IMAGE=mine\n', {PROXY_IMAGE: 'a'})
    expect(namesOutsideBlock(text)).toEqual(['REDIS_IMAGE'])
  })
})
