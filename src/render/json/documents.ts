import type {AlertList} from '../../domain/alerts/alert-list.js'
import type {DashboardReport} from '../../domain/dashboard/dashboard-report.js'
import type {AlertTestReport} from '../../domain/alerts/alert-test.js'
import type {AlertView} from '../../domain/alerts/alert-view.js'
import type {AlertCheckId} from '../../domain/alerts/lint/alert-checks.js'
import type {AlertLintReport} from '../../domain/alerts/lint/alert-lint-report.js'
import type {NoiseReport} from '../../domain/alerts/noise.js'
import type {SilenceList, SilenceReport, UnsilenceReport} from '../../domain/alerts/silence-report.js'
import type {ErrorCode} from '../../domain/errors.js'
import type {RunEvent} from '../../domain/journal/events.js'
import type {RunList} from '../../domain/execution/run-list.js'
import type {RecordedRun} from '../../domain/execution/run-record.js'
import type {RunbookPlan} from '../../domain/execution/runbook-plan.js'
import type {LogCollection, LogExport, LogSummaryReport} from '../../domain/logs/log-report.js'
import type {DroppedNotice} from '../../domain/notices/notice-report.js'
import type {RuleId} from '../../domain/runbook/lint/rules.js'
import type {LintReport} from '../../domain/runbook/lint/lint-report.js'
import type {RunbookList} from '../../domain/runbook/runbook-list.js'
import type {Runbook} from '../../domain/runbook/runbook.js'
import type {SetupReport} from '../../domain/doctor/setup-report.js'
import type {TrustedFolder} from '../../domain/doctor/trusted-folder.js'
import type {ActionList, IncidentList} from '../../domain/incidents/incident-report.js'
import type {OverrideReport, RotaDiff} from '../../domain/oncall/override-report.js'
import type {ImportReport} from '../../domain/oncall/import/import-report.js'
import type {OncallReport, ScheduleReport} from '../../domain/oncall/oncall-report.js'
import type {RotaCheckReport} from '../../domain/oncall/rota-check.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import type {PruneReport} from '../../domain/retention/prune-report.js'
import type {LatencyReport} from '../../domain/signals/latency.js'
import type {QueryReport} from '../../domain/signals/query-report.js'
import type {SignalsReport} from '../../domain/signals/signals-report.js'
import type {ChangeRecord} from '../../domain/journal/change-record.js'
import type {ChangeReport} from '../../domain/change/change-report.js'
import type {HealthReport} from '../../domain/stack/health.js'
import type {RuleFiles} from '../../domain/slo/slo-rule-set.js'
import type {StatusReport} from '../../domain/status/status.js'
import type {StackUsage} from '../../domain/status/usage.js'
import type {WordedEscalation, WordedPageTest} from '../escalation/worded-pages.js'
import type {WordedHandover, WordedIncident} from '../incidents/worded-incident.js'
import type {WordedCheck} from '../check/worded-check.js'
import type {WordedFlush, WordedPost, WordedTest} from '../notices/worded-notices.js'
import type {WordedBurn, WordedSlos} from '../slo/worded-slos.js'
import type {IsoTime} from '../../domain/time/iso-time.js'
import type {Verdict} from '../../domain/verdict.js'
import type {WordedItem} from '../doctor/worded-setup.js'
import type {WordedFinding} from '../findings/worded-findings.js'

/** What `--json` prints, exactly once, on stdout. Keys camelCase, ratios 0..1, durations in seconds, times ISO 8601 UTC. */
export interface Envelope<N extends string, D> {
  readonly schema: `faci.${N}/v1`
  readonly generatedAt: IsoTime
  readonly verdict: Verdict
  readonly warnings?: readonly string[]
  readonly data: D
}

export type AlertsLintDocument = Envelope<'alerts-lint', AlertLintReport<WordedFinding<AlertCheckId>>>
export type AlertsListDocument = Envelope<'alerts-list', AlertList>
export type AlertsNoiseDocument = Envelope<'alerts-noise', NoiseReport>
export type AlertsShowDocument = Envelope<'alerts-show', AlertView>
export type AlertsSilenceDocument = Envelope<'alerts-silence', SilenceReport>
export type AlertsSilencesDocument = Envelope<'alerts-silences', SilenceList>
export type AlertsTestDocument = Envelope<'alerts-test', AlertTestReport>
export type AlertsUnsilenceDocument = Envelope<'alerts-unsilence', UnsilenceReport>
export type ChangeDocument = Envelope<'change', ChangeReport>
export type ChangeRecordDocument = Envelope<'change-record', ChangeRecord>
export type DashboardDocument = Envelope<'dashboard', DashboardReport>
export type CheckDocument = Envelope<'check', WordedCheck>
export type DoctorDocument = Envelope<'doctor', SetupReport<WordedItem>>
export type HealthDocument = Envelope<'health', HealthReport>
export type IncidentDocument = Envelope<'incident', WordedIncident>
export type IncidentActionsDocument = Envelope<'incident-actions', ActionList>
export type IncidentHandoverDocument = Envelope<'incident-handover', WordedHandover>
export type IncidentListDocument = Envelope<'incident-list', IncidentList>
export type PruneDocument = Envelope<'prune', PruneReport>
export type LatencyDocument = Envelope<'latency', LatencyReport>
export type LogExportDocument = Envelope<'log-export', LogExport>
export type LogSummaryDocument = Envelope<'log-summary', LogSummaryReport>
export type LogsDocument = Envelope<'logs', LogCollection>
export type NoticeDocument = Envelope<'notice', WordedPost>
export type NoticeDropDocument = Envelope<'notice-drop', DroppedNotice>
export type NoticeTestDocument = Envelope<'notice-test', WordedTest>
export type OncallDocument = Envelope<'oncall', OncallReport>
export type OncallDiffDocument = Envelope<'oncall-diff', RotaDiff>
export type OncallImportDocument = Envelope<'oncall-import', ImportReport>
export type OncallEscalationDocument = Envelope<'oncall-escalation', WordedEscalation>
export type OncallTestDocument = Envelope<'oncall-test', WordedPageTest>
export type OncallOverrideDocument = Envelope<'oncall-override', OverrideReport>
export type OncallCheckDocument = Envelope<'oncall-check', RotaCheckReport>
export type OncallScheduleDocument = Envelope<'oncall-schedule', ScheduleReport>
export type OutboxDocument = Envelope<'outbox', WordedFlush>
export type PostmortemDocument = Envelope<'postmortem', PostmortemReport>
export type QueryDocument = Envelope<'query', QueryReport>
export type RunbookDocument = Envelope<'runbook', Runbook>
export type RunbookLintDocument = Envelope<'runbook-lint', LintReport<WordedFinding<RuleId>>>
export type RunbookListDocument = Envelope<'runbook-list', RunbookList>
export type RunbookPlanDocument = Envelope<'runbook-plan', RunbookPlan>
export type RunbookRunDocument = Envelope<'runbook-run', RecordedRun>
export type RunbookRunsDocument = Envelope<'runbook-runs', RunList>
export type SignalsDocument = Envelope<'signals', SignalsReport>
export type SloBurnDocument = Envelope<'slo-burn', WordedBurn>
export type SloReportDocument = Envelope<'slo-report', WordedSlos>
export type SloRulesDocument = Envelope<'slo-rules', RuleFiles>
export type StatsDocument = Envelope<'stats', StackUsage>
export type StatusDocument = Envelope<'status', StatusReport>
export type TrustDocument = Envelope<'trust', TrustedFolder>

/** What happened in a run, as it happens. */
export interface RunEventDocument {
  readonly schema: 'faci.run-event/v1'
  readonly generatedAt: IsoTime
  readonly runId: string
  readonly event: RunEvent
}

/** What `--json` prints instead when there is no result. */
export interface ErrorDocument {
  readonly schema: 'faci.error/v1'
  readonly error: {
    readonly code: ErrorCode | 'bug'
    readonly message: string
    readonly suggestions: readonly string[]
  }
}

/** Every document of a result by the name in its `schema`. */
export interface Documents {
  readonly 'alerts-lint': AlertsLintDocument
  readonly 'alerts-list': AlertsListDocument
  readonly 'alerts-noise': AlertsNoiseDocument
  readonly 'alerts-show': AlertsShowDocument
  readonly 'alerts-silence': AlertsSilenceDocument
  readonly 'alerts-silences': AlertsSilencesDocument
  readonly 'alerts-test': AlertsTestDocument
  readonly 'alerts-unsilence': AlertsUnsilenceDocument
  readonly change: ChangeDocument
  readonly 'change-record': ChangeRecordDocument
  readonly dashboard: DashboardDocument
  readonly check: CheckDocument
  readonly doctor: DoctorDocument
  readonly health: HealthDocument
  readonly incident: IncidentDocument
  readonly 'incident-actions': IncidentActionsDocument
  readonly 'incident-handover': IncidentHandoverDocument
  readonly 'incident-list': IncidentListDocument
  readonly latency: LatencyDocument
  readonly 'log-export': LogExportDocument
  readonly 'log-summary': LogSummaryDocument
  readonly logs: LogsDocument
  readonly notice: NoticeDocument
  readonly 'notice-drop': NoticeDropDocument
  readonly 'notice-test': NoticeTestDocument
  readonly oncall: OncallDocument
  readonly 'oncall-diff': OncallDiffDocument
  readonly 'oncall-import': OncallImportDocument
  readonly 'oncall-escalation': OncallEscalationDocument
  readonly 'oncall-test': OncallTestDocument
  readonly 'oncall-override': OncallOverrideDocument
  readonly 'oncall-check': OncallCheckDocument
  readonly 'oncall-schedule': OncallScheduleDocument
  readonly outbox: OutboxDocument
  readonly postmortem: PostmortemDocument
  readonly prune: PruneDocument
  readonly query: QueryDocument
  readonly runbook: RunbookDocument
  readonly 'runbook-lint': RunbookLintDocument
  readonly 'runbook-list': RunbookListDocument
  readonly 'runbook-plan': RunbookPlanDocument
  readonly 'runbook-run': RunbookRunDocument
  readonly 'runbook-runs': RunbookRunsDocument
  readonly signals: SignalsDocument
  readonly 'slo-burn': SloBurnDocument
  readonly 'slo-report': SloReportDocument
  readonly 'slo-rules': SloRulesDocument
  readonly stats: StatsDocument
  readonly status: StatusDocument
  readonly trust: TrustDocument
}

export type DocumentName = keyof Documents

/** What a use case has to answer for a document. */
export type DocumentData<N extends DocumentName> = Documents[N]['data']
