import {statSync, type Stats} from 'node:fs'
import {homedir, userInfo} from 'node:os'
import {join} from 'node:path'
import {command} from '../../domain/text/shell-command.js'
import {visible} from '../../domain/text/visible.js'
import {type Group, groupOf} from '../../files/groups.js'

/** A clause, and what to type next. */
interface Explained {
  readonly reason: string
  readonly suggestions: readonly string[]
}

const GROUP_MAY_WRITE = 0o020

function statsOf(path: string): Stats | null {
  try {
    return statSync(path)
  } catch {
    return null
  }
}

/** null for an account without a name. */
function accountName(): string | null {
  try {
    return userInfo().username
  } catch {
    return null
  }
}

function isOurs(gid: number): boolean {
  return gid === process.getegid?.() || (process.getgroups?.() ?? []).includes(gid)
}

function ofGroup(gid: number): Explained {
  const {name, members}: Pick<Group, 'name' | 'members'> = groupOf(gid) ?? {name: String(gid), members: []}
  const shown = `the group ${visible(name)}`
  if (isOurs(gid)) {
    const reason = `permission denied, though this account is in ${shown}: does SELinux or AppArmor forbid it?`
    return {reason, suggestions: ['docker info']}
  }
  const account = accountName()
  if (account !== null && members.includes(account)) {
    const reason = `permission denied: this session is older than the account's place in ${shown}, which may use it`
    return {reason, suggestions: [command`newgrp ${name}`, 'log in again']}
  }
  return {
    reason: `permission denied: root and ${shown} may use it, and this account is not in that group`,
    suggestions: [`${command`sudo usermod -aG ${name}`} "$USER", then log in again`, 'docker info'],
  }
}

/** Why this account may not use the socket. */
export function whyRefused(path: string): Explained {
  const stats = statsOf(path)
  if (stats === null) {
    return {
      reason: 'permission denied: this account cannot enter the folder that it is in',
      suggestions: ['docker context ls', 'docker info'],
    }
  }
  if (stats.gid !== 0 && (stats.mode & GROUP_MAY_WRITE) !== 0) return ofGroup(stats.gid)
  return stats.uid === 0
    ? {reason: 'permission denied: only root may use it', suggestions: ['sudo faci doctor']}
    : {
        reason: `permission denied: it is the socket of another account (uid ${String(stats.uid)})`,
        suggestions: ['docker context ls'],
      }
}

/** Where engines listen that are not looked for: rootless Docker, Docker Desktop, Podman. */
function usualSockets(): readonly string[] {
  const runtime = `/run/user/${String(process.getuid?.() ?? 0)}`
  return [
    ...['/var/run/docker.sock', join(runtime, 'docker.sock'), join(homedir(), '.docker/run/docker.sock')],
    ...[join(homedir(), '.docker/desktop/docker.sock'), join(runtime, 'podman/podman.sock'), '/run/podman/podman.sock'],
  ]
}

/** What to do where there is no such socket: the Docker CLI looks for no other one either. */
export function whyMissing(path: string): Explained {
  const other = usualSockets().find((at) => at !== path && statsOf(at)?.isSocket() === true)
  if (other !== undefined) {
    return {
      reason: `no such socket, but there is one at ${other}`,
      suggestions: [command`export DOCKER_HOST=${`unix://${other}`}`, 'docker info'],
    }
  }
  const start = path.startsWith('/run/user/') ? 'systemctl --user start docker' : 'sudo systemctl start docker'
  return {reason: 'no such socket: no Docker engine is running here', suggestions: ['docker info', start]}
}
