/** A copy of a JSON value without the members that are null: ACS writes null for what an event does not have. */
export function withoutNulls<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(withoutNulls) as Value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)])) as Value;
}
