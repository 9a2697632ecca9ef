import type {Style} from './style.js'

const COMMANDS = [
  ...['faci', 'docker', 'docker-compose', 'export', 'env', 'ls', 'df', 'ps', 'mv', 'chmod', 'mkdir', 'ssh', 'uptime'],
  ...['ssh-add', 'newgrp', 'systemctl', 'apt-get', 'npm', 'promtool', 'amtool'],
]
const TYPED = new RegExp(`^(?:(?:${COMMANDS.join('|')})(?: |$)|--[a-z])`)

/** Whether it is a command, or a flag for the command that was typed; else it is advice. */
export function canBeTyped(text: string): boolean {
  return TYPED.test(text)
}

/** What to do next, behind what it is about. `→` stands before what can be typed, and before nothing else. */
export function nextStep(text: string, style: Style): string {
  return canBeTyped(text) ? `  ${style.accent(`→ ${text}`)}` : `: ${style.accent(text)}`
}
