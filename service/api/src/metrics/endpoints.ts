/** Every route of the traffic port with the statuses it is known to give: its series exist, at 0, from the start. */
export const ENDPOINTS = [
  {method: 'GET', endpoint: '/health', statuses: [200, 503]},
  {method: 'GET', endpoint: '/metrics', statuses: [200]},
  {method: 'GET', endpoint: '/stats', statuses: [200, 400, 500, 503]},
  {method: 'GET', endpoint: '/cars', statuses: [200, 400, 500, 503]},
  {method: 'POST', endpoint: '/recommend', statuses: [200, 400, 413, 415, 500, 503]},
  {method: 'POST', endpoint: '/cars/:id/whatsapp', statuses: [201, 400, 404, 500, 503]},
  {method: 'GET', endpoint: 'unmatched', statuses: [400, 404]},
] as const

/** The endpoint label of a request that no route took: raw URLs would make a series each. */
export const UNMATCHED = 'unmatched'

/** Told apart from buyers' traffic, so that queries can leave them out. */
export const PROBE_ENDPOINTS: readonly string[] = ['/health', '/metrics']

/** Where a fault may be switched on: everything but /metrics, which has to stay readable during a drill. */
export const FAULT_ENDPOINTS = ['/health', '/stats', '/cars', '/recommend', '/cars/:id/whatsapp'] as const
export type FaultEndpoint = (typeof FAULT_ENDPOINTS)[number]

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The method label: a client may invent methods, not series. */
export function methodLabel(method: string): string {
  return METHODS.includes(method) ? method : 'OTHER'
}
