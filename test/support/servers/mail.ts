import {execFileSync} from 'node:child_process'
import {mkdtempSync, readFileSync, rmSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {type AddressInfo, createServer, type Server, type Socket} from 'node:net'
import {type ParsedMail, simpleParser} from 'mailparser'
import {SMTPServer, type SMTPServerOptions} from 'smtp-server'

export interface ReceivedMail {
  readonly to: readonly string[]
  readonly raw: string
  readonly parsed: ParsedMail
}

export interface MailServer {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** `ana@x.test` to `550`: refused from now on. */
  readonly refusals: Map<string, number>
  /** What the next mail is answered with instead of being taken. */
  readonly refuseNext: (code: number) => void
  readonly close: () => Promise<void>
}

function failed(code: number, words: string): Error {
  return Object.assign(new Error(words), {responseCode: code})
}

async function whole(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

let made: {readonly key: string; readonly cert: string} | null = null

/** A key and a certificate for loopback that has signed itself, made once. */
export function ownCertificate(): {readonly key: string; readonly cert: string} {
  if (made !== null) return made
  const folder = mkdtempSync(join(tmpdir(), 'faci-own-certificate-'))
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key.pem']
  const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...key, ...names, '-out', 'cert.pem'], {cwd: folder, stdio: 'ignore'})
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  made = {key: read('key.pem'), cert: read('cert.pem')}
  rmSync(folder, {recursive: true})
  return made
}

export const MAIL_USER = {user: 'faci', password: 'p@ss/word of mail'}

/** A mail server on loopback, as strict as the real ones; what it takes is read by another library than the one that wrote it. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const mails: ReceivedMail[] = []
  const refusals = new Map<string, number>()
  const answers: number[] = []
  const server = new SMTPServer({
    ...ownCertificate(),
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth: ({username, password}, _session, done) => {
      if (username === MAIL_USER.user && password === MAIL_USER.password) done(null, {user: username})
      else done(failed(535, 'authentication failed'))
    },
    onRcptTo: ({address}, _session, done) => {
      const code = refusals.get(address)
      done(code === undefined ? null : failed(code, 'no such mailbox'))
    },
    onData: (stream, {envelope}, done) => {
      void whole(stream).then(async (raw) => {
        const code = answers.shift()
        if (code === undefined)
          mails.push({to: envelope.rcptTo.map(({address}) => address), raw, parsed: await simpleParser(raw)})
        done(code === undefined ? null : failed(code, 'try another day'))
      })
    },
    ...options,
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const {port} = server.server.address() as AddressInfo
  return {
    port,
    mails,
    refusals,
    refuseNext: (code) => {
      answers.push(code)
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** What a line of a client is answered with: a reply, silence, or the end of the connection. */
export type Scripted = (line: string, socket: Socket) => string | null

export interface ScriptedServer {
  readonly port: number
  readonly close: () => Promise<void>
}

/** A server of lines that does what it is told, such as hang up in the middle of everything. */
export async function scriptedServer(greeting: string | null, reply: Scripted): Promise<ScriptedServer> {
  const sockets = new Set<Socket>()
  const server: Server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (greeting !== null) socket.write(`${greeting}\r\n`)
    let rest = ''
    socket.on('data', (chunk) => {
      rest += chunk.toString('utf8')
      for (let end = rest.indexOf('\r\n'); end !== -1; end = rest.indexOf('\r\n')) {
        const answer = reply(rest.slice(0, end), socket)
        rest = rest.slice(end + 2)
        if (answer !== null && !socket.destroyed) socket.write(`${answer}\r\n`)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
