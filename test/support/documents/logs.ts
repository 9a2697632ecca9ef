import type {LogExportDocument, LogsDocument, LogSummaryDocument} from '../../../src/render/json/documents.js'
import {envelope} from '../../../src/render/json/envelope.js'
import {collectLogs} from '../../../src/usecases/logs/collect-logs.js'
import {exportLogs} from '../../../src/usecases/logs/export-logs.js'
import type {LogDeps, LogQuery} from '../../../src/usecases/logs/log-query.js'
import {summariseLogs} from '../../../src/usecases/logs/summarise-logs.js'
import {aStackModel} from '../builders/compose-model.js'
import {aContainer} from '../builders/container.js'
import {fakeEngine} from '../fakes/engine.js'
import {fakeLogSource} from '../fakes/log-source.js'
import {fakeProgress} from '../fakes/progress.js'
import {NOW} from './stack.js'

const LINES = [
  JSON.stringify({
    ...{
      level: 'ERROR',
      time: '2026-11-23T03:10:00-03:00',
      msg: 'failed',
      module: 'api',
      function: 'recommend',
      line: 7,
    },
    ...{request_id: 'req-1', user_id: 42, method: 'POST', endpoint: '/recommend', path: '/recommend', status: 503},
    ...{duration_ms: 1200, exception: 'Error: no Redis\n    at recommend'},
  }),
  'INFO: Uvicorn running',
  'Traceback (most recent call last):',
]

const QUERY = {project: 'faciliauto', services: [], filter: {}}

const NOTHING: LogQuery = {...QUERY, filter: {minimumLevel: 'critical', slowSeconds: 60}}

const stackModel = aStackModel(['api'])

function worlds(): readonly LogDeps[] {
  const api = aContainer()
  const logs = fakeLogSource({[api.id]: LINES})
  return [
    {engine: fakeEngine([api]), logs, stackModel},
    {engine: fakeEngine(), logs, stackModel},
  ]
}

export async function logsDocuments(): Promise<readonly LogsDocument[]> {
  const results = await Promise.all([
    ...worlds().map((deps) => collectLogs(deps, QUERY)),
    ...worlds().map((deps) => collectLogs(deps, NOTHING)),
  ])
  return results.map((result) => envelope('logs', result, NOW))
}

export async function logSummaryDocuments(): Promise<readonly LogSummaryDocument[]> {
  const results = await Promise.all([
    ...worlds().map((deps) => summariseLogs(deps, QUERY)),
    ...worlds().map((deps) => summariseLogs(deps, NOTHING)),
  ])
  return results.map((result) => envelope('log-summary', result, NOW))
}

export async function logExportDocuments(): Promise<readonly LogExportDocument[]> {
  const nothing = (): Promise<void> => Promise.resolve()
  const files = {makeFolder: nothing, open: () => Promise.resolve({write: nothing, commit: nothing, discard: nothing})}
  const results = await Promise.all(
    [QUERY, NOTHING].flatMap((query) => {
      const input = {query, file: 'api.log', format: ({raw}: {readonly raw: string}) => raw}
      return worlds().map((deps) => exportLogs({...deps, files, progress: fakeProgress(), mask: (text) => text}, input))
    }),
  )
  return results.map((result) => envelope('log-export', result, NOW))
}
