// The words of the review: what a model is shown, what it may answer, and what was heard of it.
// Everything that comes back is untrusted until `opinion.ts` has held it against the packet.
import type { JsonValue } from '../json.ts'
import type { Hazard } from '../knowledge/kind.ts'
import type { ReviewLimit } from '../policy/policy.ts'
import type { Finding } from '../rules/finding.ts'

export type { ReviewLimit } from '../policy/policy.ts'

/** A finding that holds and that a limit lets an opinion answer. Fixed before any model is asked. */
export interface Question {
  /** `q1`, `q2`, … in the order of the findings. */
  readonly id: string
  readonly finding: Finding
  readonly limit: ReviewLimit
}

/** Text written by people: withheld from the first pass, shown fenced in the second. */
export interface Writing {
  /** Where it stands, in the packet's own addresses: `aws_instance.web tags.Purpose`. */
  readonly where: string
  /** Redacted, capped, control and bidi characters as escapes. */
  readonly text: string
}

/** What an address as shown in the packet stands for. */
export interface Citable {
  /** The address as the decision shows it. */
  readonly address: string
  /** Paths as shown in the packet; a claim has to name one of them. `` is the resource as a whole. */
  readonly paths: ReadonlySet<string>
}

export interface Packet {
  /** JSON, one item a line; redacted and without free text. The same plan gives the same bytes. */
  readonly text: string
  /** UTF-8 bytes of `text`. */
  readonly bytes: number
  /** By the address as shown in the packet. */
  readonly citable: ReadonlyMap<string, Citable>
  readonly questions: readonly Question[]
  /** Sentences about what did not fit ("40 changes of severity low"); empty where all is there. */
  readonly leftOut: readonly string[]
  readonly writings: readonly Writing[]
  /** Why text in it looks written for its reader; empty where none does. */
  readonly hostile: readonly string[]
}

/** One request to a model. Pure data: the same packet gives the same prompt, byte for byte. */
export interface Prompt {
  /** The same for every plan. */
  readonly system: string
  /**
   * Blocks of the one user message, in order. The second pass begins with all blocks of the first,
   * so that everything but the last block of a prompt can be read from the provider's cache.
   */
  readonly blocks: readonly [string, ...string[]]
  /** JSON Schema of the answer. */
  readonly schema: Readonly<Record<string, JsonValue>>
}

export type PassName = 'blind' | 'informed'

export interface Claim {
  /** `worry`: this is dangerous. `mismatch`: what is said is not what is done. `harmless`: this is fine. */
  readonly kind: 'worry' | 'mismatch' | 'harmless'
  /** As the decision shows it. */
  readonly address: string
  /** As shown in the packet; `` for the resource as a whole. */
  readonly path: string
  readonly hazard: Hazard | null
  /** One line, redacted and capped. A model wrote it. */
  readonly says: string
}

export type Answer = 'harmless' | 'hold' | 'unsure'

/** What a model answered in one pass, after everything that cites nothing was thrown away. */
export interface Opinion {
  readonly position: 'release' | 'hold' | 'unsure'
  readonly claims: readonly Claim[]
  /** By the id of the question; one that is missing was not answered. */
  readonly answers: ReadonlyMap<string, Answer>
  /** Claims and answers that cite nothing of the packet. */
  readonly discarded: number
}

export interface Usage {
  readonly inputTokens: number
  readonly outputTokens: number
  readonly cacheReadTokens: number
  readonly cacheWriteTokens: number
}

/** Common to every way a review can end. */
export interface Asked {
  readonly model: string
  /** `sha256:…` of the fixed instructions and the schema. */
  readonly promptDigest: string
  /** `sha256:…` of the packet. */
  readonly packetDigest: string
  /** `sha256:…` of the team's notes, where there are any. */
  readonly notesDigest: string | null
  /** Blocks of configuration that were read for the second pass. */
  readonly codeBlocks: number
  readonly leftOut: readonly string[]
  readonly hostile: readonly string[]
  readonly usage: Usage
  /** US dollars, where the model's prices are known. */
  readonly cost: number | null
}

/** What came of asking. `none` never changes a verdict. */
export type Heard =
  | {
      readonly kind: 'opinions'
      readonly asked: Asked
      readonly blind: Opinion
      readonly informed: Opinion
    }
  | { readonly kind: 'none'; readonly asked: Asked; readonly because: string }

/** What was asked, fixed before any model was, and what was heard. */
export interface Reviewed {
  readonly questions: readonly Question[]
  readonly heard: Heard
}
