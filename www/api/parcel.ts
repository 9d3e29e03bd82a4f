/**
 * An answer of the core as it crosses, written by `src/wasm/parcel.rs`: JSON, and aside from it long
 * texts and the numbers of all columns. It crosses from a worker in the time of a copy, where ten years
 * as objects would hold the page up.
 */
type Parcel = readonly [json: string, texts: readonly string[], numbers: Float64Array<ArrayBuffer>];

/** Where something lies aside: a long text, a list of words as JSON, or a column from and to. */
type Aside = number | readonly [text: number] | readonly [from: number, to: number];

/** Whether an answer is a parcel; the others are a text or nothing. */
function isParcel(answer: unknown): answer is Parcel {
  return Array.isArray(answer);
}

/** What of an answer a worker may hand over instead of copying it. */
export function handedOver(answer: unknown): ArrayBuffer[] {
  return isParcel(answer) ? [answer[2].buffer] : [];
}

/** What an answer holds: plain data, columns as `Float64Array`. */
export function opened(answer: unknown): unknown {
  if (!isParcel(answer)) return answer;
  const [json, texts, numbers] = answer;
  // In a text of the diary a quotation mark is escaped.
  if (!json.includes('{"":')) return JSON.parse(json);
  return JSON.parse(json, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || !("" in value)) return value;
    const aside = value[""] as Aside;
    if (typeof aside === "number") return texts[aside];
    const [from, to] = aside;
    // Words need no unescaping, and dividing is several times as fast as reading JSON.
    return to === undefined ? texts[from]?.slice(2, -2).split('","') : numbers.slice(from, to);
  });
}
