import {execFileSync} from 'node:child_process'
import {readPlainText} from './plain-file.js'

const ID = /^\d{1,10}$/

/** `ops:x:1001:ana,ben` */
function idIn(lines: string, name: string): number | null {
  const line = lines.split('\n').find((one) => one.startsWith(`${name}:`))
  const id = line?.split(':')[2] ?? ''
  return ID.test(id) ? Number(id) : null
}

function orNothing(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}

/** Of a directory service such as LDAP. */
function fromService(name: string): string {
  return execFileSync('getent', ['group', '--', name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 5000,
  })
}

/** The id of a group of this host, which is named or is an id already; null when there is none of that name. */
export function groupId(group: string): number | null {
  if (ID.test(group)) return Number(group)
  const own = idIn(
    orNothing(() => readPlainText('/etc/group')),
    group,
  )
  return (
    own ??
    idIn(
      orNothing(() => fromService(group)),
      group,
    )
  )
}
