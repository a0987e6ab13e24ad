// Makes the gifts' sounds: bells, plucked strings, drums, air and water from their formulas, all in D major like the
// chimes of the studio, so that they go with each other.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { scatter } from "./motion.mjs";

const rate = 48_000;
/** Of full scale. */
const meanLevel = 0.085;
const peakLevel = 0.6;
const hz = (semitonesOverA4) => 440 * 2 ** (semitonesOverA4 / 12);
/** Degrees of the pentatonic scale over D5. */
const scale = (degree) =>
  hz(5 + 12 * Math.floor(degree / 5) + [0, 2, 4, 7, 9][((degree % 5) + 5) % 5]);

const newSound = (seconds) => {
  const samples = new Float64Array(Math.round(seconds * rate));
  /** @param voice the sample at a time since it began */
  const add = (at, length, gain, voice) => {
    const from = Math.round(at * rate);
    const count = Math.min(samples.length - from, Math.round(length * rate));
    for (let index = 0; index < count; index += 1)
      samples[from + index] += gain * voice(index / rate, index);
  };
  return { samples, seconds, add };
};

const tau = 2 * Math.PI;

/** A small bell: partials that fade one after another. */
const bell = (sound, at, frequency, length = 1, gain = 0.2) => {
  for (const [times, share, fade] of [
    [1, 1, 1],
    [2, 0.28, 0.7],
    [3.01, 0.12, 0.4],
    [5.4, 0.05, 0.18],
  ])
    sound.add(
      at,
      length * fade,
      gain * share,
      (t) =>
        Math.min(1, t / 0.004) *
        Math.exp((-6.5 * t) / (length * fade)) *
        Math.sin(tau * frequency * times * t),
    );
};

/** A plucked string, as a guzheng's: a bright start that dulls, and a little bend. */
const pluck = (sound, at, frequency, length = 1.2, gain = 0.2) =>
  sound.add(at, length, gain, (t) => {
    let sum = 0;
    const bent = frequency * (1 + 0.006 * Math.exp(-14 * t));
    for (let partial = 1; partial <= 8; partial += 1)
      sum +=
        (Math.sin(tau * bent * partial * t) / partial ** 1.15) *
        Math.exp((-t * (2.6 + 1.7 * partial)) / length);
    return Math.min(1, t / 0.002) * sum;
  });

/** A soft chord that swells and goes. */
const pad = (sound, at, frequencies, length, gain = 0.07) => {
  for (const [index, frequency] of frequencies.entries())
    for (const detune of [0.997, 1.003])
      sound.add(at, length, gain, (t) => {
        const shape = Math.sin(Math.PI * Math.min(1, t / length)) ** 1.4;
        const phase = tau * frequency * detune * t + index;
        return (
          shape * (Math.sin(phase) + 0.32 * Math.sin(2 * phase) + 0.12 * Math.sin(3 * phase)) * 0.6
        );
      });
};

/** Air that passes: noise through a band whose middle moves. @param shape the loudness from 0 to 1 over the time */
const air = (sound, at, length, gain, fromHz, toHz, shape, salt = 0, width = 0.6) => {
  let [low, band] = [0, 0];
  sound.add(at, length, gain, (t, index) => {
    const p = t / length;
    const middle = fromHz * (toHz / fromHz) ** p;
    const step = 2 * Math.sin((Math.PI * Math.min(middle, 11_000)) / rate);
    const noise = scatter(index, 700 + salt) * 2 - 1;
    low += step * band;
    band += step * (noise - low - width * band);
    return band * shape(p);
  });
};

/** A drum: a tone that falls. */
const drum = (sound, at, fromHz, toHz, length, gain) => {
  let phase = 0;
  sound.add(at, length, gain, (t) => {
    phase += (tau * (toHz + (fromHz - toHz) * Math.exp(-18 * t))) / rate;
    return Math.sin(phase) * Math.exp((-5 * t) / length) * Math.min(1, t / 0.002);
  });
};

/** A drop of water or a pearl: a short tone that rises. */
const drop = (sound, at, frequency, gain = 0.16, length = 0.12) => {
  let phase = 0;
  sound.add(at, length, gain, (t) => {
    phase += (tau * frequency * (1 + (2.4 * t) / length)) / rate;
    return Math.sin(phase) * Math.exp((-5 * t) / length) * Math.min(1, t / 0.003);
  });
};

const run = (sound, at, degrees, step, play, ...rest) =>
  degrees.forEach((degree, index) => play(sound, at + index * step, scale(degree), ...rest));

const rise = (p) => p ** 2 * (1 - Math.max(0, (p - 0.9) / 0.1));
const swell = (p) => Math.sin(Math.PI * p) ** 1.5;
const fall = (p) => (1 - p) ** 2 * Math.min(1, p / 0.02);

/** A rocket of a firework that climbs, bursts and crackles. */
const shot = (sound, at, salt) => {
  air(sound, at, 0.4, 0.1, 900, 2_600, rise, salt, 0.2);
  drum(sound, at + 0.42, 150, 42, 0.8, 0.34);
  air(sound, at + 0.42, 0.9, 0.22, 3_200, 500, fall, salt + 1, 1);
  for (let index = 0; index < 14; index += 1)
    air(
      sound,
      at + 0.62 + 0.8 * scatter(index, salt + 2),
      0.03,
      0.14,
      6_000,
      3_000,
      fall,
      salt + index,
      0.8,
    );
};

/** By the times of what is seen. */
const scores = {
  heart: [
    1.8,
    (s) => {
      for (const at of [0.42, 0.74]) drum(s, at, 110, 58, 0.28, 0.4);
      run(s, 0.04, [2, 4], 0.09, bell, 0.7, 0.14);
      run(s, 0.78, [5, 7, 9], 0.07, bell, 0.9, 0.16);
    },
  ],
  rose: [
    2.2,
    (s) => {
      air(s, 0, 0.6, 0.06, 500, 1_800, swell, 1);
      run(s, 0.1, [0, 2, 4, 5], 0.13, pluck, 1.2, 0.13);
      run(s, 0.66, [7, 9], 0.1, bell, 1.2, 0.14);
    },
  ],
  lollipop: [
    1.9,
    (s) => {
      run(s, 0.02, [5, 7], 0.1, bell, 0.5, 0.15);
      air(s, 0.45, 0.6, 0.1, 600, 2_600, swell, 2, 0.3);
      run(s, 0.5, [4, 5, 7, 8, 9, 10], 0.06, bell, 0.4, 0.1);
      run(s, 0.84, [10, 12, 14], 0.05, bell, 0.9, 0.13);
    },
  ],
  "milk-tea": [
    2.6,
    (s) => {
      drum(s, 0.33, 170, 80, 0.22, 0.36);
      drop(s, 0.5, 700, 0.2);
      for (let index = 0; index < 10; index += 1)
        drop(s, 0.78 + 0.045 * index, 420 + 260 * scatter(index, 3), 0.09, 0.08);
      drop(s, 1.3, 300, 0.34, 0.2);
      for (let index = 0; index < 9; index += 1)
        drop(s, 1.4 + 0.08 * index, scale([0, 2, 4, 5, 7][index % 5] + 2) * 0.5, 0.14, 0.14);
      run(s, 1.34, [5, 7, 9, 10], 0.09, bell, 0.9, 0.12);
    },
  ],
  "hot-pot": [
    2.8,
    (s) => {
      for (const [at, gain] of [
        [0.18, 0.42],
        [0.38, 0.2],
      ])
        drum(s, at, 240, 120, 0.3, gain);
      bell(s, 0.18, hz(-7), 0.9, 0.1);
      for (let index = 0; index < 26; index += 1)
        drop(s, 0.6 + 1.5 * scatter(index, 8), 220 + 340 * scatter(index, 9), 0.1, 0.1);
      air(s, 0.6, 1.9, 0.06, 2_600, 3_400, swell, 5, 1);
      run(s, 1.3, [0, 2, 4, 7], 0.1, pluck, 1.1, 0.14);
    },
  ],
  "love-letter": [
    3,
    (s) => {
      air(s, 0, 0.4, 0.1, 700, 1_600, swell, 11);
      bell(s, 0.62, scale(4), 0.6, 0.14);
      air(s, 0.84, 0.5, 0.14, 1_200, 4_200, swell, 12, 0.8);
      run(s, 1.05, [0, 4, 5, 7, 9, 12], 0.13, bell, 1.4, 0.12);
      pad(s, 0.9, [scale(-5), scale(-1), scale(2)], 2, 0.05);
    },
  ],
  "lucky-cat": [
    2.9,
    (s) => {
      drum(s, 0.26, 190, 90, 0.24, 0.32);
      for (const at of [0.62, 1.22, 1.82]) run(s, at, [5, 9], 0.12, bell, 0.6, 0.15);
      for (let index = 0; index < 16; index += 1)
        bell(s, 0.7 + 0.1 * index, 2_600 + 900 * scatter(index, 4), 0.22, 0.05);
      run(s, 1.4, [7, 9, 10, 12], 0.08, bell, 1, 0.12);
    },
  ],
  crown: [
    3.4,
    (s) => {
      air(s, 0.5, 0.5, 0.12, 2_400, 500, rise, 21);
      drum(s, 1, 130, 50, 0.7, 0.42);
      for (const degree of [-5, 0, 2, 4]) bell(s, 1.02, scale(degree), 2, 0.13);
      run(s, 1.2, [4, 5, 7, 9, 12], 0.09, bell, 1.3, 0.12);
      pad(s, 1, [scale(-10), scale(-5), scale(-3), scale(0)], 2.4, 0.05);
    },
  ],
  lantern: [
    3.6,
    (s) => {
      run(s, 0.1, [-3, 0, 2, 4], 0.24, pluck, 1.8, 0.15);
      air(s, 0.5, 0.5, 0.1, 400, 1_400, swell, 31);
      run(s, 1.2, [5, 4, 7, 9], 0.22, pluck, 1.8, 0.14);
      pad(s, 0.6, [scale(-5), scale(-3), scale(0)], 3, 0.05);
      run(s, 2.1, [10, 12, 14], 0.16, bell, 1.4, 0.07);
    },
  ],
  koi: [
    3.6,
    (s) => {
      air(s, 0.62, 0.7, 0.3, 900, 4_200, fall, 41, 1);
      for (let index = 0; index < 12; index += 1)
        drop(s, 0.68 + 0.5 * scatter(index, 42), 500 + 900 * scatter(index, 43), 0.09);
      run(s, 0.8, [0, 2, 4, 5, 7, 9], 0.1, pluck, 1.3, 0.12);
      run(s, 1.4, [9, 12, 14], 0.09, bell, 1.6, 0.13);
      air(s, 2.26, 0.9, 0.36, 3_800, 500, fall, 44, 1);
      for (let index = 0; index < 14; index += 1)
        drop(s, 2.32 + 0.8 * scatter(index, 45), 420 + 800 * scatter(index, 46), 0.1);
    },
  ],
  ring: [
    3.4,
    (s) => {
      for (let index = 0; index < 9; index += 1)
        bell(s, 0.12 + 0.13 * index - 0.004 * index ** 2, scale(7 + (index % 3) * 2), 0.3, 0.07);
      air(s, 0.9, 0.45, 0.1, 1_500, 6_000, rise, 51);
      for (const degree of [0, 4, 7, 9, 12, 14]) bell(s, 1.3, scale(degree), 2, 0.11);
      run(s, 1.5, [14, 12, 10, 12, 14, 17], 0.12, bell, 1, 0.07);
      pad(s, 1.25, [scale(-5), scale(-1), scale(2), scale(4)], 2.1, 0.05);
    },
  ],
  "sports-car": [
    3.9,
    (s) => {
      const engine = (at, length, from, to, gain) => {
        let phase = 0;
        s.add(at, length, gain, (t) => {
          const p = t / length;
          phase += (from * (to / from) ** p) / rate;
          const saw = 2 * (phase - Math.floor(phase)) - 1;
          const half = 2 * (phase / 2 - Math.floor(phase / 2)) - 1;
          return Math.tanh(1.6 * (0.6 * saw + 0.5 * half)) * Math.min(1, p / 0.08, (1 - p) / 0.25);
        });
      };
      engine(0, 1, 170, 70, 0.16);
      air(s, 0.62, 0.45, 0.16, 2_600, 1_500, swell, 61, 0.12);
      for (const at of [1.2, 1.5]) for (const tone of [hz(-4), hz(0)]) bell(s, at, tone, 0.5, 0.12);
      engine(1.95, 0.55, 60, 130, 0.12);
      engine(2.45, 1.2, 80, 320, 0.2);
      air(s, 2.5, 1.1, 0.22, 500, 3_200, swell, 62, 0.7);
      run(s, 1.5, [5, 7, 9, 12], 0.09, bell, 0.9, 0.09);
    },
  ],
  balloon: [
    5.6,
    (s) => {
      for (const [at, length] of [
        [0.9, 0.7],
        [2.5, 0.6],
        [4.2, 0.7],
      ])
        air(s, at, length, 0.15, 700, 1_100, swell, 71 + at, 1);
      pad(s, 0.2, [scale(-10), scale(-5), scale(-3)], 3, 0.05);
      pad(s, 2.2, [scale(-8), scale(-3), scale(-1), scale(2)], 3.2, 0.05);
      run(s, 0.5, [0, 2, 4, 5, 7], 0.28, pluck, 1.6, 0.12);
      run(s, 2.1, [4, 7, 9, 10, 12], 0.13, bell, 1.6, 0.11);
      run(s, 3.3, [9, 7, 9, 12], 0.22, bell, 1.4, 0.08);
    },
  ],
  rocket: [
    5.8,
    (s) => {
      for (const at of [0.15, 0.5, 0.85]) bell(s, at, hz(5), 0.25, 0.14);
      bell(s, 1.2, hz(17), 0.5, 0.16);
      air(s, 0.85, 2.2, 0.5, 120, 420, swell, 81, 1);
      drum(s, 1.32, 90, 34, 1.6, 0.5);
      for (const degree of [-5, 0, 2, 4]) bell(s, 2.5, scale(degree), 2.2, 0.1);
      run(s, 2.55, [4, 5, 7, 9, 12], 0.09, bell, 1.4, 0.11);
      pad(s, 2.4, [scale(-10), scale(-5), scale(-1)], 2, 0.05);
      air(s, 4.25, 1.4, 0.55, 160, 1_800, rise, 82, 1);
      run(s, 5.05, [12, 14, 17], 0.06, bell, 0.8, 0.1);
    },
  ],
  castle: [
    6.6,
    (s) => {
      air(s, 0.25, 0.8, 0.12, 1_200, 5_000, rise, 91);
      for (const degree of [0, 2, 4, 7]) bell(s, 1.03, scale(degree), 2.2, 0.12);
      drum(s, 1.05, 110, 40, 1, 0.42);
      run(s, 1.1, [-5, -3, -1, 0, 2, 4, 5, 7, 9, 12], 0.07, bell, 0.9, 0.09);
      pad(s, 1.1, [scale(-10), scale(-5), scale(-3), scale(0)], 2.8, 0.05);
      for (const [index, at] of [2.3, 2.65, 3.35, 4, 4.35, 4.65, 5.05].entries())
        shot(s, at, 100 + 20 * index);
      run(s, 2.4, [4, 5, 7, 9, 7, 5, 7, 12], 0.22, bell, 1.1, 0.09);
      pad(s, 3.8, [scale(-8), scale(-3), scale(-1), scale(4)], 2.7, 0.05);
    },
  ],
  phoenix: [
    6.6,
    (s) => {
      air(s, 0.1, 1.4, 0.3, 200, 1_400, rise, 121, 0.8);
      drum(s, 1.48, 100, 36, 1.5, 0.5);
      air(s, 1.48, 1.4, 0.34, 3_600, 300, fall, 122, 1);
      for (const degree of [-10, -5, 0, 2, 4]) bell(s, 1.5, scale(degree), 2.4, 0.1);
      for (const at of [2.2, 2.9, 3.9]) air(s, at, 0.5, 0.15, 300, 700, swell, 123 + at, 0.9);
      run(s, 2, [0, 2, 4, 5, 4, 7, 9], 0.17, pluck, 1.8, 0.12);
      run(s, 3, [9, 12, 14, 17], 0.1, bell, 1.8, 0.1);
      pad(s, 1.6, [scale(-10), scale(-5), scale(-3), scale(0)], 2.4, 0.05);
      pad(s, 3.4, [scale(-8), scale(-3), scale(-1), scale(2)], 2.6, 0.05);
      air(s, 5.2, 1.1, 0.34, 300, 2_600, swell, 127, 0.8);
      run(s, 5.5, [12, 14, 17, 19], 0.08, bell, 0.9, 0.08);
    },
  ],
};

/** As loud as all others, peaks rounded off, with a soft end. */
const finished = ({ samples, seconds }) => {
  const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
  const bytes = Buffer.alloc(2 * samples.length);
  samples.forEach((sample, index) => {
    const end = Math.min(1, (seconds - index / rate) / 0.12);
    const loud = peakLevel * Math.tanh((sample * meanLevel) / (level * peakLevel));
    bytes.writeInt16LE(Math.round(loud * end * 32_767), 2 * index);
  });
  return bytes;
};

/** @param wanted picks from the gifts' names */
export const makeSounds = (folder, wanted) => {
  for (const name of wanted(Object.keys(scores))) {
    const [seconds, play] = scores[name];
    const sound = newSound(seconds);
    play(sound);
    const { status, stderr } = spawnSync(
      "ffmpeg",
      [
        ...`-y -v error -f s16le -ar ${rate} -ac 1 -i - -c:a libopus -b:a 56k -application audio`.split(
          " ",
        ),
        ..."-fflags +bitexact -flags:a +bitexact -map_metadata -1".split(" "),
        join(folder, `${name}.ogg`),
      ],
      { input: finished(sound) },
    );
    if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
  }
};
