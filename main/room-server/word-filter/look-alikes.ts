/**
 * Characters that look like Latin letters or digits and that Unicode's compatibility mapping (NFKC) leaves alone. Pairs of a
 * character in lower case and what it stands for. Cyrillic and Greek follow Unicode's confusables (UTS 39), with whole letters
 * kept together (`В` and `в` are both `b`), so that a word means the same in capitals.
 */
const pairs =
  // Cyrillic
  "аa бb вb гr еe ёe зe иu йu кk мm нh оo пn рp сc тt уy хx ьb ѕs іi їi јj һh ԁd ԛq ԝw үy ӏl қk ӓa ӧo ґr ћh ђh џu ѡw ѵv ѐe" +
  // Greek
  " αa βb γy δd εe ζz ηn θo ιi κk λa μu νv οo πn ρp σo ςc τt υu χx ωw ϲc ϳj" +
  // Latin beyond a to z
  " ßb æa œo øo đd ħh ıi ĸk łl ŋn ŧt þp ðd ƒf ƙk ɑa ɡg ɩi ɪi ʀr ʏy ʙb ʜh ʟl ɢg ɴn ᴀa ᴄc ᴅd ᴇe ᴊj ᴋk ᴌl ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜰf ꜱs ǝe ɐa ɔc ɹr ʇt ʌv ʍw ʎy ɥh ɯm ɓb ɗd ɛe ɠg ɨi ɲn ɵo ʂs ʈt ʋv ʐz ȥz ȼc ɇe ɉj ɍr ɏy ƨs ƽs" +
  // Cherokee, Armenian, Lisu and others that are typed for Latin
  " ꭰd ꭱr ꭲt ꭺa ꭻj ꭼe ꮃw ꮇm ꮋh ꮐg ꮓz ꮛe ꮞ4 ꮟb ꮢr ꮤw ꮥs ꮩv ꮪs ꮮl ꮯc ꮲp ꮶk օo սu ցg հh ոn ѳo ꓐb ꓑp ꓒd ꓓd ꓔt ꓖg ꓗk ꓙj ꓚc ꓜz ꓝf ꓟm ꓠn ꓡl ꓢs ꓣr ꓦv ꓧh ꓪw ꓫx ꓬy ꓮa ꓰe ꓲi ꓳo ꓴu";

/** Runs of characters that stand for a to z, or for digits, in order. */
const runs: readonly (readonly [first: number, letters: string])[] = [
  // Negative circled and negative squared capitals, regional indicators (the letters that flags are made of).
  [0x1f150, "abcdefghijklmnopqrstuvwxyz"],
  [0x1f170, "abcdefghijklmnopqrstuvwxyz"],
  [0x1f1e6, "abcdefghijklmnopqrstuvwxyz"],
  // Negative circled, circled sans-serif and negative circled sans-serif digits from one, double circled ones, and their noughts.
  [0x2776, "123456789"],
  [0x2780, "123456789"],
  [0x278a, "123456789"],
  [0x24f5, "123456789"],
  [0x24ff, "0"],
  [0x1f10b, "00"],
];

/** Code point -> what it stands for, a code point of a to z or 0 to 9. */
export const lookAlikes: ReadonlyMap<number, number> = new Map([
  ...pairs.split(" ").flatMap((pair): [number, number][] => {
    const [from, to] = Array.from(pair, (character) => character.codePointAt(0) ?? 0);
    return from !== undefined && to !== undefined ? [[from, to]] : [];
  }),
  ...runs.flatMap(([first, letters]) =>
    Array.from(letters, (letter, index): [number, number] => [first + index, letter.charCodeAt(0)]),
  ),
]);

/** Letters that a digit or sign stands for inside a word (`sh1t`, `a$$`); 1 is an l as well, see `reading.ts`. */
export const leetLetters: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "8": "b",
  "9": "g",
  "@": "a",
  $: "s",
  "!": "i",
  "|": "i",
  "+": "t",
  "€": "e",
  "¥": "y",
};

/** Chinese digits, also the ones of contracts. */
export const chineseDigits: Readonly<Record<string, number>> = Object.fromEntries(
  ["〇零", "一壹弌幺", "二贰弍", "三叁弎", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"].flatMap(
    (characters, digit) => Array.from(characters, (character) => [character, digit]),
  ),
);
