// Every operator, in the order in which the test lists them.
import type { Operator } from '../mutant.ts'
import { otherFate, unknownWord } from './actions.ts'
import {
  dangerousEdit,
  forcedReplacement,
  metadataTrap,
  protectionOff,
  unknownEdit,
  unknownKnob,
} from './catalogue.ts'
import { completeness } from './completeness.ts'
import { revertedFix } from './drift.ts'
import { guardsOff, shorterRetention } from './guards.ts'
import { hostileText } from './hostile-text.ts'
import { widerRights } from './identity.ts'
import { hide, inject } from './inject.ts'
import { widerPorts, widerRange, worldRange } from './network.ts'
import { scaling } from './scaling.ts'
import { surroundings } from './surroundings.ts'
import { unknownType } from './unknown-type.ts'
import { maskedPolicy, unknownValue } from './unknowns.ts'

export const OPERATORS: readonly Operator[] = [
  inject,
  hide,
  guardsOff,
  shorterRetention,
  otherFate,
  unknownWord,
  scaling,
  widerRange,
  worldRange,
  widerPorts,
  widerRights,
  maskedPolicy,
  unknownValue,
  revertedFix,
  surroundings,
  unknownType,
  hostileText,
  completeness,
  metadataTrap,
  forcedReplacement,
  protectionOff,
  dangerousEdit,
  unknownKnob,
  unknownEdit,
]
