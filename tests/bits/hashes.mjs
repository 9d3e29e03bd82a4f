// The wasm's side of the bit identity, in Node and in the page of a browser alike: every view of
// made-up diaries as a hash of its bits, in the way of `src/hash.rs`.
const text = new TextEncoder();

/** The hash of plain data; a column counts as the list of its bytes. */
function hash(value) {
  let [one, two] = [0x811c9dc5, 0x1000193b];
  const double = new DataView(new ArrayBuffer(8));
  const byte = (byte) => {
    one = Math.imul(one ^ byte, 0x01000193);
    two = Math.imul(two ^ byte, 0x01000193);
  };
  const letter = (letter) => byte(letter.charCodeAt(0));
  const words = (words) => {
    letter("s");
    text.encode(words).forEach(byte);
    byte(0);
  };
  const number = (number) => {
    letter("d");
    double.setFloat64(0, number, true);
    for (let place = 0; place < 8; place += 1) byte(double.getUint8(place));
  };
  const walk = (value) => {
    if (value === null || value === undefined) letter("n");
    else if (typeof value === "boolean") letter(value ? "t" : "f");
    else if (typeof value === "number") number(value);
    else if (typeof value === "string") words(value);
    else if (value instanceof Float64Array) {
      letter("[");
      new Uint8Array(value.buffer, value.byteOffset, value.byteLength).forEach(number);
      letter("]");
    } else if (Array.isArray(value)) {
      letter("[");
      value.forEach(walk);
      letter("]");
    } else {
      letter("{");
      for (const name of Object.keys(value).sort()) {
        words(name);
        walk(value[name]);
      }
      letter("}");
    }
  };
  walk(value);
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}

/** A diary file's entries, one a line. */
function linesOf(file) {
  const lines = file.split("\n").filter((line) => line.startsWith('{"id"'));
  return lines.map((line) => line.replace(/(,|\]\})$/, ""));
}

/** What a parcel of the session holds; `src/wasm/parcel.rs` says how. */
function opened([json, texts, numbers]) {
  return JSON.parse(json, (_, value) => {
    const aside = value?.[""];
    if (aside === undefined) return value;
    if (typeof aside === "number") return texts[aside];
    return aside.length === 1 ? JSON.parse(texts[aside[0]]) : numbers.slice(...aside);
  });
}

/** The hashes of the views of diaries, by the core's own session. */
export function hashes(Session, samples) {
  return samples.map(({ name, now, text: file }) => {
    const lines = linesOf(file);
    const session = new Session({ subject: "someone", now, locale: "en", zone: "UTC" });
    session.expect(lines.length);
    session.addLines(text.encode(lines.map((line) => `${line}\n`).join("")), 2);
    session.finishOpening();
    const views = {};
    const add = (view, ask) => {
      let answer;
      try {
        answer = opened(ask());
      } catch (error) {
        if (!error.code) throw error;
        answer = `${error.code} ${error.field}`;
      }
      views[view] = hash(answer);
    };
    add("timeline", () => session.timeline({}));
    for (const view of ["today", "medicines", "outcomes", "flags", "fairTrials", "relapseWatch"]) {
      add(view, () => session[view]());
    }
    add("itemStrip", () => session.itemStrip({ instrument: "phq-9" }));
    const medicines = opened(session.medicines()).map(({ medicine }) => medicine).sort();
    medicines.forEach((medicine, place) => {
      add(`adherence ${place}`, () => session.adherence({ medicine, outcome: "mood" }));
      add(`exposure ${place}`, () => session.exposure({ medicine }));
      add(`sideEffects ${place}`, () => session.sideEffects({ medicine }));
      for (const outcome of ["mood", "phq-9"]) {
        add(`doseResponse ${outcome} ${place}`, () => session.doseResponse({ medicine, outcome }));
      }
      add(`treatmentResponse ${place}`, () => session.treatmentResponse({ medicine, instrument: "phq-9" }));
    });
    session.free();
    return { name, views };
  });
}
