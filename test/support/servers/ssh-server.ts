import {type ChildProcess, spawn} from 'node:child_process'
import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir, userInfo} from 'node:os'
import {join} from 'node:path'
import {execa} from 'execa'
import {packageTree} from '../../../service/stack/debian.js'
import {libraryFolders} from '../../../service/stack/shared-libraries.js'
import {freePorts} from '../../../service/stack/ports.js'

/** Whose ssh it is, and what they find. */
interface Login {
  readonly hasKey: boolean
  readonly knowsHost: boolean
  /** A program that is the only `docker` over there; null: none is. */
  readonly docker?: string | null
}

type Environment = Readonly<Record<string, string>>

export interface SshServer {
  /** `ssh://root@127.0.0.1:PORT`. */
  readonly url: string
  readonly port: number
  /** With a folder before PATH whose `ssh` trusts this server and has its key, as an operator's configuration would. */
  readonly environment: Environment
  /** As `environment`, of somebody else. */
  readonly environmentOf: (login: Login) => Promise<Environment>
  /** Ends all that is logged in too. */
  readonly close: () => Promise<void>
}

async function key(file: string): Promise<string> {
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  return (await readFile(`${file}.pub`, 'utf8')).trim()
}

/** Debian's sshd wants an account of its own: it gets one in a mount namespace, and the machine keeps none. */
const START = 'mount --bind "$0/passwd" /etc/passwd && mkdir -p /run/sshd && exec "$@"'
/** All that is in a process namespace ends with its first process. */
const NAMESPACES = ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child']

async function until(port: number, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const {exitCode, stdout} = await execa('ssh-keyscan', ['-p', String(port), '127.0.0.1'], {reject: false})
    if (exitCode === 0 && stdout.includes('ssh-ed25519')) return
    if (server.exitCode !== null) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('sshd does not answer')
}

/** Puts an `ssh` of theirs in a folder that stands before PATH. */
async function sshOf(bin: string, options: readonly string[]): Promise<Environment> {
  await mkdir(bin, {recursive: true})
  const words = options.flatMap((option) => ['-o', option])
  await writeFile(join(bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F none ${words.join(' ')} "$@"\n`, {mode: 0o755})
  return {PATH: `${bin}:${process.env['PATH'] ?? ''}`}
}

const CONFIGURATION = [
  ...['ListenAddress 127.0.0.1', 'StrictModes no', 'UsePAM no', 'PermitRootLogin yes', 'PermitUserEnvironment yes'],
  ...['PasswordAuthentication yes', 'KbdInteractiveAuthentication no', 'MaxStartups 10:30:100'],
]

/** A real sshd on loopback, for root only. */
export async function sshServer(): Promise<SshServer> {
  const {root} = await packageTree({packages: ['openssh-server'], binaries: ['usr/sbin/sshd']})
  const folder = await mkdtemp(join(tmpdir(), 'faci-ssh-'))
  const at = (name: string): string => join(folder, name)
  const {port} = await freePorts(['port'])
  const [host, own, other] = [await key(at('host')), await key(at('own')), await key(at('other'))]
  await mkdir(at('elsewhere'))
  await writeFile(at('authorized_keys'), `${own}\nenvironment="PATH=${at('elsewhere')}" ${other}\n`)
  await writeFile(at('known_hosts'), `[127.0.0.1]:${String(port)} ${host.split(' ').slice(0, 2).join(' ')}\n`)
  const passwd = await readFile('/etc/passwd', 'utf8')
  await writeFile(at('passwd'), `${passwd}sshd:x:65533:65534::/run/sshd:/usr/sbin/nologin\n`)
  const files = [`Port ${String(port)}`, `HostKey ${at('host')}`, `PidFile ${at('pid')}`]
  const config = [...files, `AuthorizedKeysFile ${at('authorized_keys')}`, ...CONFIGURATION]
  await writeFile(at('sshd_config'), `${config.join('\n')}\n`)
  const sshd = [join(root, 'usr/sbin/sshd'), '-D', '-e', '-f', at('sshd_config')]
  const server = spawn('unshare', [...NAMESPACES, 'sh', '-c', START, folder, ...sshd], {
    env: {...process.env, LD_LIBRARY_PATH: libraryFolders(root).join(':')},
    stdio: 'ignore',
  })
  await until(port, server)
  const options = (name: string | null, known: string): readonly string[] => [
    ...[`IdentityFile=${name === null ? '/dev/null' : at(name)}`, 'IdentitiesOnly=yes'],
    `UserKnownHostsFile=${known}`,
  ]
  let logins = 0
  return {
    url: `ssh://${userInfo().username}@127.0.0.1:${String(port)}`,
    port,
    environment: await sshOf(at('bin'), options('own', at('known_hosts'))),
    environmentOf: async ({hasKey, knowsHost, docker}) => {
      await rm(at('elsewhere/docker'), {force: true})
      if (typeof docker === 'string') await writeFile(at('elsewhere/docker'), `#!/bin/sh\n${docker}\n`, {mode: 0o755})
      const identity = docker === undefined ? 'own' : 'other'
      const known = knowsHost ? at('known_hosts') : '/dev/null'
      logins += 1
      return sshOf(at(`bin-${String(logins)}`), options(hasKey ? identity : null, known))
    },
    close: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve))
      server.kill('SIGKILL')
      await ended
      await rm(folder, {recursive: true, force: true})
    },
  }
}
