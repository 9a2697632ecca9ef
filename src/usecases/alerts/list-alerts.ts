import {shownOf, verdictOfBoard} from '../../domain/alerts/alert-board.js'
import type {AlertList} from '../../domain/alerts/alert-list.js'
import type {Result} from '../../domain/result.js'
import type {Clock} from '../../ports/clock.js'
import {type AlertBoardDeps, readAlertBoard} from './read-alert-board.js'

export interface ListAlertsDeps extends AlertBoardDeps {
  readonly clock: Clock
}

/** Active and pending alerts, most severe first. Something firing is `degraded`, and not being able to see is `unknown`. */
export async function listAlerts(deps: ListAlertsDeps, {all}: {readonly all: boolean}): Promise<Result<AlertList>> {
  const board = await readAlertBoard(deps)
  const shown = all ? board : shownOf(board)
  return {verdict: verdictOfBoard(board), data: {at: deps.clock.now().toISOString(), ...shown}}
}
