import {afterAll, inject} from 'vitest'
import type {RealStack} from './stack-lender.js'

/** A stack that no other test file has until this one's last hook. Called before any other `afterAll`: hooks end in reverse order. */
export async function ownStack(): Promise<RealStack> {
  const lender = inject('stackLender')
  const answer = await fetch(lender, {method: 'POST'})
  if (!answer.ok) throw new Error(`no stack: ${await answer.text()}`)
  const stack = (await answer.json()) as RealStack
  afterAll(async () => {
    const {ok} = await fetch(new URL(stack.project, lender), {method: 'DELETE'})
    if (!ok) throw new Error(`${stack.project} was not taken back`)
  })
  return stack
}
