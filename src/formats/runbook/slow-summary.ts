import type {RunbookSummary} from '../../domain/runbook/runbook-list.js'
import {readFrontMatter} from './front-matter.js'
import {firstHeading} from '../markdown/heading.js'
import {createProblemList} from './problem-list.js'
import {normalise, splitFrontMatter} from './source-text.js'

/** The summary of a runbook whose front matter needs the YAML parser. */
export function slowSummary(name: string, text: string): RunbookSummary {
  const {frontMatter, frontMatterLine, body} = splitFrontMatter(normalise(text))
  const {title, severity, alerts, services} = readFrontMatter(frontMatter ?? '', frontMatterLine, createProblemList())
  return {name, title: title ?? firstHeading(body)?.text ?? name, severity, alerts, services}
}
