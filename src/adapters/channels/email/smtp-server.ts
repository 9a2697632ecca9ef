/** Whether what is sent is encrypted: from the first byte, after STARTTLS, or, where somebody has said so, never. */
export type Encryption = 'implicit' | 'startTls' | 'none'

export interface SmtpServer {
  readonly host: string
  readonly port: number
  readonly encryption: Encryption
  readonly login: {readonly user: string; readonly password: string} | null
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/
const PORTS = {implicit: 465, startTls: 587, none: 25} as const

/** What never leaves this machine needs no encryption; what does goes without only where the URL says `?tls=never`. */
function encryptionOf({protocol, searchParams}: URL, host: string): Encryption | null {
  const tls = searchParams.get('tls')
  if (protocol === 'smtps:') return tls === null ? 'implicit' : null
  if (tls === null) return LOOPBACK.test(host) ? 'none' : 'startTls'
  return tls === 'never' ? 'none' : tls === 'required' ? 'startTls' : null
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function parsed(text: string): URL | null {
  return /^smtps?:\/\/[^/\s]/.test(text) && URL.canParse(text) ? new URL(text) : null
}

/** Reads `smtp://USER:PASSWORD@HOST:587` or `smtps://…`, user and password percent-encoded; null for anything else. */
export function smtpServer(text: string): SmtpServer | null {
  const url = parsed(text.trim())
  if (url === null) return null
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const encryption = encryptionOf(url, host)
  const [user, password] = [decoded(url.username), decoded(url.password)]
  if (encryption === null || user === null || password === null) return null
  if (host === '' || !['', '/'].includes(url.pathname)) return null
  const login = user === '' ? null : {user, password}
  return {host, encryption, login, port: url.port === '' ? PORTS[encryption] : Number(url.port)}
}

/** As it is named in messages: `mail.example.com:587`. */
export function serverName({host, port}: SmtpServer): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`
}
