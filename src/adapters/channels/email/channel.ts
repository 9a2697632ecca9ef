import * as z from 'zod/mini'
import {listChannel, type ListChannel} from '../../../domain/notices/channels.js'
import {type SecretReference, shownReference} from '../../../domain/secrets/secret-reference.js'
import {locale, named, parsedText, secretReference} from '../../../formats/yaml/values.js'
import type {Channel} from '../../../ports/channel.js'
import {smtpServer} from './smtp-server.js'

export const emailSetup = `notices: {email: {smtp: 'env:SMTP_URL', from: ops@example.com, to: [team@example.com]}}`

const ADDRESS = /[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+/.source
const address = named(new RegExp(`^${ADDRESS}$`), 'must be an address such as team@example.com')
const sender = named(
  new RegExp(`^(?:${ADDRESS}|[^<>"\\n\\r]* ?<${ADDRESS}>)$`),
  'must be an address such as ops@example.com or Ops <ops@example.com>',
)
const recipients = z.array(address).check(z.minLength(1))
const listName = named(/^[a-z][a-z0-9-]*$/, 'must be a name of small letters, digits and -')

/** A server that asks for no password may stand in faci.yml; one with a user or a password is a secret. */
function readServer(text: string): SecretReference | string {
  const reference = secretReference(text)
  if (reference !== null) return reference
  if (text.includes('@'))
    throw new Error('a password is never written into faci.yml: write env:NAME or file:/run/secrets/name')
  if (smtpServer(text) !== null) return text
  throw new Error('must be smtp://HOST:25 for a server without a password, else env:NAME or file:/run/secrets/name')
}

const settings = z.strictObject({
  smtp: parsedText(readServer),
  from: sender,
  to: recipients,
  lists: z._default(z.record(listName, recipients), {}),
  locale: z.optional(locale),
})

interface Recipients extends ListChannel {
  readonly to: readonly string[]
}

interface Mailing {
  /** A text: a server that asks for no password. */
  readonly smtp: SecretReference | string
  readonly from: string
  readonly language: string | null
}

function emailChannel({smtp, from, language}: Mailing, {to, ...own}: Recipients): Channel {
  return {
    ...own,
    address: `${own.name} ${to.join(', ')}`,
    locale: language,
    secrets: typeof smtp === 'string' ? [] : [smtp],
    urls: [],
    preview: async (notice, audience) => {
      const {mailPreview} = await import('./mail-message.js')
      return mailPreview({notice, root: null, from}, audience)
    },
    open: async (secretOf, audience) => {
      const {emailNotifier} = await import('./email-notifier.js')
      const [url, reference] = typeof smtp === 'string' ? [smtp, smtp] : [secretOf(smtp), shownReference(smtp)]
      return emailNotifier({channel: own.name, url, reference, from, to, ...audience})
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
