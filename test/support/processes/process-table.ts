import {readdirSync, readFileSync} from 'node:fs'

export interface ProcessEntry {
  readonly pid: number
  readonly group: number
  readonly command: string
}

/** null for a process that is gone, or dead and not reaped. */
function entryOf(id: string): ProcessEntry | null {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    const [state, , group] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return state === 'Z' ? null : {pid: Number(id), group: Number(group), command}
  } catch {
    return null
  }
}

/** Everything that runs now. */
export function processTable(): readonly ProcessEntry[] {
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .map(entryOf)
    .filter((entry) => entry !== null)
}
