// Attributes that exist to be written by people. What stands in them is withheld even where it looks
// like a machine's token: one word can be a message, too.

const FREE: ReadonlySet<string> = new Set(
  `description descriptions comment comments note notes message messages reason reasons justification
  purpose summary title documentation doc docs readme remark remarks text sid subtitle caption motd
  annotation details disclaimer greeting instructions instruction prompt rationale explanation abstract
  userdata customdata startupscript shutdownscript userdatabase64 initscript bootstrapscript
  metadatastartupscript cloudinit cloudconfig script scripts inline`.split(/\s+/),
)

/** `display_name`, `short_description`, `alarm_description`, `commit_message`, `user_data_base64`. */
const FREE_PAIRS =
  /(?:displayname|friendlyname|fullname|user_?data|custom_?data|startupscript|description|comment|message|annotations?|userdatabase64|justification)$/

/** Maps whose values people fill in. */
const FREE_MAPS: ReadonlySet<string> = new Set(
  `tags tagsall labels effectivelabels terraformlabels userlabels annotations effectiveannotations
  defaulttags resourcetags volumetags extratags additionaltags customtags commontags tag label
  usertags freeformtags definedtags metadata parameters_tags tagspecifications`.split(/\s+/),
)

/** Text at this path of attribute names, keys and indexes is somebody's, whatever its shape. */
export function isFreePath(steps: readonly (string | number)[]): boolean {
  const names = steps.flatMap((step) => (typeof step === 'string' ? [plain(step)] : []))
  const last = names.at(-1)
  if (last === undefined) return false
  if (FREE.has(last) || FREE_PAIRS.test(last)) return true
  return names.some((name, at) => FREE_MAPS.has(name) && !isNamed(names, at))
}

/** Under Kubernetes `metadata`, name and namespace are the object's address. */
function isNamed(names: readonly string[], at: number): boolean {
  const below = names[at + 1]
  return names[at] === 'metadata' && (below === 'name' || below === 'namespace' || below === 'uid')
}

function plain(step: string): string {
  return step.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}
