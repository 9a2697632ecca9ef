import {expect, it} from 'vitest'
import {parseRunbook} from '../../../../src/formats/runbook/parse-runbook.js'

const BLOCK = '```sh {diagnose id=a}\ntrue\n```\n'

function lost(text: string): readonly number[] {
  const read = parseRunbook('x', '/srv/x.md', `## Step\n${text}`)
  return read.kind === 'valid' ? [] : read.problems.filter(({rule}) => rule === 'lost-block').map(({line}) => line)
}

it.each([
  ['after <summary>', `<details>\n<summary>x</summary>\n${BLOCK}</details>\n`, [4]],
  ['in a <div>', `<div>\n${BLOCK}</div>\n`, [3]],
  ['twice', `<div>\n${BLOCK}${BLOCK}</div>\n`, [3, 6]],
  ['with tildes', '<table>\n~~~sh {verify}\ntrue\n~~~\n', [3]],
  ['in a list', '- a\n\n  <div>\n  ```sh {mitigate}\n  true\n  ```\n', [5]],
])('a marked block that HTML swallows is told: %s', (_, text, at) => {
  expect(lost(text)).toEqual(at)
})

it.each([
  ['an empty line ends the HTML', `<details>\n<summary>x</summary>\n\n${BLOCK}\n</details>\n`],
  ['commented out', `<!--\n${BLOCK}-->\n`],
  ['not marked', '<div>\n```sh\ntrue\n```\n</div>\n'],
])('a block is not lost: %s', (_, text) => {
  expect(lost(text)).toEqual([])
})
