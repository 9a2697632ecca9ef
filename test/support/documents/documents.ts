import type {DocumentName, Documents} from '../../../src/render/json/documents.js'
import {dashboardDocuments} from './dashboards.js'
import * as alerts from './alerts.js'
import {logExportDocuments, logsDocuments, logSummaryDocuments} from './logs.js'
import {
  runbookDocuments,
  runbookLintDocuments,
  runbookListDocuments,
  runbookPlanDocuments,
  runbookRunDocuments,
} from './runbooks.js'
import {changeRecordDocuments, recordedRunDocuments, runbookRunsDocuments} from './runs.js'
import {signalsDocuments} from './signals.js'
import {sloBurnDocuments, sloReportDocuments, sloRulesDocuments} from './slo.js'
import * as stack from './stack.js'
import {postmortemDocuments} from './postmortems.js'
import {pruneDocuments} from './prune.js'
import * as incidents from './incidents.js'
import {checkDocuments} from './check.js'
import {oncallEscalationDocuments} from './oncall-escalation.js'
import {oncallImportDocuments} from './oncall-import.js'
import {oncallTestDocuments} from './oncall-test.js'
import {oncallDiffDocuments, oncallOverrideDocuments} from './oncall-override.js'
import {oncallCheckDocuments, oncallDocuments, oncallScheduleDocuments} from './oncall.js'

type Samples = {readonly [N in DocumentName]: () => Promise<readonly Documents[N][]>}

/** What the use cases answer, in as many situations as it takes to see every part of every document. */
export const DOCUMENTS: Samples = {
  'alerts-lint': alerts.alertsLintDocuments,
  'alerts-list': stack.alertsListDocuments,
  'alerts-noise': alerts.alertsNoiseDocuments,
  'alerts-show': alerts.alertsShowDocuments,
  'alerts-silence': alerts.alertsSilenceDocuments,
  'alerts-silences': alerts.alertsSilencesDocuments,
  'alerts-test': alerts.alertsTestDocuments,
  'alerts-unsilence': alerts.alertsUnsilenceDocuments,
  change: stack.changeDocuments,
  dashboard: dashboardDocuments,
  check: checkDocuments,
  doctor: stack.doctorDocuments,
  health: stack.healthDocuments,
  incident: incidents.incidentDocuments,
  'incident-actions': incidents.incidentActionsDocuments,
  'incident-handover': incidents.incidentHandoverDocuments,
  'incident-list': incidents.incidentListDocuments,
  latency: stack.latencyDocuments,
  'log-export': logExportDocuments,
  'log-summary': logSummaryDocuments,
  logs: logsDocuments,
  notice: stack.noticeDocuments,
  'notice-drop': stack.noticeDropDocuments,
  'notice-test': stack.noticeTestDocuments,
  oncall: oncallDocuments,
  'oncall-diff': oncallDiffDocuments,
  'oncall-escalation': oncallEscalationDocuments,
  'oncall-import': oncallImportDocuments,
  'oncall-test': oncallTestDocuments,
  'oncall-override': oncallOverrideDocuments,
  'oncall-check': oncallCheckDocuments,
  'oncall-schedule': oncallScheduleDocuments,
  outbox: stack.outboxDocuments,
  postmortem: postmortemDocuments,
  prune: pruneDocuments,
  query: stack.queryDocuments,
  runbook: runbookDocuments,
  'runbook-lint': runbookLintDocuments,
  'runbook-list': runbookListDocuments,
  'runbook-plan': runbookPlanDocuments,
  'change-record': changeRecordDocuments,
  'runbook-run': async () => [...(await runbookRunDocuments()), ...(await recordedRunDocuments())],
  'runbook-runs': runbookRunsDocuments,
  signals: signalsDocuments,
  'slo-burn': sloBurnDocuments,
  'slo-report': sloReportDocuments,
  'slo-rules': sloRulesDocuments,
  stats: stack.statsDocuments,
  status: stack.statusDocuments,
  trust: stack.trustDocuments,
}
