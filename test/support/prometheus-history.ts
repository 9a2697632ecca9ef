import {type ChildProcess, spawn} from 'node:child_process'
import {createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {once} from 'node:events'
import {execa} from 'execa'
import {findTool} from '../../service/stack/debian.js'
import {freePorts} from '../../service/stack/ports.js'

/** A series with its samples in order: seconds since the epoch and value. */
export interface HistorySeries {
  /** `name{label="value"}` */
  readonly series: string
  readonly type: 'counter' | 'gauge'
  readonly samples: Iterable<readonly [at: number, value: number]>
}

export interface ServedHistory {
  readonly url: string
  readonly stop: () => void
}

/** OpenMetrics wants the samples of one family together. */
async function writeOpenMetrics(file: string, series: readonly HistorySeries[]): Promise<void> {
  const out = createWriteStream(file)
  const families = new Map<string, HistorySeries[]>()
  for (const one of series) {
    const name = one.series.replace(/\{.*/, '')
    families.set(name, [...(families.get(name) ?? []), one])
  }
  for (const members of families.values()) {
    for (const {series: name, samples} of members) {
      let text = ''
      for (const [at, value] of samples) {
        text += `${name} ${value} ${at}\n`
        if (text.length > 1 << 20) {
          if (!out.write(text)) await once(out, 'drain')
          text = ''
        }
      }
      out.write(text)
    }
  }
  out.end('# EOF\n')
  await once(out, 'close')
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error(`prometheus ended with ${String(child.exitCode)}`)
    const answer = await fetch(`${url}/-/ready`).catch(() => undefined)
    if (answer?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('prometheus is not ready')
}

/** Series of the past in blocks made by promtool, served by a real Prometheus, with rule files if any. */
export async function serveHistory(
  series: readonly HistorySeries[],
  {retention = '10y', rules = []}: {readonly retention?: string; readonly rules?: readonly string[]} = {},
): Promise<ServedHistory> {
  const [promtool, prometheus] = await Promise.all([findTool('promtool'), findTool('prometheus')])
  const {prometheus: port} = await freePorts(['prometheus'])
  const folder = mkdtempSync(join(tmpdir(), 'faci-history-'))
  const data = join(folder, 'data')
  mkdirSync(data)
  await writeOpenMetrics(join(folder, 'history.txt'), series)
  await execa(
    promtool.command,
    [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--max-block-duration=1000h',
      '--quiet',
      join(folder, 'history.txt'),
      data,
    ],
    {env: promtool.env, stdin: 'ignore'},
  )
  rmSync(join(folder, 'history.txt'))
  writeFileSync(
    join(folder, 'prometheus.yml'),
    `global: {scrape_interval: 1h, evaluation_interval: 5s}\nrule_files: [${rules.map((file) => JSON.stringify(file)).join(', ')}]\n`,
  )
  const child = spawn(
    prometheus.command,
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${data}`,
      `--storage.tsdb.retention.time=${retention}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    {env: {...process.env, ...prometheus.env}, stdio: 'ignore'},
  )
  const url = `http://127.0.0.1:${port}`
  const stop = (): void => {
    child.kill('SIGKILL')
    rmSync(folder, {recursive: true, force: true})
  }
  try {
    await untilReady(url, child)
  } catch (error) {
    stop()
    throw error
  }
  return {url, stop}
}
