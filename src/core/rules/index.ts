// Every rule, in a fixed order, imported by hand: bundlers see it and nothing registers itself.
import { alarm } from './attributes/alarm.ts'
import { catalogueAttribute } from './attributes/catalogue-attribute.ts'
import { computed } from './attributes/computed.ts'
import { harmlessSetting } from './attributes/harmless-setting.ts'
import { metadata } from './attributes/metadata.ts'
import { rewritten } from './attributes/rewritten.ts'
import { scaling } from './attributes/scaling.ts'
import { secureValue } from './attributes/secure-value.ts'
import { failingCheck } from './certainty/failing-check.ts'
import { incompletePlan } from './certainty/incomplete-plan.ts'
import { secretShown } from './certainty/secret-shown.ts'
import { stalePlan } from './certainty/stale-plan.ts'
import { unknownType } from './certainty/unknown-type.ts'
import { unrecognisedAction } from './certainty/unrecognised-action.ts'
import { driftReverted } from './context/drift-reverted.ts'
import { hostileText } from './context/hostile-text.ts'
import { massDestroy } from './context/mass-destroy.ts'
import { misdeployment } from './context/misdeployment.ts'
import { outputChanged } from './context/output-changed.ts'
import { pointsAtProduction } from './context/points-at-production.ts'
import { wideReach } from './context/wide-reach.ts'
import { additiveCreate } from './creation/additive-create.ts'
import { backupDestroy } from './destruction/backup-destroy.ts'
import { computeDestroy } from './destruction/compute-destroy.ts'
import { governanceDestroy } from './destruction/governance-destroy.ts'
import { identityDestroy } from './destruction/identity-destroy.ts'
import { keyDestroy } from './destruction/key-destroy.ts'
import { monitoringDestroy } from './destruction/monitoring-destroy.ts'
import { networkDestroy } from './destruction/network-destroy.ts'
import { networkRuleDestroy } from './destruction/network-rule-destroy.ts'
import { protectionDestroy } from './destruction/protection-destroy.ts'
import { routinePublish } from './destruction/routine-publish.ts'
import { statefulDestroy } from './destruction/stateful-destroy.ts'
import { statefulReplace } from './destruction/stateful-replace.ts'
import { trivialDestroy } from './destruction/trivial-destroy.ts'
import { imageSource } from './execution/image-source.ts'
import { runsCode } from './execution/runs-code.ts'
import { rights } from './identity/rights.ts'
import { netEffect } from './network/net-effect.ts'
import type { Rule } from './rule.ts'
import { bookkeeping } from './state/bookkeeping.ts'
import { indexShift } from './state/index-shift.ts'
import { leftBehind } from './state/left-behind.ts'
import { renameWithoutMoved } from './state/rename-without-moved.ts'

export const RULES: readonly Rule[] = [
  unrecognisedAction,
  unknownType,
  incompletePlan,
  stalePlan,
  failingCheck,
  hostileText,
  misdeployment,
  pointsAtProduction,
  massDestroy,
  statefulDestroy,
  statefulReplace,
  backupDestroy,
  keyDestroy,
  identityDestroy,
  networkDestroy,
  networkRuleDestroy,
  protectionDestroy,
  governanceDestroy,
  monitoringDestroy,
  computeDestroy,
  trivialDestroy,
  routinePublish,
  wideReach,
  leftBehind,
  renameWithoutMoved,
  indexShift,
  driftReverted,
  netEffect,
  rights,
  alarm,
  catalogueAttribute,
  secureValue,
  secretShown,
  scaling,
  computed,
  rewritten,
  metadata,
  harmlessSetting,
  additiveCreate,
  bookkeeping,
  runsCode,
  imageSource,
  outputChanged,
]
