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
  ['by a backtick after its mark', '```sh {diagnose id=`a`}\ntrue\n```\n', [2]],
  ['indented by four', BLOCK.replaceAll(/^(?=.)/gm, '    '), [2]],
  ['indented by a tab', BLOCK.replaceAll(/^(?=.)/gm, '\t'), [2]],
  ['indented too much for its list', `- a\n\n${BLOCK.replaceAll(/^(?=.)/gm, '      ')}`, [4]],
  ['in a block that was not closed', `\`\`\`\nexample\n\n${BLOCK}`, [5]],
  ['in a block that was not closed, of tildes', '~~~\nexample\n\n~~~sh {verify}\ntrue\n~~~\n', [5]],
])('a marked block that Markdown takes for something else is told: %s', (_, text, at) => {
  expect(lost(text)).toEqual(at)
})

it.each([
  ['an empty line ends the HTML', `<details>\n<summary>x</summary>\n\n${BLOCK}\n</details>\n`],
  ['commented out', `<!--\n${BLOCK}-->\n`],
  ['shown in a longer fence', `\`\`\`\`md\n${BLOCK}\`\`\`\`\n`],
  ['shown in a fence of the other sign', `~~~md\n${BLOCK}~~~\n`],
  ['shown within a line', '```sh {diagnose id=a} true```\n'],
  ['in a list', `1. a\n\n${BLOCK.replaceAll(/^(?=.)/gm, '   ')}`],
  ['in a quotation', BLOCK.replaceAll(/^(?=.)/gm, '> ')],
  ['not marked', '<div>\n```sh\ntrue\n```\n</div>\n'],
])('a block is not lost: %s', (_, text) => {
  expect(lost(text)).toEqual([])
})
