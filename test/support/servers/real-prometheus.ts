import {spawn} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {findTool} from '../../../service/stack/debian.js'
import {freePorts} from '../../../service/stack/ports.js'
import {eventually} from '../eventually.js'

export interface RealPrometheus {
  readonly url: string
  readonly stop: () => void
}

/**
 * A real Prometheus that scrapes nothing, under a path prefix, so that a base URL with a path is exercised too; `alertmanager` is the
 * `host:port` that it tells, with an external label, and after `alert_relabel_configs` as YAML.
 */
export async function realPrometheus(
  rules = 'groups: []\n',
  alertmanager: string | null = null,
  relabelings = '[]',
): Promise<RealPrometheus> {
  const {command, env} = await findTool('prometheus')
  const {prometheus: port} = await freePorts(['prometheus'])
  const folder = mkdtempSync(join(tmpdir(), 'faci-prometheus-'))
  const told = `alerting: {alertmanagers: [{static_configs: [{targets: ['${alertmanager ?? ''}']}]}], alert_relabel_configs: ${relabelings}}\n`
  const config = `global: {scrape_interval: 1h, evaluation_interval: 1s, external_labels: {cluster: eu}}\nrule_files: [rules.yml]\n`
  writeFileSync(join(folder, 'prometheus.yml'), `${config}${alertmanager === null ? '' : told}`)
  writeFileSync(join(folder, 'rules.yml'), rules)
  const child = spawn(
    command,
    [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--web.external-url=/base/path',
    ],
    {env: {...process.env, ...env}, stdio: 'ignore'},
  )
  const url = `http://127.0.0.1:${port}/base/path`
  await eventually(async () => {
    if ((await fetch(`${url}/-/ready`)).status !== 200) throw new Error('Prometheus is not ready')
  })
  return {
    url,
    stop: () => {
      child.kill('SIGKILL')
      rmSync(folder, {recursive: true, force: true})
    },
  }
}
