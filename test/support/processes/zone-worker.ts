/** A thread that says whether `Date` can tell it the offsets of a zone. */
import {parentPort} from 'node:worker_threads'
import {hasOffsetsByDate} from '../../../src/domain/time/process-zone.js'

parentPort?.postMessage(hasOffsetsByDate('America/Sao_Paulo'))
