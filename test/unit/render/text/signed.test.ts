import {describe, expect, it} from 'vitest'
import {signed} from '../../../../src/render/text/signed.js'
import {POSTMORTEM} from '../../../../src/render/words/pt-BR/postmortem.js'

describe('who did something', () => {
  it('is said to be unverified in the language of the post-mortem, and only where the store signed so', () => {
    expect(signed('ana@vm (unverified)', POSTMORTEM)).toBe('ana@vm (não verificado)')
    expect(signed('ana@vm', POSTMORTEM)).toBe('ana@vm')
    expect(signed('(unverified) ana@vm', POSTMORTEM)).toBe('(unverified) ana@vm')
  })
})
