import {type ChildProcessByStdio, spawn} from 'node:child_process'
import {Agent} from 'node:http'
import {Socket} from 'node:net'
import {Duplex, type Readable, type Writable} from 'node:stream'
import {shellCommand} from '../../domain/text/shell-command.js'
import {type SshTarget, noSsh, sshFailure} from './ssh-failure.js'

type Ssh = ChildProcessByStdio<Writable, Readable, Readable>

const KEPT_CHARACTERS = 2000
/** A server refuses more than about ten that have not logged in yet. */
const MOST_LOGINS = 4
/** A connection that ssh shares with later ones lives on, and may hold stderr open. */
const DRAIN_MILLISECONDS = 250

/** As the Docker CLI does it, by the operator's own ssh, keys, agent and configuration; never asking, for nobody would answer in time. */
function sshArguments({host, user, port, socket}: SshTarget): readonly string[] {
  const docker = ['docker', ...(socket === null ? [] : ['--host', `unix://${socket}`]), 'system', 'dial-stdio']
  return [
    ...['-T', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10'],
    ...(user === null ? [] : ['-l', user]),
    ...(port === null ? [] : ['-p', String(port)]),
    // A shell over there reads it.
    ...['--', host, shellCommand(docker)],
  ]
}

interface SshStreamOptions {
  readonly shown: string
  readonly target: SshTarget
  /** Called once, when it is in or will never be. */
  readonly onLogin: () => void
}

/** A connection over the pipes of one ssh process, with the methods of a socket that Node's HTTP client calls. */
class SshStream extends Duplex {
  readonly #ssh: Ssh
  #said = ''
  #hasAnswered = false

  constructor({shown, target, onLogin}: SshStreamOptions) {
    super()
    this.#ssh = spawn('ssh', sshArguments(target), {stdio: ['pipe', 'pipe', 'pipe']})
    this.#read(onLogin)
    // What is written to one that has ended is lost; its end tells why.
    this.#ssh.stdin.on('error', () => undefined)
    this.#ssh.once('error', (error) => {
      onLogin()
      this.destroy(noSsh(shown, error))
    })
    this.#ssh.once('exit', (exitCode) => {
      onLogin()
      this.#whenDrained(() => {
        if (!this.#hasAnswered) this.destroy(sshFailure(shown, target, {said: this.#said, exitCode}))
      })
    })
  }

  #read(onLogin: () => void): void {
    const {stdout, stderr} = this.#ssh
    stdout.on('data', (chunk: Buffer) => {
      if (!this.#hasAnswered) onLogin()
      this.#hasAnswered = true
      if (!this.push(chunk)) stdout.pause()
    })
    // Without an answer it is an error, told once it is known why.
    stdout.on('end', () => {
      if (this.#hasAnswered) this.push(null)
    })
    stderr.on('data', (chunk: Buffer) => {
      if (this.#said.length < KEPT_CHARACTERS) this.#said += chunk.toString()
    })
  }

  #whenDrained(then: () => void): void {
    const timer = setTimeout(then, DRAIN_MILLISECONDS)
    this.#ssh.once('close', () => {
      clearTimeout(timer)
      then()
    })
  }

  override _read(): void {
    this.#ssh.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    if (this.#ssh.stdin.write(chunk)) done()
    else
      this.#ssh.stdin.once('drain', () => {
        done()
      })
  }

  override _final(done: () => void): void {
    this.#ssh.stdin.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ssh.kill()
    done(error)
  }

  /** An idle connection keeps no command from ending. */
  unref(): this {
    this.#ssh.unref()
    for (const pipe of this.#pipes()) pipe.unref()
    return this
  }

  ref(): this {
    this.#ssh.ref()
    for (const pipe of this.#pipes()) pipe.ref()
    return this
  }

  #pipes(): readonly Socket[] {
    const {stdin, stdout, stderr} = this.#ssh
    return [stdin, stdout, stderr].filter((pipe) => pipe instanceof Socket)
  }

  setKeepAlive(): this {
    return this
  }

  setNoDelay(): this {
    return this
  }

  setTimeout(): this {
    return this
  }
}

type Give = (error: Error | null, stream: Duplex) => void

/** Connections to an engine through the operator's ssh; a few log in at a time, those that have are as many as are needed. */
export class SshAgent extends Agent {
  readonly #endpoint: {readonly shown: string; readonly target: SshTarget}
  readonly #waiting: Give[] = []
  #loggingIn = 0

  constructor(endpoint: {readonly shown: string; readonly target: SshTarget}) {
    super({keepAlive: true})
    this.#endpoint = endpoint
  }

  override createConnection(_options: unknown, give: Give): undefined {
    this.#waiting.push(give)
    this.#connect()
    return undefined
  }

  #connect(): void {
    const give = this.#loggingIn < MOST_LOGINS ? this.#waiting.shift() : undefined
    if (give === undefined) return
    const {shown, target} = this.#endpoint
    this.#loggingIn += 1
    let isIn = false
    const onLogin = (): void => {
      if (isIn) return
      isIn = true
      this.#loggingIn -= 1
      this.#connect()
    }
    give(null, new SshStream({shown, target, onLogin}))
  }
}
