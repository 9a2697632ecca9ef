import type {IncidentPage, OwnPageReason} from '../../../domain/alerts/alert-page.js'

const OWN: Readonly<Record<OwnPageReason, string>> = {
  contended: "Alertmanager's was given to another incident a moment ago",
  noAlert: 'the incident names no alert',
  notFiring: 'Alertmanager had none of its alerts',
  suppressed: 'its alerts are silenced, inhibited or muted in Alertmanager, which pages nobody for them',
  timed: 'Alertmanager pages for its alerts at certain times only, and whether now is one of them cannot be told',
  notPaged: 'Alertmanager does not page for its alerts by PagerDuty',
  otherReceiver:
    'Alertmanager pages for its alerts by another receiver than notices.pagerduty.alertmanager names: is that spelled as in Alertmanager?',
  serviceKey: 'Alertmanager pages by a service key (Events API v1), whose pages cannot be shared',
  severalReceivers: 'several receivers of Alertmanager page for it; name one under notices.pagerduty.alertmanager',
  unreadable: 'the key of its page cannot be told from what Alertmanager answered',
  unrendered:
    'a label or annotation of its alerts has {{ in it, at which the page of this version of Alertmanager fails: it pages nobody for them',
  unanswered: 'Alertmanager did not answer',
}

function othersText(others: number): string {
  if (others === 0) return ''
  return others === 1 ? '; 1 more of its pages stays separate' : `; ${String(others)} more of its pages stay separate`
}

export function pageText(page: IncidentPage): string {
  if (page.by === 'faci' && page.why === 'held')
    return `Page: of its own, because ${page.holder} has Alertmanager's page of this group of alerts`
  if (page.by === 'faci') return `Page: of its own, because ${OWN[page.why]}`
  return `Page: Alertmanager's (${page.alert}, receiver ${page.receiver})${othersText(page.others)}`
}
