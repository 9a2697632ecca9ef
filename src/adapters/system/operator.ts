import {hostname, userInfo} from 'node:os'

export interface Operator {
  readonly name: string
  readonly host: string
  /** Whether it is the account that runs this; else somebody only says so. */
  readonly isVerified: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const SOURCES = ['FACI_OPERATOR', 'SUDO_USER', 'USER'] as const

function accountName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a uid that has no passwd entry.
    return 'unknown'
  }
}

/** Who is acting, for the lock, the journal and notices: the person behind sudo rather than root. */
export function operator(environment: Environment): Operator {
  const named = SOURCES.map((name) => environment[name]?.trim()).find((name) => name !== undefined && name !== '')
  const account = accountName()
  const name = named ?? account
  return {name, host: hostname(), isVerified: name === account}
}
