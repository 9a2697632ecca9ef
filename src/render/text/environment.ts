import {type Environment, environmentLabel} from '../../domain/environment.js'
import type {Style} from './style.js'

/** Where a plan acts, or what a screen is of: production cannot be taken for anything else. */
export function environmentText(where: Environment, style: Style): string {
  const label = style.bold(environmentLabel(where))
  return where.production ? style.bad(label) : label
}
