/** Names that faci gives to what lies in a store; anything else is not faci's. */
export const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/
export const DRAFT = /^\.faci-[0-9a-f-]{36}\.draft$/
export const EVENT_FILE = /^\d{6,}-[0-9A-HJKMNP-TV-Z]{26}\.jsonl$/
export const TEST_FILE = /^(?:test\.json|[^.].*\.ack)$/s
/** A folder for each incident: steps of its escalation, reminders of its updates. */
export const CLAIMED_IN = ['oncall/pages', 'oncall/reminders']
/** Of pages that are shared with Alertmanager, a folder for each, by its key. */
export const ADOPTED_IN = 'oncall/adopted'
export const PAGE_KEY = /^[0-9a-f]{64}$/
export const PAGE_FILE = /^\d{1,9}\.\d{1,9}\.(?:json|done)$/
/** A notice's own; one that was set aside, and given up then, may bear a mark behind its name. */
export const NOTICE_FILE = /^([0-9A-HJKMNP-TV-Z]{26}(?:-[a-z]+)*)\.json(\.[0-9a-f]{8})?$/

/** What lies at the top of a store, and of its parts that hold several things. */
export const PLACES: Readonly<Record<string, readonly string[]>> = {
  '': ['.gitignore', 'runs', 'incidents', 'outbox', 'oncall', 'checks', 'locks', 'prunes', 'tmp'],
  outbox: ['delivered', 'dropped', 'folded', 'roots', 'corrupt', 'locks'],
  oncall: ['adopted', 'overrides', 'pages', 'reminders', 'tests', 'locks'],
  incidents: ['handles', 'index', 'changed', 'locks'],
}
