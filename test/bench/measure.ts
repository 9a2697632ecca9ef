import {spawn} from 'node:child_process'

export interface Row {
  readonly what: string
  readonly against: string
  readonly ratio: number
  readonly target: number
  readonly detail: string
}

export interface Command {
  readonly argv: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Without NODE_EXTRA_CA_CERTS: with it Node spends 35 ms parsing certificates, on both sides. */
function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const all = {...process.env, ...extra}
  delete all['NODE_EXTRA_CA_CERTS']
  return all
}

/** Wall time of one run in milliseconds; output is read and thrown away. */
export function wallTime({argv, env, cwd}: Command): Promise<number> {
  const [file = '', ...parameters] = argv
  const started = process.hrtime.bigint()
  const child = spawn(file, parameters, {cwd, env: environment(env), stdio: ['ignore', 'ignore', 'ignore']})
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', () => {
      resolve(Number(process.hrtime.bigint() - started) / 1e6)
    })
  })
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((first, second) => first - second)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}

/** Medians of commands run in turn, A B C A B C …, so that a machine that slows down slows all of them. */
export async function inTurn(commands: readonly Command[], rounds: number): Promise<readonly number[]> {
  for (const command of commands) await wallTime(command)
  const times = commands.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, command] of commands.entries()) times[index]?.push(await wallTime(command))
  }
  return times.map(median)
}
