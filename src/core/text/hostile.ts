// Text in a plan that talks to its reviewer, or hides from it. Its presence is a finding; nothing
// here ever lowers one. Ordinary descriptions in any language have to pass: see the rows' examples.
import { HOSTILE_PHRASES } from './hostile-phrases.ts'
import { hidingReasons } from './hostile-signs.ts'

/** Texts are read up to here (UTF-16 units) from both ends; what is longer is never shown whole. */
const MAX_READ = 32_768

/**
 * Why this text looks written for the reviewer instead of for the infrastructure: one reason per
 * row, in the order of the table, each a noun phrase. Empty for ordinary text. Linear in the text.
 */
export function hostileText(text: string): readonly string[] {
  const read =
    text.length > 2 * MAX_READ ? `${text.slice(0, MAX_READ)}\n${text.slice(-MAX_READ)}` : text
  const plain = read.normalize('NFKC').replace(UNSEEN, '').replace(/\s+/g, ' ')
  const said = HOSTILE_PHRASES.filter((row) => row.find.test(plain)).map((row) => row.reason)
  return [...new Set([...said, ...hidingReasons(read)])]
}

/** Characters that would split a phrase without being seen. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu
