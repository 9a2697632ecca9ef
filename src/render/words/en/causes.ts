import type {CauseReason, UnseenPart} from '../../../domain/status/cause.js'
import {worded, type WordsFor} from '../worded.js'
import {doubtText} from './alerts.js'
import {STACK} from './stack.js'

const PART: Readonly<Record<UnseenPart, string>> = {
  alerts: 'alerts',
  containers: 'containers',
  health: 'health',
  lock: 'the lock',
  signals: 'signals',
  undelivered: 'undelivered notices',
}

const CAUSES: WordsFor<CauseReason> = {
  alertFires: ({alert, summary, isMissing}) =>
    `${alert} is firing${isMissing ? ', and Alertmanager has not got it' : ''}${summary === null ? '' : `: ${summary}`}`,
  alertsInDoubt: ({doubt}) => doubtText(doubt),
  endpointFails: ({endpoint, verdict, reason}) =>
    `health ${endpoint}: ${reason === null ? STACK.verdict[verdict] : STACK.probe(reason)}`,
  noContainers: ({project}) => `project ${project} has no containers`,
  serviceNotHealthy: (cause) => `${cause.service}: ${STACK.service(cause)}`,
  signalMissesTarget: ({title}) => `${title} misses its target`,
  unseen: ({part, message}) => `${PART[part]} cannot be seen: ${message}`,
}

/** What keeps the whole from being healthy: only screens say it, and they are English. */
export function causeText(reason: CauseReason): string {
  return worded(CAUSES, reason)
}
