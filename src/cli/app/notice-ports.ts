import {CHANNELS} from '../../adapters/channels/registry.js'
import type {Config} from '../../config/config.js'
import {findSecret} from '../../config/secrets.js'
import {type SecretReference, shownReference} from '../../domain/secrets/secret-reference.js'
import type {Channel} from '../../ports/channel.js'
import type {Notifier} from '../../ports/notifier.js'
import {audienceFor} from './audience.js'
import type {NoticePorts} from './app-ports.js'

type Secrets = ReadonlyMap<SecretReference, string>

/** The values of its secrets, or the first reference that has none. */
function secretsOf({secrets}: Channel): Secrets | SecretReference {
  const values = new Map<SecretReference, string>()
  for (const reference of secrets) {
    const value = findSecret(reference, process.env)
    if (value === null) return reference
    values.set(reference, value)
  }
  return values
}

export function noticePorts(config: Config): NoticePorts {
  const {channels} = config
  const setups = Object.entries(CHANNELS).map(([name, {setup}]) => [name, setup] as const)
  return {
    channelSetups: Object.fromEntries(setups),
    previews: async (notice, wanted) => {
      const meant = channels.filter(({name}) => wanted === null || name === wanted)
      const made = meant.map(async (channel) => {
        const shown = await channel.preview(notice, audienceFor(config, channel))
        return shown.map((one) => ({channel: channel.name, address: channel.address, ...one}))
      })
      return (await Promise.all(made)).flat()
    },
    notifiers: async (show, unattended = false) => {
      const {absentNotifier, standInNotifier, terminalNotifier} =
        await import('../../adapters/channels/terminal/terminal-notifier.js')
      const opened = async (channel: Channel): Promise<Notifier> => {
        const secrets = secretsOf(channel)
        if ('get' in secrets)
          return channel.open((reference) => secrets.get(reference) ?? '', audienceFor(config, channel))
        const standIn = {channel: channel.name, reference: shownReference(secrets), show}
        return unattended ? absentNotifier(standIn) : standInNotifier(standIn)
      }
      return [...(await Promise.all(channels.map(opened))), terminalNotifier({show, isOnly: channels.length === 0})]
    },
  }
}
