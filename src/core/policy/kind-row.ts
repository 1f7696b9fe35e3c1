// A resource type that a team adds to the catalogue in its own policy file: the same row format.
import * as z from 'zod'
import type { Hazard, KindRow } from '../knowledge/kind.ts'

const TypeName = z
  .string()
  .regex(/^[a-z][a-z0-9]*_[a-z0-9_]+$/, 'a resource type such as acme_database')
const Path = z
  .string()
  .regex(/^[A-Za-z0-9_*]+(\.[A-Za-z0-9_*]+)*$/, 'a dotted attribute path without indexes')

/** Every class of harm; a finding names some of them. */
export const HAZARDS: readonly [Hazard, ...Hazard[]] = [
  'data-loss', 'irreversible', 'outage', 'capacity-loss', 'internet-exposure', 'network-widening',
  'privilege-escalation', 'lock-out', 'key-loss', 'secret-exposure', 'protection-loss', 'audit-loss',
  'guardrail-loss', 'traffic-cutover', 'identity-churn', 'cost', 'blast-radius', 'drift-revert',
  'opaque', 'supply-chain', 'workload-rollout', 'state-surgery', 'one-way-door', 'prompt-injection',
  'misdeployment',
] // biome-ignore format: a list of words

const CLASSES = [
  'datastore', 'volume', 'backup', 'key_secret', 'identity', 'network_fabric', 'network_rule',
  'dns_traffic', 'edge_protection', 'compute_fleet', 'compute_singleton', 'serverless', 'messaging',
  'monitoring', 'governance', 'metadata', 'glue',
] as const // biome-ignore format: a list of words

/** Fields as in `core/knowledge/README.md`; confidence and sources are the team's own word. */
export const KindRowSchema: z.ZodType<KindRow> = z
  .strictObject({
    type: TypeName,
    aliases: z.array(TypeName).optional(),
    class: z.enum(CLASSES),
    destroy: z.strictObject({
      severity: z.int().min(0).max(5),
      reversibility: z.enum([
        'irreversible',
        'window',
        'backup',
        'new_identity',
        'recreate',
        'locked',
        'none',
      ]),
      loses: z.string().max(300),
      recovery: z.string().max(300),
    }),
    scaling: z.array(z.strictObject({ path: Path, grow_only: z.boolean() })).optional(),
    identity: z.array(Path).optional(),
    metadata: z.array(Path).optional(),
    metadata_traps: z.array(z.strictObject({ path: Path, why: z.string().max(300) })).optional(),
    rules: z
      .array(
        z.strictObject({
          path: Path,
          when: z.string().min(1).max(60),
          effect: z.string().min(1).max(40),
          hazards: z.array(z.enum(HAZARDS)),
          severity: z.enum(['none', 'low', 'medium', 'high', 'critical']),
          note: z.string().max(300),
        }),
      )
      .optional(),
    sources: z.array(z.string().min(1)).min(1),
  })
  .transform((row) => {
    const { rules, ...rest } = row
    const spoken = rules?.map((rule) => ({ ...rule, evidence: 'policy file' }))
    return {
      ...(JSON.parse(JSON.stringify(rest)) as typeof rest),
      ...(spoken === undefined ? {} : { rules: spoken }),
      confidence: 'medium',
    } as KindRow
  })
