// A plan as read: validated in shape, not yet interpreted. Everything that decides nothing is gone.
import type { JsonValue, Path } from '../json.ts'

/** One element of `resource_changes` or `resource_drift` (plan JSON, "Resource change"). */
export interface ResourceChange {
  readonly address: string
  readonly previousAddress?: string
  readonly moduleAddress?: string
  /** `managed`, `data`, `ephemeral`, or a word this version does not know. */
  readonly mode: string
  readonly type: string
  readonly name: string
  readonly index?: string | number
  readonly providerName?: string
  readonly deposed?: string
  readonly actionReason?: string
  readonly actions: readonly string[]
  readonly before: JsonValue
  readonly after: JsonValue
  /** Tree of `true` where the value is known only after apply; `false` or `{}` where nothing is. */
  readonly afterUnknown: JsonValue
  readonly beforeSensitive: JsonValue
  readonly afterSensitive: JsonValue
  readonly replacePaths: readonly Path[]
  readonly importing: boolean
  readonly generatedConfig: boolean
}

export interface OutputChange {
  readonly name: string
  readonly actions: readonly string[]
  readonly before: JsonValue
  readonly after: JsonValue
  readonly afterUnknown: JsonValue
  readonly beforeSensitive: JsonValue
  readonly afterSensitive: JsonValue
}

/** A resource block of `configuration`, in any module. */
export interface ConfiguredResource {
  /** `module.a.module.b.aws_vpc.main`: the call path and the block, without instance keys. */
  readonly address: string
  readonly moduleCalls: readonly string[]
  readonly mode: string
  readonly type: string
  readonly name: string
  readonly providerConfigKey?: string
  /** Dotted attribute path → the references of its expression, in the module's own terms. */
  readonly references: Readonly<Record<string, readonly string[]>>
  /** Dotted attribute paths whose expression is a literal. The literal itself is not kept. */
  readonly constants: readonly string[]
  readonly dependsOn: readonly string[]
  readonly provisioners: readonly { readonly type: string; readonly command?: string }[]
  readonly hasCount: boolean
  readonly hasForEach: boolean
}

export interface ModuleCall {
  /** `module.a.module.b` */
  readonly address: string
  readonly source: string
  readonly versionConstraint?: string
  /** Input name → references of its expression, in the caller's terms. */
  readonly inputs: Readonly<Record<string, readonly string[]>>
  readonly outputs: Readonly<Record<string, readonly string[]>>
  readonly dependsOn: readonly string[]
}

export interface ProviderConfig {
  readonly key: string
  readonly fullName?: string
  readonly versionConstraint?: string
}

export interface Configuration {
  readonly resources: readonly ConfiguredResource[]
  readonly moduleCalls: readonly ModuleCall[]
  readonly providers: readonly ProviderConfig[]
  /** Names of root variables marked sensitive. */
  readonly sensitiveVariables: readonly string[]
  /** Root outputs: name → references. */
  readonly outputs: Readonly<Record<string, readonly string[]>>
  /**
   * Set where the configuration is so large that, beyond its first part, only blocks of resources in
   * `changes`, `unchanged` and `drift` were kept. Then an absent block means "not kept": nothing may
   * be concluded from it. Module calls, providers, variables and outputs are complete all the same.
   */
  readonly partial?: true
}

/** Root variable: its value is kept only for names that tell the environment, short and unmarked. */
export interface Variable {
  readonly name: string
  readonly sensitive: boolean
  readonly value?: string
}

export interface CheckResult {
  readonly address: string
  /** `pass`, `fail`, `error`, `unknown`, or a word this version does not know. */
  readonly status: string
  readonly kind: string
}

export interface ActionInvocation {
  readonly address: string
  readonly type: string
  readonly trigger?: string
}

export interface Deferred {
  readonly reason: string
  readonly address: string
}

export interface Plan {
  readonly formatVersion: string
  readonly terraformVersion?: string
  readonly product: 'terraform' | 'opentofu'
  /** Bytes of the document as UTF-8 without byte-order mark, after decompression. */
  readonly bytes: number
  /** `sha256:…` of those bytes. */
  readonly digest: string
  /** Everything but plain no-ops; in the order of the document. */
  readonly changes: readonly ResourceChange[]
  /** No-ops kept because the caller asked for their type (unchanged neighbours of a rule set). */
  readonly unchanged: readonly ResourceChange[]
  /** All plain no-ops, kept or not. A moved or imported no-op is a change and is not counted here. */
  readonly noOps: number
  /** Without the attributes that did not drift: those equal on both sides, marked alike, known. */
  readonly drift: readonly ResourceChange[]
  readonly outputs: readonly OutputChange[]
  /** Of the resources in `drift` only: they say why it matters. */
  readonly relevantAttributes: readonly { readonly resource: string; readonly attribute: Path }[]
  /** Absent when the document has none (trimmed or redacted plans). */
  readonly configuration?: Configuration
  readonly variables: readonly Variable[]
  readonly checks: readonly CheckResult[]
  readonly invocations: readonly ActionInvocation[]
  readonly deferred: readonly Deferred[]
  readonly flags: {
    /** The plan stopped with an error: what is listed is not all there is. */
    readonly errored: boolean
    /** Undefined where the writing version does not say (before 1.8, OpenTofu). */
    readonly complete?: boolean
    readonly applyable?: boolean
  }
  /** RFC 3339, as written by the tool. */
  readonly timestamp?: string
  /** HCP's redacted rendering: values may be strings in place of secrets, flags are missing. */
  readonly redacted: boolean
  /** What the reader noticed and a person should know, e.g. "UTF-16 from PowerShell". */
  readonly notes: readonly string[]
}
