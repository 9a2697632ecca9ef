import {execFileSync} from 'node:child_process'
import {describe, expect, it} from 'vitest'
import {groupId, groupOf} from '../../../src/files/groups.js'

const NOBODY = 4_123_456_789

describe('groups of this host', () => {
  const name = execFileSync('id', ['-gn'], {encoding: 'utf8'}).trim()
  const id = Number(execFileSync('id', ['-g'], {encoding: 'utf8'}))

  it('are found by name and by id, and say the same as the system does', () => {
    expect([groupId(name), groupOf(id)?.name]).toEqual([id, name])
  })

  it('an id is one already; a name or an id that is not there is none', () => {
    expect(groupId(String(NOBODY))).toBe(NOBODY)
    expect([groupId('no-such-group-here'), groupOf(NOBODY)]).toEqual([null, null])
  })

  it('a name that looks like an option of the tool that is asked is a name', () => {
    expect(groupId('--help')).toBeNull()
  })
})
