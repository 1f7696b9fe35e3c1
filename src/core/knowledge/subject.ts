import type { Change } from '../change/model.ts'
import type { Kind } from './kind.ts'

/** One change with what the catalogue knows of its type: what analysis and rules look at. */
export interface Subject {
  readonly change: Change
  readonly kind: Kind
}
