import {Flags} from '@oclif/core'
import {durationFlag} from './flags.js'

export const CONFIRM_FLAG = Flags.string({
  description: 'name the target environment; required in production when there is no terminal',
  helpValue: 'ENVIRONMENT',
})

export const TAKEOVER_FLAG = Flags.string({
  description: 'take over a stale lock; give the reason',
  helpValue: 'REASON',
})

/** What every command that changes something takes. */
export const CONSENT_FLAGS = {
  yes: Flags.boolean({char: 'y', description: 'do not ask for confirmation'}),
  confirm: CONFIRM_FLAG,
  'dry-run': Flags.boolean({description: 'show the plan and change nothing'}),
}

/** What every command that changes the stack takes. */
export const CHANGE_FLAGS = {
  ...CONSENT_FLAGS,
  takeover: TAKEOVER_FLAG,
  wait: durationFlag({
    default: '60s',
    description: 'how long to wait for the target state (healthy, stopped or removed)',
  }),
}

/** What makes containers, or takes them away. */
export const REMAKING_FLAGS = {
  ...CHANGE_FLAGS,
  approve: Flags.string({
    description: 'accept that another configuration is made than the one that runs, as a refused command prints it',
    helpValue: 'config@HASH',
  }),
}

/** The values of CONSENT_FLAGS. */
export interface ConsentFlags {
  readonly yes: boolean
  readonly confirm: string | undefined
  readonly 'dry-run': boolean
}

/** The values of CHANGE_FLAGS, and of REMAKING_FLAGS. */
export interface ChangeFlags extends ConsentFlags {
  readonly approve?: string | undefined
  readonly takeover: string | undefined
  readonly wait: number
}
