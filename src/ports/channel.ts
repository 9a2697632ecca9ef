import type {Readers} from '../domain/notices/channels.js'
import type {Audience} from '../domain/notices/notice-words.js'
import type {Notice} from '../domain/notices/notice.js'
import type {Preview} from '../domain/notices/preview.js'
import type {SecretReference} from '../domain/secrets/secret-reference.js'
import type {Notifier} from './notifier.js'

/** A channel as `notices:` in faci.yml sets it up. */
export interface Channel {
  /** Its key under `notices:`, with that of the list where it is one: `email:stakeholders`. */
  readonly name: string
  /** As people know it: `slack #ops-incidents`. */
  readonly address: string
  readonly readers: Readers
  /** The language of those who read it; null: that of faci.yml. */
  readonly locale: string | null
  /** What it cannot send without, and what is hidden wherever it would be shown. */
  readonly secrets: readonly SecretReference[]
  /** Whom it calls, where faci.yml says so: credentials in it are hidden too. */
  readonly urls: readonly string[]
  /** It pages by the same key as Alertmanager, by one of its receivers (null: by whichever is of this kind), and adds to its pages. */
  readonly sharesPages?: {readonly receiver: string | null}
  /** What it would send of a notice, in each of its forms. Connects to nothing and needs no secret: where one would stand its reference does. */
  readonly preview: (notice: Notice, audience: Audience) => Promise<readonly Preview[]>
  /** Connects to nothing yet. `secret` has a value for each of `secrets`. */
  readonly open: (secret: (reference: SecretReference) => string, audience: Audience) => Promise<Notifier>
}
