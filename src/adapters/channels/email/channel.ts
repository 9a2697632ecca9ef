import * as z from 'zod/mini'
import {listChannel, type ListChannel} from '../../../domain/notices/channels.js'
import {type SecretReference, shownReference} from '../../../domain/secrets/secret-reference.js'
import {locale, named, secret} from '../../../formats/yaml/values.js'
import type {Channel} from '../../../ports/channel.js'

export const emailSetup = `notices: {email: {smtp: 'env:SMTP_URL', from: ops@example.com, to: [team@example.com]}}`

const ADDRESS = /[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+/.source
const address = named(new RegExp(`^${ADDRESS}$`), 'must be an address such as team@example.com')
const sender = named(
  new RegExp(`^(?:${ADDRESS}|[^<>"\\n\\r]* ?<${ADDRESS}>)$`),
  'must be an address such as ops@example.com or Ops <ops@example.com>',
)
const recipients = z.array(address).check(z.minLength(1))
const listName = named(/^[a-z][a-z0-9-]*$/, 'must be a name of small letters, digits and -')

const settings = z.strictObject({
  smtp: secret,
  from: sender,
  to: recipients,
  lists: z._default(z.record(listName, recipients), {}),
  locale: z.optional(locale),
})

interface Recipients extends ListChannel {
  readonly to: readonly string[]
}

interface Mailing {
  readonly smtp: SecretReference
  readonly from: string
  readonly language: string | null
}

function emailChannel({smtp, from, language}: Mailing, {to, ...own}: Recipients): Channel {
  return {
    ...own,
    address: `${own.name} ${to.join(', ')}`,
    locale: language,
    secrets: [smtp],
    urls: [],
    preview: async (notice, audience) => {
      const {mailPreview} = await import('./mail-message.js')
      return mailPreview({notice, root: null, from}, audience)
    },
    open: async (secretOf, audience) => {
      const {emailNotifier} = await import('./email-notifier.js')
      const reference = shownReference(smtp)
      return emailNotifier({channel: own.name, url: secretOf(smtp), reference, from, to, ...audience})
    },
  }
}

function emailChannels({smtp, from, to, lists, locale: language}: z.output<typeof settings>): readonly Channel[] {
  const mailing = {smtp, from, language: language ?? null}
  const everybody = {name: 'email', readers: 'responders', to} as const
  const others = Object.entries(lists).map(([list, members]) => ({...listChannel('email', list), to: members}))
  return [everybody, ...others].map((one) => emailChannel(mailing, one))
}

/** `notices.email`: a mail server, who sends, who reads, and lists of others who do. */
export const emailSchema = z.pipe(settings, z.transform(emailChannels))
