import {mkdirSync, rmdirSync} from 'node:fs'
import {join} from 'node:path'
import {afterAll, inject} from 'vitest'
import type {RealStack} from './real-stack.js'

/** False when another test file has it. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/**
 * A stack that no other test file has until this one's last hook. Called before any other `afterAll`: hooks end in reverse order.
 * Vitest's number of the worker would not do: after a change of group two that run at once may have the same.
 */
export function ownStack(): RealStack {
  const claimOn = ({project}: RealStack): string => join(inject('claims'), project)
  const stack = inject('stacks').find((one) => claim(claimOn(one)))
  if (stack === undefined) throw new Error('every stack is taken: there must be one for each worker')
  afterAll(() => {
    rmdirSync(claimOn(stack))
  })
  return stack
}
