// Ratios within one run, medians, against what one would use instead. `npm run bench -- --readme` writes them into test/bench/README.md.
import {readFileSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {execa} from 'execa'
import {format, resolveConfig} from 'prettier'
import {ensureEngine} from '../../service/stack/engine.js'
import {repositoryRoot} from '../../service/stack/repository.js'
import {startStack, uniqueProject} from '../../service/stack/stack.js'
import {workspace} from '../support/workspace.js'
import {benchApiDown} from './api-down.js'
import {benchIncidents} from './incidents.js'
import {benchLogs} from './logs.js'
import {benchMasking} from './masking.js'
import type {Row} from './measure.js'
import {benchOncall} from './oncall.js'
import {benchBlocks, benchLint, benchParse} from './runbooks.js'
import {benchPostmortem} from './postmortem.js'
import {benchRuns} from './runs.js'
import {benchSlo} from './slo.js'
import {benchStartup} from './startup.js'

const SUITES = {startup: benchStartup, logs: benchLogs, 'api-down': benchApiDown}
/** These need neither Docker nor the stack. */
const ALONE = {
  masking: benchMasking,
  slo: benchSlo,
  postmortem: benchPostmortem,
  runs: benchRuns,
  incidents: benchIncidents,
  oncall: benchOncall,
  blocks: benchBlocks,
  lint: benchLint,
  parse: benchParse,
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

function report(rows: readonly Row[]): string {
  const lines = rows.map(
    ({what, against, ratio, target, detail}) =>
      `| \`${what.replace(/, .*/, '')}\`${what.replace(/^[^,]*/, '')} | ${against} | ${ratio.toFixed(2)} | ≤ ${target} | ${detail} |`,
  )
  return ['| what | against | measured | target | |', '| --- | --- | ---: | ---: | --- |', ...lines].join('\n')
}

async function writeReadme(body: string): Promise<void> {
  const file = join(repositoryRoot, 'test', 'bench', 'README.md')
  const text = readFileSync(file, 'utf8')
  const [open, close] = ['<!-- bench -->', '<!-- benchstop -->']
  const next = `${text.slice(0, text.indexOf(open) + open.length)}\n${body}\n${text.slice(text.indexOf(close))}`
  writeFileSync(file, await format(next, {...(await resolveConfig(file)), filepath: file}))
}

const chosen = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const isChosen = (name: string): boolean => chosen.length === 0 || chosen.includes(name)
const rows: Row[] = []

async function withStack(): Promise<void> {
  const engine = await ensureEngine({install: true, say})
  const stack = await startStack({project: uniqueProject('faci-bench'), say})
  const here = workspace(stack)
  try {
    for (const [name, suite] of Object.entries(SUITES)) {
      if (!isChosen(name)) continue
      say(`bench: ${name}`)
      rows.push(...(await suite(stack, here)))
    }
  } finally {
    here.remove()
    await stack.stop()
    await engine.stop()
  }
}

await execa('npm', ['run', '--silent', 'build'], {cwd: repositoryRoot, stdin: 'ignore'})
for (const [name, suite] of Object.entries(ALONE)) {
  if (!isChosen(name)) continue
  say(`bench: ${name}`)
  rows.push(...(await suite()))
}
if (Object.keys(SUITES).some(isChosen)) await withStack()
console.log(report(rows))
if (process.argv.includes('--readme')) await writeReadme(report(rows))
