import {writeFile} from 'node:fs/promises'
import {join} from 'node:path'
import {execa} from 'execa'
import {findTool, type Tool} from '../../../service/stack/debian.js'
import {BASE_PATH, launch, RETENTION, type RunningBackend} from './backend.js'
import {type BoundSpelling, samplesOf, shopSeries} from './shop-series.js'

/** Samples in OpenMetrics text, as `promtool tsdb create-blocks-from` reads them. */
function openMetrics(spelling: BoundSpelling): string {
  const lines = shopSeries(spelling).flatMap((series) => {
    const {__name__: name = '', ...labels} = series.labels
    const matched = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    return samplesOf(series).map(({at, value}) => `${name}{${matched.join(',')}} ${value} ${at}`)
  })
  return `${lines.join('\n')}\n# EOF\n`
}

async function prepare(folder: string, spelling: BoundSpelling): Promise<void> {
  const {command, env} = await findTool('promtool')
  await writeFile(join(folder, 'prometheus.yml'), 'global: {scrape_interval: 1h}\n')
  await writeFile(join(folder, 'history.txt'), openMetrics(spelling))
  const oneBlock = '--max-block-duration=1000h'
  const parameters = ['tsdb', 'create-blocks-from', 'openmetrics', oneBlock, 'history.txt', 'data']
  await execa(command, parameters, {cwd: folder, env, stdin: 'ignore'})
}

/** A real Prometheus; `spelling` is that of its version. */
export async function startPrometheus(tool: Tool, spelling: BoundSpelling): Promise<RunningBackend> {
  return await launch({
    tool,
    prepare: (folder) => prepare(folder, spelling),
    parameters: (folder, address) => [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--storage.tsdb.retention.time=${RETENTION}`,
      `--web.listen-address=${address}`,
      `--web.external-url=${BASE_PATH}`,
    ],
  })
}
