import {execFileSync} from 'node:child_process'
import {readPlainText} from './plain-file.js'

/** A group of this host. */
export interface Group {
  readonly name: string
  readonly id: number
  readonly members: readonly string[]
}

const ID = /^\d{1,10}$/
const DIRECTORY_SERVICE_MILLISECONDS = 5000

/** Lines such as `ops:x:1001:ana,ben`. */
function groupsIn(lines: string): readonly Group[] {
  return lines.split('\n').flatMap((line) => {
    const [name = '', , id = '', members = ''] = line.split(':')
    return name !== '' && ID.test(id) ? [{name, id: Number(id), members: members.split(',')}] : []
  })
}

function orNothing(read: () => string): readonly Group[] {
  try {
    return groupsIn(read())
  } catch {
    return []
  }
}

/** Of a directory service such as LDAP. */
function fromService(key: string): string {
  return execFileSync('getent', ['group', '--', key], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: DIRECTORY_SERVICE_MILLISECONDS,
  })
}

function find(key: string, isMeant: (group: Group) => boolean): Group | null {
  const own = orNothing(() => readPlainText('/etc/group')).find(isMeant)
  return own ?? orNothing(() => fromService(key)).find(isMeant) ?? null
}

/** The id of a group, which is named or is an id already; null when there is none of that name. */
export function groupId(group: string): number | null {
  return ID.test(group) ? Number(group) : (find(group, ({name}) => name === group)?.id ?? null)
}

/** null when there is none of that id. */
export function groupOf(id: number): Group | null {
  return find(String(id), (group) => group.id === id)
}
