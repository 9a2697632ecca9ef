import type {Result} from '../../domain/result.js'
import type {WordedCheck, WordedItem} from '../check/worded-check.js'

const ENTITIES: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'}

/** XML 1.0 has no way to write the others: control characters, halves of a pair, U+FFFE and U+FFFF. */
const NOT_IN_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

function escaped(text: string): string {
  return text.replaceAll(NOT_IN_XML, '').replaceAll(/[&<>"]/g, (found) => ENTITIES[found] ?? '')
}

function testCase(check: string, {name, title, verdict, summary, details}: WordedItem): string {
  const open = `    <testcase classname="faci.check.${escaped(check)}" name="${escaped(title)}" id="${escaped(name)}"`
  if (verdict === 'ok') return `${open}/>`
  const tag = verdict === 'bad' ? 'failure' : 'error'
  return [
    `${open}>`,
    `      <${tag} message="${escaped(summary)}">${escaped(details.join('\n'))}</${tag}>`,
    '    </testcase>',
  ].join('\n')
}

/** JUnit XML, as CI servers read it: what is wrong is a failure, what could not be looked at an error. */
export function checkJunit({data}: Result<WordedCheck>): string {
  const {name, service, at, items} = data
  const count = (verdict: WordedItem['verdict']): number => items.filter((item) => item.verdict === verdict).length
  const counts = `tests="${items.length}" failures="${count('bad')}" errors="${count('unknown')}"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${escaped(['faci check ', name, ': ', service].join(''))}" timestamp="${at}" ${counts}>`,
    ...items.map((item) => testCase(name, item)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}
