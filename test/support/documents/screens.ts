import type {RecordedRun} from '../../../src/domain/execution/run-record.js'
import type {LogEntry} from '../../../src/domain/logs/log-entry.js'
import type {Result} from '../../../src/domain/result.js'
import {shownDocument} from '../../../src/domain/text/shown-document.js'
import type {Verdict} from '../../../src/domain/verdict.js'
import {alertLintText} from '../../../src/render/alerts/alert-lint.js'
import {alertTestText} from '../../../src/render/alerts/alert-test.js'
import {alertViewText} from '../../../src/render/alerts/alert-view.js'
import {alertRows} from '../../../src/render/alerts/alerts.js'
import {noiseText} from '../../../src/render/alerts/noise.js'
import {silenceRows, silenceText, unsilenceText} from '../../../src/render/alerts/silences.js'
import {changeText} from '../../../src/render/change/change.js'
import {checkText} from '../../../src/render/check/check.js'
import {dashboardText} from '../../../src/render/dashboard/dashboard.js'
import {setupText} from '../../../src/render/doctor/setup.js'
import {trustedFolderText} from '../../../src/render/doctor/trusted-folder.js'
import {lintAnnotations} from '../../../src/render/github/annotations.js'
import {changeRecordText} from '../../../src/render/journal/change-record.js'
import type {DocumentData, DocumentName} from '../../../src/render/json/documents.js'
import {logSummaryText} from '../../../src/render/logs/log-summary.js'
import {prettyLogs} from '../../../src/render/logs/logs.js'
import {runbookPlanMarkdown} from '../../../src/render/markdown/runbook-plan.js'
import {sloReportMarkdown} from '../../../src/render/markdown/slo-report.js'
import {transcriptIn} from '../../../src/render/markdown/transcript.js'
import {channelTestText, droppedText, flushText} from '../../../src/render/notices/notice-delivery.js'
import {postedNoticeText} from '../../../src/render/notices/posted-notice.js'
import {lintText} from '../../../src/render/runbook/lint.js'
import {postmortemBodies} from '../../../src/render/postmortem/postmortem-markdown.js'
import {postmortemText} from '../../../src/render/postmortem/postmortem-text.js'
import {allRunsText, runListText} from '../../../src/render/runbook/run-list.js'
import {runRecordText} from '../../../src/render/runbook/run-record.js'
import {pruneText} from '../../../src/render/retention/prune.js'
import {runbookListText} from '../../../src/render/runbook/runbook-list.js'
import {runbookPlanText} from '../../../src/render/runbook/runbook-plan.js'
import {runbookRunText} from '../../../src/render/runbook/runbook-run.js'
import {runbookShowText} from '../../../src/render/runbook/runbook-show.js'
import {latencyText} from '../../../src/render/signals/latency.js'
import {queryCsv, queryText} from '../../../src/render/signals/query.js'
import {signalsText} from '../../../src/render/signals/signals-report.js'
import {sloBurnText} from '../../../src/render/slo/slo-burn.js'
import {sloReportCsv} from '../../../src/render/slo/slo-csv.js'
import {sloReportText} from '../../../src/render/slo/slo-report.js'
import {actionListText} from '../../../src/render/incidents/action-list.js'
import {handoverIn, handoverText} from '../../../src/render/incidents/handover.js'
import {incidentDoneText, incidentText, timelineText} from '../../../src/render/incidents/incident.js'
import {incidentListText} from '../../../src/render/incidents/incident-list.js'
import {timelineIn} from '../../../src/render/incidents/timeline-markdown.js'
import {escalationText} from '../../../src/render/escalation/escalation.js'
import {pageTestText} from '../../../src/render/escalation/page-test.js'
import {overrideText, rotaDiffText} from '../../../src/render/oncall/override.js'
import {rotaCheckText} from '../../../src/render/oncall/check.js'
import {importedRotaText} from '../../../src/render/yaml/imported-rota.js'
import {oncallText} from '../../../src/render/oncall/oncall.js'
import {scheduleCalendar} from '../../../src/render/oncall/schedule-calendar.js'
import {scheduleMarkdown, scheduleText} from '../../../src/render/oncall/schedule.js'
import {healthText} from '../../../src/render/status/health.js'
import {statsText} from '../../../src/render/status/stats.js'
import {statusText} from '../../../src/render/status/status.js'
import {ENGLISH, wordsFor} from '../../../src/render/words/words.js'
import type {Style} from '../../../src/render/text/style.js'
import {LOOK} from './postmortems.js'
import {DOCUMENTS} from './documents.js'

/** null: no situation of this command. */
type Render<D> = (result: Result<D>, style: Style) => string | null
/** Each way in which a command shows a document, by what is typed to see it. */
type Screens = {readonly [N in DocumentName]: Readonly<Record<string, Render<DocumentData<N>>>>}

const AUDIENCE = {words: ENGLISH.notice, timezone: 'UTC'} as const

function entries({data}: Result<{readonly entries: readonly LogEntry[]}>, style: Style): string {
  return data.entries.map(prettyLogs(style)).join('\n')
}

/** Read from the journal, not just ended. */
function isRecorded({data}: Result<RecordedRun>): boolean {
  return data.record !== undefined
}

const SCREENS: Screens = {
  'alerts-lint': {'alerts lint': alertLintText, 'alerts lint --output github': lintAnnotations},
  'alerts-list': {'alerts list': ({data}, style) => alertRows(data, Date.parse(data.at), style)},
  'alerts-noise': {'alerts noise': noiseText},
  'alerts-show': {'alerts show NAME': alertViewText},
  'alerts-silence': {'alerts silence NAME': silenceText},
  'alerts-silences': {'alerts list --silences': ({data}, style) => silenceRows(data, style)},
  'alerts-test': {'alerts test NAME': alertTestText},
  'alerts-unsilence': {'alerts unsilence ID': unsilenceText},
  change: {'up, down, restart …': changeText},
  'change-record': {'runs ID': changeRecordText},
  check: {'check daily': checkText},
  dashboard: {'dashboard NAME': dashboardText},
  doctor: {doctor: setupText},
  health: {health: healthText},
  incident: {
    'incident ack, note, update …': (result, style) =>
      result.data.done === 'shown' ? null : incidentDoneText(result, style),
    'incident show': (result, style) => (result.data.done === 'shown' ? incidentText(result, style) : null),
    'incident timeline': (result, style) => (result.data.done === 'shown' ? timelineText(result, style) : null),
    'incident timeline --output md': (result, style) =>
      result.data.done === 'shown' ? timelineIn(ENGLISH.incidents, style.times)(result) : null,
  },
  'incident-actions': {'incident actions': actionListText},
  'incident-handover': {'incident handover': handoverText, 'incident handover --output md': handoverIn(ENGLISH, 'UTC')},
  'incident-list': {'incident list': incidentListText},
  postmortem: {
    'incident postmortem': postmortemText,
    'incident postmortem --output md': ({data}) => Object.values(postmortemBodies(data, LOOK)).join('\n\n'),
  },
  prune: {prune: (result, style) => pruneText(result, style, false)},
  latency: {latency: latencyText},
  'log-export': {},
  'log-summary': {'logs --summary': logSummaryText},
  logs: {logs: entries},
  notice: {notify: (result, style) => postedNoticeText(result, style, AUDIENCE)},
  'notice-drop': {'notify drop ID': droppedText},
  'notice-test': {'notify test CHANNEL': channelTestText},
  oncall: {oncall: oncallText},
  'oncall-diff': {'oncall diff': rotaDiffText},
  'oncall-escalation': {'oncall escalate': escalationText},
  'oncall-import': {'oncall import': importedRotaText},
  'oncall-test': {'oncall test': pageTestText},
  'oncall-override': {'oncall take': overrideText},
  'oncall-check': {'oncall check': rotaCheckText},
  'oncall-schedule': {
    'oncall schedule': scheduleText('UTC'),
    'oncall schedule --output md': scheduleMarkdown(wordsFor('pt-BR'), 'America/Sao_Paulo'),
    'oncall schedule --output ics': ({data}) => scheduleCalendar(data, ENGLISH).replaceAll('\r', ''),
  },
  outbox: {'notify flush': flushText},
  query: {
    query: (result, style) => queryText(result, style, false),
    'query --plot': (result, style) => queryText(result, style, true),
    'query --output csv': queryCsv,
  },
  runbook: {'runbook show NAME': runbookShowText},
  'runbook-lint': {'runbook lint': lintText},
  'runbook-list': {'runbook list': runbookListText},
  'runbook-plan': {
    'runbook NAME --dry-run': runbookPlanText,
    'runbook NAME --dry-run --output md': runbookPlanMarkdown,
  },
  'runbook-run': {
    'runbook NAME': (result, style) => (isRecorded(result) ? null : runbookRunText(result, style)),
    'runbook NAME --output md': transcriptIn(ENGLISH),
    'runbook runs ID': (result, style) => (isRecorded(result) ? runRecordText(result, style) : null),
  },
  'runbook-runs': {'runbook runs': runListText, runs: allRunsText},
  signals: {
    signals: (result, style) => signalsText(result, style, false),
    'signals --explain': (result, style) => signalsText(result, style, true),
  },
  'slo-burn': {'slo burn': sloBurnText},
  'slo-report': {
    'slo report': sloReportText,
    'slo report --output md': sloReportMarkdown,
    'slo report --output csv': sloReportCsv,
  },
  'slo-rules': {},
  stats: {stats: statsText},
  status: {status: statusText},
  trust: {'trust FOLDER': trustedFolderText},
}

export interface Screen {
  /** What is typed, and the number of the situation: `faci status · 2`. */
  readonly situation: string
  readonly verdict: Verdict
  readonly render: (style: Style) => string | null
}

/** Every screen of a document, in each situation that is known of it, as its command shows it. */
export async function screensOf(name: DocumentName): Promise<readonly Screen[]> {
  return screensIn(SCREENS[name] as Readonly<Record<string, Render<unknown>>>, await DOCUMENTS[name]())
}

function screensIn(
  screens: Readonly<Record<string, Render<unknown>>>,
  results: readonly Result<unknown>[],
): readonly Screen[] {
  return results.flatMap((result, index) =>
    Object.entries(screens).map(([typed, render]) => ({
      situation: `faci ${typed} · ${String(index + 1)}`,
      verdict: result.verdict,
      render: (style: Style) =>
        render(
          shownDocument(result, (same) => same),
          style,
        ),
    })),
  )
}
