/** The channel that is always there: whoever is here sees it. */
export const TERMINAL = 'terminal'

/** Who reads a channel: those who work on what is wrong, or those who only have to know of it. */
export type Readers = 'responders' | 'stakeholders'

export interface ListChannel {
  readonly name: string
  readonly readers: Readers
}

/** The channel of a list below `lists:` of a kind, `email:stakeholders`. */
export function listChannel(kind: string, list: string): ListChannel {
  return {name: `${kind}:${list}`, readers: list === 'stakeholders' ? 'stakeholders' : 'responders'}
}

/** Of every channel that faci.yml may set up, the line of it that does. */
export type ChannelSetups = Readonly<Record<string, string>>

/** The channel that a notice of a runbook goes to: the one that it names if faci.yml has it, the default otherwise. */
export function channelOf(wanted: string | null, channels: readonly string[]): string {
  return wanted !== null && channels.includes(wanted) ? wanted : (channels[0] ?? TERMINAL)
}

/** For who has set up none. */
export function noChannelText(setups: ChannelSetups): string {
  return `no channel configured; to set one up, add to faci.yml: ${Object.values(setups)[0] ?? ''}`
}
