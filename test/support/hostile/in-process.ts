import {buildManifest} from '../../../bin/manifest.mjs'
import packageJson from '../../../package.json' with {type: 'json'}
import {repositoryRoot} from '../../../service/stack/repository.js'
import {COMMAND_TABLE} from '../../../src/cli/frame/command-table.js'
import {main, type Program} from '../../../src/cli/frame/main.js'

export interface Printed {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

const STREAMS = ['stdout', 'stderr'] as const
/** A bound, not a measure: nothing of it takes a second where the machine is free. */
const DEADLINE_MS = 120_000

let program: Program | undefined

async function ours(): Promise<Program> {
  return (program ??= {
    manifest: await buildManifest(),
    table: COMMAND_TABLE,
    packageJson: packageJson as unknown as Program['packageJson'],
    root: repositoryRoot,
  })
}

type Stop = () => void

/** What would come from a pipe, and what has listened since: nothing of it is left when a command has ended. */
function captured(onText: () => void): {readonly text: Record<(typeof STREAMS)[number], string>; readonly stop: Stop} {
  const text = {stdout: '', stderr: ''}
  const stops = STREAMS.map((name): Stop => {
    const stream = process[name]
    const write = stream.write.bind(stream)
    const listening = stream.listeners('error') as ((...all: unknown[]) => void)[]
    stream.write = (chunk: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
      text[name] += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
      for (const call of [encoding, done]) if (typeof call === 'function') (call as () => void)()
      onText()
      return true
    }
    return () => {
      stream.write = write
      for (const listener of stream.listeners('error') as ((...all: unknown[]) => void)[])
        if (!listening.includes(listener)) stream.off('error', listener)
    }
  })
  return {
    text,
    stop: () => {
      for (const stop of stops) stop()
    },
  }
}

function swapped(environment: NodeJS.ProcessEnv, argv: readonly string[]): Stop {
  const before = {env: {...process.env}, argv: process.argv}
  for (const name of Object.keys(process.env))
    if (name.startsWith('FACI_') || name === 'CI') Reflect.deleteProperty(process.env, name)
  Object.assign(process.env, {NO_COLOR: '1'}, environment)
  process.argv = [...process.argv.slice(0, 2), ...argv]
  return () => {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name)
    Object.assign(process.env, before.env)
    process.argv = before.argv
  }
}

/** One command line in this process, as if from a pipe; what does not end by itself (`--watch`, `--follow`) is ended by Ctrl-C after its first text. */
export async function faciHere(argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<Printed> {
  const made = await ours()
  const others = new Set(process.listeners('SIGINT'))
  const isEndless = argv.includes('--watch') || argv.includes('--follow')
  const interrupt = (): void => {
    for (const listener of process.listeners('SIGINT')) if (!others.has(listener)) listener('SIGINT')
  }
  const restore = swapped(environment, argv)
  const {text, stop} = captured(() => isEndless && setTimeout(interrupt, 20))
  const {exitCode} = process
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`faci ${argv.join(' ')} did not end: ${JSON.stringify(text)}`))
      }, DEADLINE_MS)
    })
    process.exitCode = 0
    await Promise.race([main(argv, made), late])
    return {...text, exitCode: process.exitCode}
  } finally {
    clearTimeout(timer)
    stop()
    restore()
    process.exitCode = exitCode
  }
}
