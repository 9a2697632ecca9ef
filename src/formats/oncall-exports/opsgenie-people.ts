import * as z from 'zod/mini'
import {finding, type ImportFinding, type SourcePerson} from '../../domain/oncall/import/source-rota.js'
import type {ExportRecord, Records} from './records.js'

const optional = z.nullish

export const participant = z.object({
  type: z.string(),
  id: optional(z.string()),
  username: optional(z.string()),
  name: optional(z.string()),
})
export type Participant = z.output<typeof participant>

/** How a participant is known everywhere: by username, whose case does not count; null for a team, an escalation and nobody. */
export type UserKey = (participant: Participant) => string | null

/** Who is on call in a turn of theirs, all at once; none: nobody is. Null: the file does not say. */
export type Members = (participant: Participant) => readonly string[] | null

const account = z.object({id: optional(z.string()), username: z.string(), fullName: optional(z.string())})
type Account = z.output<typeof account>

const team = z.object({
  id: optional(z.string()),
  name: z.string(),
  members: z.array(z.object({user: z.object({id: optional(z.string()), username: optional(z.string())})})),
})
type Team = z.output<typeof team>

function readable<T extends z.core.$ZodType>(shape: T, records: readonly ExportRecord[]): readonly z.output<T>[] {
  return records.map((one) => z.safeParse(shape, one)).flatMap((one) => (one.success ? [one.data] : []))
}

export function nameOf({type, name, username, id}: Participant): string {
  return type === 'none' ? 'nobody' : `${type} ${name ?? username ?? id ?? ''}`.trim()
}

function usersOf({members}: Team): readonly Participant[] {
  return members.map(({user}) => ({type: 'user', ...user}))
}

function userKeys(participants: readonly Participant[], accounts: readonly Account[]): UserKey {
  const usernames = new Map(
    [...participants, ...accounts].flatMap(({id, username}) => (id && username ? [[id, username]] : [])),
  )
  return ({type, id, username}) => {
    if (type !== 'user') return null
    return (username ?? usernames.get(id ?? '') ?? id)?.toLowerCase() ?? null
  }
}

function peopleOf(
  participants: readonly Participant[],
  accounts: readonly Account[],
  keyOf: UserKey,
): readonly SourcePerson[] {
  const names = new Map(accounts.map(({username, fullName}) => [username.toLowerCase(), fullName ?? null]))
  const people = participants.flatMap((one): readonly SourcePerson[] => {
    const id = keyOf(one)
    if (id === null) return []
    const email = id.includes('@') ? id : null
    const isIdAlone = one.username === undefined && id === one.id?.toLowerCase()
    const name = names.get(id) ?? one.name ?? (isIdAlone ? null : (id.split('@')[0] ?? id))
    return [{id, name, email, slack: null, pagerduty: null}]
  })
  return [...new Map(people.map((one) => [one.id, one])).values()]
}

export function peopleAmong(participants: readonly Participant[], records: Records) {
  const teams = readable(team, records['opsgenie team'])
  const accounts = readable(account, records.person)
  const teamOf = ({id, name}: Participant): Team | undefined =>
    teams.find((one) => (id && one.id ? one.id === id : one.name === name))
  const ofTeams = participants.flatMap((one) => (one.type === 'team' ? [teamOf(one)] : []))
  const everybody = [...participants, ...ofTeams.flatMap((one) => (one === undefined ? [] : usersOf(one)))]
  const keyOf = userKeys(everybody, accounts)
  const members: Members = (one) => {
    if (one.type === 'none') return []
    const found = one.type === 'team' ? teamOf(one) : undefined
    if (found !== undefined) return usersOf(found).flatMap((user) => keyOf(user) ?? [])
    const key = keyOf(one)
    return key === null ? null : [key]
  }
  return {keyOf, members, people: peopleOf(everybody, accounts, keyOf)}
}

/** Why the rotation cannot be carried over: who takes turns in it is not a person, nor known to be people. */
export function whoCannot(
  participants: readonly Participant[],
  rotation: string,
  members: Members,
): ImportFinding | null {
  const others = participants.filter((one) => members(one) === null)
  if (others.length === 0) return null
  const told = [...new Set(others.map(nameOf))].join(', ')
  return finding(others.every(({type}) => type === 'team') ? 'team' : 'participant', 'layers', rotation, told)
}

/** Teams of which more than one member is on call in a turn. */
export function togetherOnCall(
  participants: readonly Participant[],
  rotation: string,
  members: Members,
): readonly ImportFinding[] {
  const groups = participants.flatMap((one) => (one.type === 'team' ? [members(one) ?? []] : []))
  const several = groups.filter(({length}) => length > 1).map((group) => group.join(', '))
  return [...new Set(several)].map((group) => finding('severalAtOnce', 'layers', rotation, group))
}
