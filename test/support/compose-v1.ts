import {spawn} from 'node:child_process'
import {once} from 'node:events'
import {join} from 'node:path'
import {createInterface} from 'node:readline'

export interface ComposeV1Run {
  readonly exitCode: number
  readonly stdout: string
}

type Environment = Readonly<Record<string, string>>

export interface ComposeV1 {
  readonly run: (argv: readonly string[], cwd: string, env: Environment) => Promise<ComposeV1Run>
  /** The project's name by the folder and the environment, which no command of it prints. */
  readonly projectName: (cwd: string, env: Environment) => Promise<string>
  readonly stop: () => Promise<void>
}

/** Debian's docker-compose 1.29, loaded once: to load it takes most of what a run of it takes. One run after another. */
export function composeV1(): ComposeV1 {
  const script = join(import.meta.dirname, 'processes', 'compose-v1.py')
  const child = spawn('/usr/bin/python3', [script], {stdio: ['pipe', 'pipe', 'inherit']})
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]()
  const closed = once(child, 'close')
  let last: Promise<unknown> = Promise.resolve()
  const ask = async (asked: object): Promise<ComposeV1Run> => {
    child.stdin.write(`${JSON.stringify(asked)}\n`)
    const answer = await lines.next()
    if (answer.done === true) throw new Error('docker-compose 1.29 has no Python modules here')
    return JSON.parse(answer.value) as ComposeV1Run
  }
  const run: ComposeV1['run'] = (argv, cwd, env) => {
    const answer = last.then(() => ask({argv, cwd, env}))
    last = answer.catch(() => undefined)
    return answer
  }
  return {
    run,
    projectName: async (cwd, env) => (await run([], cwd, env)).stdout.trim(),
    stop: async () => {
      child.stdin.end()
      await closed
    },
  }
}
