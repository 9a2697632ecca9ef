import type {PackageRequest} from '../stack/debian.js'

/** How to make an image out of a program: files of Debian packages, or a program of this machine. */
export interface Recipe {
  /** The image is `faci-local/<name>:<version>`. */
  readonly name: string
  /** The variable of docker-compose.yml that selects the image. */
  readonly variable: string
  /** The upstream image that docker-compose.yml names by default. */
  readonly upstream: string
  /** Undefined: the running Node.js itself. */
  readonly source: PackageRequest | undefined
  /** Programs by their path in the image; the value is the path in the packages' tree. */
  readonly programs: Readonly<Record<string, string>>
  /** Folders of the tree that the programs read at the same path. */
  readonly data?: readonly string[]
  readonly user: string
  /** Folders that the program writes to; a named volume mounted there takes over their owner. */
  readonly folders: readonly string[]
  readonly entrypoint: readonly string[]
}

const nobody = '65534:65534'

export const recipes: readonly Recipe[] = [
  {
    name: 'node',
    variable: 'NODE_IMAGE',
    upstream: 'node:24-alpine',
    source: undefined,
    programs: {},
    user: '1000:1000',
    folders: ['app'],
    entrypoint: [],
  },
  {
    name: 'redis',
    variable: 'REDIS_IMAGE',
    upstream: 'redis:8-alpine',
    source: {packages: ['redis-server', 'redis-tools'], binaries: ['usr/bin/redis-check-rdb', 'usr/bin/redis-cli']},
    programs: {'usr/local/bin/redis-server': 'usr/bin/redis-check-rdb', 'usr/local/bin/redis-cli': 'usr/bin/redis-cli'},
    user: nobody,
    folders: ['data'],
    entrypoint: [],
  },
  {
    name: 'prometheus',
    variable: 'PROMETHEUS_IMAGE',
    upstream: 'prom/prometheus:v3.5.0',
    source: {packages: ['prometheus'], binaries: ['usr/bin/prometheus']},
    programs: {'bin/prometheus': 'usr/bin/prometheus', 'bin/promtool': 'usr/bin/promtool'},
    user: nobody,
    folders: ['prometheus'],
    entrypoint: ['/bin/prometheus'],
  },
  {
    name: 'alertmanager',
    variable: 'ALERTMANAGER_IMAGE',
    upstream: 'prom/alertmanager:v0.28.1',
    source: {packages: ['prometheus-alertmanager'], binaries: ['usr/bin/prometheus-alertmanager']},
    programs: {'bin/alertmanager': 'usr/bin/prometheus-alertmanager', 'bin/amtool': 'usr/bin/amtool'},
    data: ['usr/share/prometheus/alertmanager'],
    user: nobody,
    folders: ['alertmanager'],
    entrypoint: ['/bin/alertmanager'],
  },
  {
    name: 'node-exporter',
    variable: 'NODE_EXPORTER_IMAGE',
    upstream: 'prom/node-exporter:v1.9.1',
    source: {packages: ['prometheus-node-exporter'], binaries: ['usr/bin/prometheus-node-exporter']},
    programs: {'bin/node_exporter': 'usr/bin/prometheus-node-exporter'},
    user: nobody,
    folders: [],
    entrypoint: ['/bin/node_exporter'],
  },
  {
    name: 'redis-exporter',
    variable: 'REDIS_EXPORTER_IMAGE',
    upstream: 'oliver006/redis_exporter:v1.74.0-alpine',
    source: {packages: ['prometheus-redis-exporter'], binaries: ['usr/bin/prometheus-redis-exporter']},
    programs: {redis_exporter: 'usr/bin/prometheus-redis-exporter'},
    user: nobody,
    folders: [],
    entrypoint: ['/redis_exporter'],
  },
  {
    name: 'haproxy',
    variable: 'PROXY_IMAGE',
    upstream: 'haproxy:3.2-alpine',
    source: {packages: ['haproxy'], binaries: ['usr/sbin/haproxy']},
    programs: {'usr/local/sbin/haproxy': 'usr/sbin/haproxy'},
    user: nobody,
    folders: [],
    entrypoint: [],
  },
]

/** Its one static binary is /bin/sh, wget (for health checks) and the other small commands of each image. */
export const busybox: PackageRequest = {packages: ['busybox-static'], binaries: []}

/** No Debian suite packages Grafana: compose.local.yml leaves it out. */
export const grafanaUpstream = 'grafana/grafana:12.1.1'
