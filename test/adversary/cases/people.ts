// Texts in places: the same change, once with the attack and once with ordinary words.
import type { Case } from '../case.ts'
import { PLACES, type Place } from './places.ts'
import { ORDINARY, slug, TEXTS, type Text } from './texts.ts'

function wordsFor(place: Place, { words }: Text): string {
  return place.isName === true ? slug(words) : words
}

/**
 * Every place with every second text, and every text in every second place. Texts that are no words
 * once they are a name are left out there.
 */
export const PEOPLE: readonly Case[] = PLACES.flatMap((place, row) =>
  TEXTS.filter((_, column) => (row + column) % 2 === 0)
    .filter((text) => place.isName !== true || slug(text.words).length > 8)
    .map((text): Case => {
      const words = wordsFor(place, text)
      return {
        id: `${text.id} in ${place.id}`,
        why: `${text.why} in ${place.id}`,
        attack: place.send(words),
        calm: place.send(place.isName === true ? slug(ORDINARY) : ORDINARY),
        text: place.isSeen ? (place.isName === true ? 'words' : text.kind) : 'unseen',
        words,
      }
    }),
)
