import {type Bodies, identityLine, newSection} from '../../domain/postmortem/marked-sections.js'
import type {PostmortemReport} from '../../domain/postmortem/postmortem-report.js'
import type {SectionName} from '../../domain/postmortem/section-name.js'
import {literal, type Markdown, markdown, sentence} from '../../domain/text/markdown.js'
import type {QuestionName} from '../words/postmortem-words.js'
import {detectionSection} from './detection-section.js'
import {impactSection} from './impact-section.js'
import type {Look} from './look.js'
import {signalsSection} from './signals-section.js'
import {summarySection} from './summary-section.js'
import {actionsSection, doneSection, timelineSection} from './timeline-sections.js'

const DRAW: Readonly<Record<SectionName, (report: PostmortemReport, look: Look) => Markdown>> = {
  summary: summarySection,
  impact: impactSection,
  signals: signalsSection,
  timeline: timelineSection,
  done: doneSection,
  detection: detectionSection,
  actions: actionsSection,
}

/** Each of faci's sections as Markdown. */
export function postmortemBodies(report: PostmortemReport, look: Look): Bodies {
  const drawn = Object.entries(DRAW).map(([name, draw]) => [name, draw(report, look)])
  return Object.fromEntries(drawn) as Bodies
}

/** A new post-mortem: faci's sections, and what only people can say. */
export function newPostmortem({incident}: PostmortemReport, bodies: Bodies, {words}: Look): string {
  const own = (name: SectionName): string => newSection(name, bodies)
  const question = (name: QuestionName): string => {
    const {heading, prompt} = words.questions[name]
    return markdown`## ${literal(heading)}\n\n*${sentence(prompt)}*\n`
  }
  return [
    markdown`# ${literal(words.title(incident.handle, incident.title))}\n\n${identityLine(incident.id) as Markdown}\n`,
    ...(['summary', 'impact', 'signals', 'timeline', 'done', 'detection'] as const).map(own),
    ...(['factors', 'hard', 'lucky'] as const).map(question),
    own('actions'),
  ].join('\n')
}
