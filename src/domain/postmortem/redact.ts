import type {IncidentEntry} from '../incidents/incident-event.js'
import type {IncidentRecord} from '../incidents/incident-record.js'
import type {PostmortemReport} from './postmortem-report.js'

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gu
/** `@ana.souza`, `<@U024BE7LH>`, as chats write people. */
const HANDLE = /<@[A-Z0-9]{2,30}(?:\|[^>]{0,80})?>|(?<![\p{L}\p{N}._@/-])@[\p{L}\p{N}][\p{L}\p{N}._-]{0,62}/gu
/** `ana@vm`: who wrote, and where. */
const WRITER = /^(.+)@[^@]*$/
/** Shorter parts of a name are words of a language. */
const SHORTEST_PART = 3

function namesIn(entry: IncidentEntry): readonly (string | null | undefined)[] {
  const by = WRITER.exec(entry.by)?.[1] ?? entry.by
  const others: readonly (string | null | undefined)[] = [
    'owner' in entry ? entry.owner : null,
    entry.kind === 'incident.handedOver' ? entry.to : null,
    ...(entry.kind === 'incident.changed' ? [entry.changes.owner, entry.changes.commander, entry.changes.scribe] : []),
  ]
  const paged = entry.kind === 'incident.escalated' ? entry.people : []
  const shifts = entry.kind === 'oncall.changed' ? entry.changes.flatMap(({before, after}) => [before, after]) : []
  return [by, entry.by, ...others, ...paged, ...shifts]
}

/** Who the record of an incident, and the journals of runs meanwhile, say had to do with it. */
export function peopleOf({entries}: IncidentRecord, writers: readonly string[]): readonly string[] {
  const named = [...entries.flatMap(namesIn), ...writers.flatMap((by) => [WRITER.exec(by)?.[1], by])]
  return [...new Set(named.filter((name) => name !== null && name !== undefined && name.trim() !== ''))] as string[]
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
}

/** 0 → A, 25 → Z, 26 → AA. */
function letters(index: number): string {
  const rest = Math.floor(index / 26)
  return `${rest === 0 ? '' : letters(rest - 1)}${String.fromCodePoint(65 + (index % 26))}`
}

/** Replaces people in texts, the same one by the same words each time. */
export type Redact = (text: string) => string

/** `ana@vm` is `ana`, and so is `Ana`; a part of a longer name is whoever has it. */
function keyOf(name: string): string {
  return (WRITER.exec(name)?.[1] ?? name).trim().toLowerCase()
}

export function redactor(names: readonly string[], person: (letter: string) => string): Redact {
  const known = new Map<string, string>()
  const named = (key: string): string => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = person(letters(new Set(known.values()).size))
    known.set(key, made)
    return made
  }
  const parts = names.flatMap((name) => {
    const key = keyOf(name)
    const whole = named(key)
    const words = key.split(/[\s._]+/).filter((word) => word.length >= SHORTEST_PART)
    for (const word of words) if (!known.has(word)) known.set(word, whole)
    return [name, key, ...words]
  })
  const byLength = [...new Set(parts.flatMap((part) => [part, part.toLowerCase()]))].sort(
    (one, other) => other.length - one.length,
  )
  // A name alone, and not as a part of a word.
  const pattern =
    byLength.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}])(?:${byLength.map(escaped).join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return (text) => {
    const withoutAddresses = text
      .replaceAll(EMAIL, (address) => named(keyOf(address)))
      .replaceAll(HANDLE, (handle) => named(handle.replace(/^@/, '').toLowerCase()))
    return pattern === null ? withoutAddresses : withoutAddresses.replaceAll(pattern, (name) => named(keyOf(name)))
  }
}

/** The report without names of people, where texts of people stand; what is measured holds none. */
export function redactedReport(report: PostmortemReport, redact: Redact): PostmortemReport {
  const {incident} = report
  const or = (name: string | null): string | null => (name === null ? null : redact(name))
  return {
    ...report,
    isRedacted: true,
    incident: {
      ...{...incident, title: redact(incident.title), subject: redact(incident.subject), impact: or(incident.impact)},
      ...{owner: or(incident.owner), commander: or(incident.commander), scribe: or(incident.scribe)},
    },
    timeline: report.timeline.map((entry) => ({...entry, by: redact(entry.by), text: redact(entry.text)})),
    actions: report.actions.map((action) => ({...action, text: redact(action.text), owner: or(action.owner)})),
  }
}
