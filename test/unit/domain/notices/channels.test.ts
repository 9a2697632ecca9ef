import {describe, expect, it} from 'vitest'
import {listChannel} from '../../../../src/domain/notices/channels.js'

describe('a list of a channel', () => {
  it('is a channel of its own name', () => {
    expect(listChannel('email', 'managers')).toEqual({name: 'email:managers', readers: 'responders'})
  })

  it('is of those who only have to know when it is called so', () => {
    expect(listChannel('email', 'stakeholders').readers).toBe('stakeholders')
  })
})
