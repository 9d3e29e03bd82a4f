import { type DoselineError, refusal } from "../error/error.js";

/** More levels than any plain data of a diary has; the core refuses what lies so deep. */
const DEEPEST = 12;

/**
 * A copy of an argument that is plain data through and through, so that it reaches the core the
 * same whether that runs in a worker or in place. What is not plain (a function, a BigInt, a Date, a
 * Map, a circle) is refused with the field it stands in.
 */
export function plainData(value: unknown, field = "", within: readonly unknown[] = []): unknown {
  switch (typeof value) {
    case "boolean": case "number": case "string": case "undefined":
      return value;
    case "object":
      break;
    default:
      throw notPlain(field);
  }
  if (value === null) return null;
  if (within.includes(value)) throw notPlain(field);
  const isList = Array.isArray(value);
  if (within.length === DEEPEST) return isList ? [] : {};
  const around = [...within, value];
  if (isList) return Array.from(value, (item, place) => plainData(item, `${field}[${place}]`, around));
  if (!isPlainObject(value)) throw notPlain(field);
  const inside = (name: string): string => (field === "" ? name : `${field}.${name}`);
  // Also right for a field `__proto__`, which an assignment would lose.
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, plainData(item, inside(name), around)]),
  );
}

/** An object that no class made, also one of another frame. */
function isPlainObject(value: object): boolean {
  const made = Object.getPrototypeOf(value) as object | null;
  return made === null || Object.getPrototypeOf(made) === null;
}

function notPlain(field: string): DoselineError {
  return refusal("wrong-type", field, "api.not-plain");
}
