import type {Tool} from '../../../service/stack/debian.js'
import {BASE_PATH, launch, RETENTION, type RunningBackend} from './backend.js'
import {shopSeries, timeOf} from './shop-series.js'

async function send(url: string, body?: string): Promise<void> {
  const response = await fetch(url, {method: 'POST', ...(body === undefined ? {} : {body})})
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}

/** https://docs.victoriametrics.com/#how-to-import-data-in-json-line-format; what is imported shows once it is flushed. */
async function fill(url: string): Promise<void> {
  const lines = shopSeries('scraped').map(({labels, values}) =>
    JSON.stringify({metric: labels, values, timestamps: values.map((_, minute) => timeOf(minute) * 1000)}),
  )
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
