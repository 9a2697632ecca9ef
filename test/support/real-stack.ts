import {execa} from 'execa'
import type {TestProject} from 'vitest/node'
import {ensureEngine} from '../../service/stack/engine.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {startStack, uniqueProject} from '../../service/stack/stack.js'

/** What an integration test needs to know of the stack that was started for all of them. */
export interface RealStack {
  readonly project: string
  readonly env: Readonly<Record<string, string>>
  readonly urls: Readonly<Record<'api' | 'prometheus' | 'alertmanager', string>>
}

declare module 'vitest' {
  interface ProvidedContext {
    stack: RealStack
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Brings up the engine and one stack for all integration tests, builds faci, and takes down what it started. */
export default async function setup({provide}: TestProject): Promise<() => Promise<void>> {
  const engine = await ensureEngine({install: true, say})
  await execa('npm', ['run', '--silent', 'build'], {cwd: repositoryRoot, stdin: 'ignore'})
  const stack = await startStack({
    project: uniqueProject('faci-test'),
    say,
    env: {FAULTS: 'enabled', LOAD_RPS: '15'},
  })
  const {api, prometheus, alertmanager} = stack.urls
  provide('stack', {project: stack.project, env: stack.env, urls: {api, prometheus, alertmanager}})
  return async () => {
    await stack.stop()
    await engine.stop()
  }
}
