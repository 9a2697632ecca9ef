import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import type {TestProject} from 'vitest/node'
import {ensureEngine} from '../../service/stack/engine.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {startStack, uniqueProject} from '../../service/stack/stack.js'

/** What an integration test needs to know of the stack it has for itself. */
export interface RealStack {
  readonly project: string
  readonly env: Readonly<Record<string, string>>
  readonly urls: Readonly<Record<'api' | 'prometheus' | 'alertmanager', string>>
}

declare module 'vitest' {
  interface ProvidedContext {
    stacks: readonly RealStack[]
    /** A folder in which the stacks that are taken have one with their project's name. */
    claims: string
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

/** Brings up the engine and a stack for each worker, builds faci, and takes down what it started. */
export default async function setup({provide, config}: TestProject): Promise<() => Promise<void>> {
  const engine = await ensureEngine({install: true, say})
  await execa('npm', ['run', '--silent', 'build'], {cwd: repositoryRoot, stdin: 'ignore'})
  const starting = Array.from({length: config.maxWorkers}, () =>
    startStack({project: uniqueProject('faci-test'), say, env: {FAULTS: 'enabled', LOAD_RPS: '15'}}),
  )
  const ended = await Promise.allSettled(starting)
  const stacks = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const claims = await mkdtemp(join(tmpdir(), 'faci-claims-'))
  const stop = async (): Promise<void> => {
    await Promise.all(stacks.map((stack) => stack.stop()))
    await engine.stop()
    await rm(claims, {recursive: true})
  }
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  provide('claims', claims)
  provide(
    'stacks',
    stacks.map(({project, env, urls: {api, prometheus, alertmanager}}) => ({
      ...{project, env},
      urls: {api, prometheus, alertmanager},
    })),
  )
  return stop
}
