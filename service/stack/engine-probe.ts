import {execa} from 'execa'

export type Probe =
  {readonly answers: true; readonly version: string} | {readonly answers: false; readonly reason: string}

/** Asks the engine that the docker client would use (DOCKER_HOST, the current context, the default socket). */
export async function probeEngine(): Promise<Probe> {
  const result = await execa('docker', ['version', '--format', '{{.Server.Version}}'], {
    reject: false,
    timeout: 8000,
    stdin: 'ignore',
  })
  if (result.exitCode === 0) return {answers: true, version: result.stdout.trim()}
  if (result.code === 'ENOENT') return {answers: false, reason: 'no docker client on PATH'}
  if (result.timedOut) return {answers: false, reason: 'the docker engine did not answer within 8 s'}
  return {answers: false, reason: lastLine(result.stderr)}
}

/** True when the client is told to use a particular engine: starting another would not help then. */
export async function usesChosenEngine(): Promise<string | undefined> {
  const host = process.env['DOCKER_HOST']
  if (host !== undefined && host !== '') return 'DOCKER_HOST'
  const context = await execa('docker', ['context', 'show'], {reject: false, timeout: 5000, stdin: 'ignore'})
  const name = context.exitCode === 0 ? context.stdout.trim() : 'default'
  return name === 'default' || name === '' ? undefined : `the docker context "${name}"`
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? 'unknown error'
}
