import type {TestProject} from 'vitest/node'
import {ensureEngine} from '../../service/stack/engine.js'
import {startStack, uniqueProject} from '../../service/stack/stack.js'
import {stackLender} from './stack-lender.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the one that lends stacks: `ownStack` asks it. */
    stackLender: string
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Brings up the engine, lends stacks to the test files, and takes down what it started. */
export default async function setup({provide}: TestProject): Promise<() => Promise<void>> {
  const engine = await ensureEngine({install: true, say})
  const lender = await stackLender(() =>
    startStack({project: uniqueProject('faci-test'), say, env: {FAULTS: 'enabled', LOAD_RPS: '15'}}),
  )
  provide('stackLender', lender.url)
  return async () => {
    await lender.stop()
    await engine.stop()
  }
}
