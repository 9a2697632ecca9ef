import {type Client, createClient} from '../http/client.js'

export interface PrometheusOptions {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly tenant: string | null
  readonly partialResponse: 'allow' | 'deny'
  readonly timeoutSeconds: number
}

export function prometheusClient({url, headers, tenant, timeoutSeconds}: PrometheusOptions): Client {
  return createClient({
    baseUrl: url,
    name: 'Prometheus',
    headers: {...headers, ...(tenant === null ? {} : {'X-Scope-OrgID': tenant})},
    timeoutSeconds,
    suggestions: ['faci doctor', 'check prometheus.url in faci.yml'],
  })
}
