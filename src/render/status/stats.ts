import type {Result} from '../../domain/result.js'
import type {ContainerUsage, StackUsage} from '../../domain/status/usage.js'
import {causeLines} from './causes.js'
import type {Style} from '../text/style.js'
import {table} from '../text/table.js'
import {bytes, percent} from '../text/units.js'
import {verdictText} from '../text/verdict.js'

const COLUMNS = [
  {title: 'CONTAINER', whole: true},
  {title: 'CPU', align: 'right'},
  {title: 'OF'},
  {title: 'MEMORY', align: 'right'},
  {title: 'OF'},
  {title: 'NET IN / OUT'},
  {title: 'DISK READ / WRITTEN'},
  {title: 'PIDS', align: 'right'},
  {title: 'SATURATION'},
] as const
/** The least width that some columns need on a screen: of what the CPU is; network, disk and processes. */
const NEEDS: ReadonlyMap<number, number> = new Map([
  [2, 100],
  [5, 140],
  [6, 140],
  [7, 140],
])

function against(ratio: number, target: number, style: Style): string {
  return ratio > target ? style.bad(percent(ratio)) : percent(ratio)
}

function cores(count: number): string {
  return `${count.toFixed(count < 10 && !Number.isInteger(count) ? 2 : 0)} ${count === 1 ? 'core' : 'cores'}`
}

function pair(first: number, second: number): string {
  return `${bytes(first)} / ${bytes(second)}`
}

/** What of it the engine does not tell. */
function notMeasured({cpu, memory}: Pick<ContainerUsage, 'cpu' | 'memory'>): string {
  if (cpu === null && memory === null) return 'not measured'
  return cpu === null ? 'CPU not measured' : 'memory not measured'
}

function saturation({saturation: found, cpu, memory}: ContainerUsage, {targets}: StackUsage, style: Style): string {
  if (found === 'unknown') return style.dim(notMeasured({cpu, memory}))
  if (found === 'within') return style.good('✔ within targets')
  const over = [
    cpu !== null && cpu.ratio > targets.cpuRatio ? `CPU over ${percent(targets.cpuRatio)}` : '',
    memory !== null && memory.ratio > targets.memoryRatio ? `memory over ${percent(targets.memoryRatio)}` : '',
  ]
  return style.bad(`✖ ${over.filter((text) => text !== '').join(', ')}`)
}

function row(usage: ContainerUsage, data: StackUsage, style: Style): readonly string[] {
  const {cpu, memory, network, block, processes, service, replica, state} = usage
  const name = `${service}-${String(replica)}`
  const host = (isLimited: boolean): string => (isLimited ? '' : style.dim(' (host)'))
  return [
    style.bold(name),
    cpu === null ? '–' : against(cpu.ratio, data.targets.cpuRatio, style),
    cpu === null ? '' : cores(cpu.availableCores) + host(cpu.isLimited),
    memory === null ? '–' : `${bytes(memory.bytes)}  ${against(memory.ratio, data.targets.memoryRatio, style)}`,
    memory === null ? '' : bytes(memory.limitBytes) + host(memory.isLimited),
    network === null ? '–' : pair(network.receivedBytes, network.sentBytes),
    block === null ? '–' : pair(block.readBytes, block.writtenBytes),
    processes === null ? '–' : String(processes),
    state === 'running' ? saturation(usage, data, style) : style.warn(`not measured: ${state}`),
  ]
}

export function statsText({verdict, data}: Result<StackUsage>, style: Style): string {
  if (data.containers.length === 0 && data.causes.length === 0) return ''
  const targets = style.dim(
    `targets: CPU ${percent(data.targets.cpuRatio)}, memory ${percent(data.targets.memoryRatio)}`,
  )
  const rows = data.containers.map((usage) => row(usage, data, style))
  const isShown = (_: unknown, index: number): boolean => !style.edge || style.width >= (NEEDS.get(index) ?? 0)
  const shown = rows.map((cells) => cells.filter(isShown))
  const measured = shown.length === 0 ? [] : ['', table(COLUMNS.filter(isShown), shown, style)]
  return [`${verdictText(verdict, style)}  ${targets}`, ...causeLines(data.causes, style), ...measured].join('\n')
}
