import type {StatusNow} from '../../../domain/incidents/incident-event.js'
import type {IncidentWords} from '../../../domain/incidents/incident-words.js'
import {TERMINAL} from '../../../domain/notices/channels.js'
import {literal} from '../../../domain/text/markdown.js'
import {changedFacts, type ChangedFactWords} from '../changed-facts.js'
import {changedShifts, type ChangedShiftWords} from '../changed-shifts.js'
import {ACT_WORDS} from '../../../domain/verdict.js'
import {figuresText} from '../incident-figures.js'

const TIMES = {
  startedAt: 'started',
  detectedAt: 'detected',
  acknowledgedAt: 'acknowledged',
  mitigatedAt: 'mitigated',
  resolvedAt: 'resolved',
} as const

const STEPS = {
  opened: 'opened',
  acknowledged: 'acknowledged',
  updated: 'update',
  mitigated: 'mitigated',
  resolved: 'resolved',
  reopened: 'reopened',
  due: 'update due',
  escalated: 'escalated',
} as const

const STATUS: Readonly<Record<StatusNow, string>> = {
  delivered: 'delivered',
  pending: 'not delivered yet',
  rejected: 'rejected',
  dropped: 'given up',
  unconfirmed: 'may have arrived',
  lost: 'lost',
  held: 'held back',
  deliveredLater: 'delivered later',
  unknown: 'not known whether it was delivered',
}

const RESOLUTION = {fixed: 'fixed', 'false-alarm': 'false alarm', duplicate: 'duplicate'} as const

/** `Mitigated: rolled back to v41`. */
function said(what: string, text: string): string {
  return text === '' ? what : `${what}: ${text}`
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ')
}

const CHANGED: ChangedFactWords = {
  title: (title) => `Title is now: ${title}`,
  severity: (severity) => `Severity is now ${severity}`,
  impact: (impact) => said('Impact', impact),
  services: (services) => `Services: ${list(services)}`,
  alerts: (alerts) => `Alerts: ${list(alerts)}`,
  owner: (owner) => `Owner: ${owner || 'nobody'}`,
  commander: (commander) => `Commander: ${commander || 'nobody'}`,
  scribe: (scribe) => `Scribe: ${scribe || 'nobody'}`,
}

const SHIFTS: ChangedShiftWords = {
  act: {take: 'Shift taken', swap: 'Shifts swapped', undo: 'Override taken back'},
  shift: (after, before, from, to) => `${after ?? 'nobody'} instead of ${before ?? 'nobody'} from ${from} to ${to}`,
  nothing: 'nobody else is on call by it',
  more: (count) => `${String(count)} more`,
  otherwise: 'but somebody decided otherwise at the same time',
}

export const INCIDENTS: IncidentWords = {
  state: {
    open: 'open',
    acknowledged: 'acknowledged',
    mitigated: 'recovered, watching',
    resolved: 'resolved',
    reopened: 'reopened',
  },
  resolution: RESOLUTION,
  actionState: {open: 'open', done: 'done', dropped: 'dropped'},
  times: TIMES,
  acknowledgedLate: (owner) => `The acknowledgement of ${owner} came later: it changed nothing`,
  events: {
    'incident.opened': ({handle, title, severity}) => `Opened ${handle} as ${severity}: ${title}`,
    'incident.acknowledged': ({owner}) => `Acknowledged: ${owner} is on it`,
    'incident.noted': ({text}) => text,
    'incident.updated': ({text}) => `Update: ${text}`,
    'incident.changed': ({changes}) => changedFacts(changes, CHANGED),
    'incident.mitigated': ({text}) => said('Mitigated', text),
    'incident.resolved': ({as, text}) => said(as === 'fixed' ? 'Resolved' : `Resolved as ${RESOLUTION[as]}`, text),
    'incident.reopened': ({why, text}) => said(why === 'relapse' ? 'Reopened: it came back' : 'Reopened', text),
    'incident.timeCorrected': ({time, to}, {time: spoken}) => `Corrected: ${TIMES[time]} ${spoken(to)}`,
    'incident.merged': ({into}) => `Merged into ${into}`,
    'incident.absorbed': ({handle}) => `${handle} was merged into this one`,
    'incident.handedOver': ({to}) => `Handed over to ${to}`,
    'incident.announced': ({step, notices}) => {
      const told = notices.filter(({channel}) => channel !== TERMINAL)
      if (told.length === 0) return null
      return `Notice (${STEPS[step]}): ${told.map(({channel, status}) => `${channel} ${STATUS[status]}`).join(', ')}`
    },
    'incident.escalated': ({step, why, people, notices}) => {
      if (why === 'late') return `Escalation step ${String(step)} skipped: a later one was due`
      if (why === 'nobody') return `Escalation step ${String(step)} skipped: nobody was on call for it`
      const told = notices.map(({channel, status}) => `${channel} ${STATUS[status]}`)
      return `Escalation step ${String(step)}: ${people.length === 0 ? 'nobody to page' : `paged ${people.join(', ')}`}${told.length === 0 ? '' : ` (${told.join(', ')})`}`
    },
    'incident.figures': ({figures}) =>
      figures.length === 0 ? null : `Seen then: ${figuresText(figures, {decimalMark: '.', noData: 'no data for'})}`,
    'incident.measured': () => null,
    'run.linked': ({runId}) => `Run ${runId} belongs to this incident`,
    'alerts.silenced': ({text}) => `Silenced: ${text}`,
    'alerts.unsilenced': ({text}) => `Silence ended: ${text}`,
    'oncall.changed': (event, {time}) => changedShifts(event, time, SHIFTS),
    'alert.changed': ({alert, to}) =>
      to === 'firing' ? `Alert ${alert} began to fire` : `Alert ${alert} stopped firing`,
    'action.added': ({text, owner, dueAt}, {time}) =>
      `Action item: ${text}${owner === null ? '' : ` (${owner})`}${dueAt === null ? '' : `, due ${time(dueAt)}`}`,
    'action.changed': ({number, state, owner, dueAt}, {time}) =>
      [
        `Action item ${String(number)}${state === undefined ? '' : ` is ${state}`}`,
        owner === undefined ? null : `owner ${owner}`,
        dueAt === undefined ? null : `due ${time(dueAt)}`,
      ]
        .filter((part) => part !== null)
        .join(', '),
  },
  run: (what, ended, resolvedBy) => {
    if (resolvedBy !== null) return `${what}: resolved by \`${resolvedBy}\``
    return `${what}: ${ended === null ? 'no end recorded' : ACT_WORDS[ended]}`
  },
  timeline: {
    columns: {when: 'When', by: 'By', what: 'What'},
    enteredLater: (at) => `entered later: ${at}`,
    unverified: 'unverified',
  },
  facts: {
    severity: 'Severity',
    state: 'State',
    services: 'Services',
    alerts: 'Alerts',
    owner: 'Owner',
    oncall: 'On call',
    since: 'Since',
    lasted: 'Lasted',
    impact: 'Impact',
    nextUpdate: 'Next update',
    nobody: 'nobody yet',
    paged: 'Paged',
  },
  body: {
    opened: 'An incident has been opened.',
    acknowledged: (owner) => `${owner} is on it.`,
    updated: 'The incident was updated.',
    mitigated: 'The service has recovered. We keep watching it.',
    resolved: {
      fixed: 'The incident is over.',
      'false-alarm': 'It was a false alarm.',
      duplicate: 'It is part of another incident.',
    },
    merged: ({handle, title}) => `It was merged into ${handle} ${literal(title)}. Follow it there.`,
    reopened: 'The problem is back.',
    unrecorded:
      '**No incident could be recorded: the store cannot be used.** It has no number, nobody is paged again, and nothing later is posted here. Whoever takes it: please say so here.',
    due: (due, handle) =>
      `An update was due by ${due}. Tell people how it stands: \`faci incident update ${handle} --message '…'\``,
    escalated: ({handle, step, steps, isAnybody, since}) =>
      [
        `Nobody has acknowledged this incident for ${since}. This is step ${String(step)} of ${String(steps)}.`,
        isAnybody ? 'You are being paged.' : '**Nobody is on call to be paged.** Whoever reads this: please take it.',
        `Say that you are on it: \`faci incident ack ${handle}\``,
      ].join('\n\n'),
  },
  stakeholders: {
    title: (service, how) =>
      ({
        open: `Problem with ${service}`,
        back: `The problem with ${service} is back`,
        over: `${service} works normally again`,
      })[how],
    body: ({impact, startedAt, detectedAt, timeToResolveSeconds, state, resolution}, how, {time, duration}) => {
      const since = startedAt ?? detectedAt
      if (state === 'resolved' && resolution === 'duplicate')
        return 'This is part of another problem, which we are working on.'
      if (state === 'resolved')
        return `The problem is over.${timeToResolveSeconds === null ? '' : ` It lasted ${duration(timeToResolveSeconds)}.`}`
      return [
        how === 'back' ? 'The problem that we said was over is back.' : null,
        impact ?? 'Some users may notice errors or slow answers.',
        since === null ? null : how === 'back' ? `It first began at ${time(since)}.` : `Since ${time(since)}.`,
        'We are working on it.',
        'Next update: when it is over.',
      ]
        .filter((part) => part !== null)
        .join('\n\n')
    },
  },
  handover: {
    title: (service, to) => `Handover of ${service}${to === null ? '' : ` to ${to}`}`,
    heads: {
      incidents: 'Open incidents',
      silences: 'Running silences',
      undelivered: 'Undelivered notices',
      budgets: 'Error budgets',
      actions: 'Open action items',
    },
    none: {
      incidents: 'no incident is open',
      silences: 'no silence is running',
      undelivered: 'every notice was delivered',
      budgets: 'no objectives are set up',
      actions: 'no action item is open',
    },
    unknown: 'cannot be seen',
    due: (due) => `next update ${due}`,
    until: (end) => `until ${end}`,
    left: (share) => `${share} left`,
    notMeasured: 'not measured',
    overdue: 'overdue',
  },
}
