import {spawnSync} from 'node:child_process'

/** Whether this process is root, who alone can be somebody else; says what was not tried where it is not. */
export function onlyAsRoot(what: string): boolean {
  const isRoot = process.getuid?.() === 0
  if (!isRoot) process.stderr.write(`${what} not tried: that needs root\n`)
  return isRoot
}

/** Whether a process can have disks of its own, full or read-only; says what was not tried where it cannot. */
export function onlyWithMounts(what: string): boolean {
  if (!onlyAsRoot(what)) return false
  const canMount = spawnSync('unshare', ['-m', 'true']).status === 0
  if (!canMount) process.stderr.write(`${what} not tried: no namespace of mounts can be made here\n`)
  return canMount
}
