import type {Tool} from '../../../service/stack/debian.js'
import {BASE_PATH, launch, RETENTION, type RunningBackend} from './backend.js'
import {samplesOf, shopSeries} from './shop-series.js'

async function send(url: string, body?: string): Promise<void> {
  const response = await fetch(url, {method: 'POST', ...(body === undefined ? {} : {body})})
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}

/** https://docs.victoriametrics.com/#how-to-import-data-in-json-line-format; what is imported shows once it is flushed. */
async function fill(url: string): Promise<void> {
  const lines = shopSeries('scraped').map((series) => {
    const samples = samplesOf(series)
    const timestamps = samples.map(({at}) => at * 1000)
    return JSON.stringify({metric: series.labels, values: samples.map(({value}) => value), timestamps})
  })
  await send(`${url}/api/v1/import`, lines.join('\n'))
  await send(`${url}/internal/force_flush`)
}

/** A real single-node VictoriaMetrics. */
export async function startVictoriaMetrics(tool: Tool): Promise<RunningBackend> {
  return await launch({
    tool,
    fill,
    parameters: (folder, address) => [
      `-storageDataPath=${folder}/data`,
      `-retentionPeriod=${RETENTION}`,
      `-httpListenAddr=${address}`,
      `-http.pathPrefix=${BASE_PATH}`,
      '-memory.allowedBytes=256MiB',
    ],
  })
}
