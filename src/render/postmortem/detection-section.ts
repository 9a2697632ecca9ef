import type {DetectionReplay, RuleReplay, RuleTrial} from '../../domain/impact/detection-replay.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import {literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import {span} from '../../domain/time/span.js'
import {localNumber} from '../words/local-numbers.js'
import type {Look} from './look.js'
import {markdownTable, stackedMarkdown} from './markdown-table.js'

function alarmsText(falseAlarms: number | null, {words}: Look): string {
  const {alarms, notCounted} = words.detection
  return falseAlarms === null ? notCounted : alarms(localNumber(falseAlarms, words.locale, 0))
}

function trialText(rule: RuleReplay, {threshold, forSeconds, soonerSeconds}: RuleTrial, {words}: Look): string {
  const condition = `${rule.threshold?.operator ?? ''} ${localNumber(threshold, words.locale, 6)}`
  return words.detection.trial(condition, forSeconds === 0 ? null : span(forSeconds), span(soonerSeconds))
}

function rowsOf(rule: RuleReplay, look: Look): readonly (readonly string[])[] {
  const {words, times} = look
  const {detection} = words
  const name = `${rule.rule}: \`${rule.expression}\``
  if (rule.cannotSay !== null) {
    const why = detection.cannotReplay[rule.cannotSay]
    return [[name, `${detection.cannotSay}: ${why}${rule.detail === '' ? '' : ` (${rule.detail})`}`, '', '']]
  }
  const asItIs = rule.firesAt === null ? detection.silent : detection.firesAt(times.timeOfDay(rule.firesAt))
  if (rule.trials.length === 0) return [[name, asItIs, detection.notSooner, '']]
  return rule.trials.map((trial, index) => [
    index === 0 ? name : '',
    index === 0 ? `${asItIs}; ${words.columns.alarms.toLowerCase()}: ${alarmsText(rule.falseAlarms, look)}` : '',
    trialText(rule, trial, look),
    alarmsText(trial.falseAlarms, look),
  ])
}

function replayText(detection: DetectionReplay, look: Look): readonly Markdown[] {
  const {words, times} = look
  const {from, detectedAt, stepSeconds, coveredSeconds, rules, left, cannotSay, detail} = detection
  const own = words.detection
  if (cannotSay !== null) return [sentence(`${own.cannotDetect[cannotSay]}${detail === '' ? '' : ` (${detail})`}`)]
  const {rule, asItIs, sooner, alarms} = words.columns
  return [
    sentence(own.intro(times.timeOfDay(from), times.timeOfDay(detectedAt), span(stepSeconds))),
    sentence(coveredSeconds === null ? own.coverageUnknown : own.covered(span(coveredSeconds))),
    markdownTable(
      [rule, asItIs, sooner, alarms],
      rules.flatMap((one) => rowsOf(one, look)),
    ),
    ...(left === 0 ? [] : [sentence(own.left(localNumber(left, words.locale, 0)))]),
  ]
}

export function detectionSection({figures}: PostmortemReport, look: Look): Markdown {
  const {words} = look
  const heading = markdown`## ${literal(words.headings.detection)}`
  const {measurement} = figures
  if (measurement === null)
    return stackedMarkdown([heading, sentence(`${words.detection.cannotSay}: ${words.missing.noSeries}.`)])
  return stackedMarkdown([heading, ...replayText(measurement.detection, look)])
}
