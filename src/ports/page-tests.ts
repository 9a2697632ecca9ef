import type {IsoTime} from '../domain/time/iso-time.js'

/** A test of the chain of pages. */
export interface PageTest {
  /** ULID. */
  readonly id: string
  readonly at: IsoTime
  /** Who is asked to acknowledge. */
  readonly people: readonly string[]
}

export interface TestAcknowledgement {
  readonly person: string
  readonly at: IsoTime
}

/** Tests and who acknowledged them; apart from incidents, and counted nowhere. Errors: `unreachable` when it cannot be read or written. */
export interface PageTests {
  /** On disk when it resolves. */
  readonly begin: (people: readonly string[]) => Promise<PageTest>
  /** By its id or a unique part of one; the last one that began: null. null: there is none. Errors: `usage` for a part of several. */
  readonly find: (id: string | null) => Promise<PageTest | null>
  /** On disk when it resolves; the first time counts. */
  readonly acknowledge: (id: string, person: string) => Promise<void>
  readonly acknowledgements: (id: string) => Promise<readonly TestAcknowledgement[]>
}
