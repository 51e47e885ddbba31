/** Whether one route template hides another. */

import { captures, type Segment, whole } from './route-segment.ts';
import { lengths, type RouteTemplate } from './route-template.ts';

/**
 * Whether `earlier` matches every path that `later` matches, as far as their segments show: constraints are compared by
 * their text, so two that mean the same in different words count as different.
 */
export function covers(earlier: RouteTemplate, later: RouteTemplate): boolean {
  const [first, second] = [lengths(earlier.segments), lengths(later.segments)];
  if (first.shortest > second.shortest || first.longest < second.longest) {
    return false;
  }
  return later.segments.every((segment, index) => {
    const taking = earlier.segments[index] ?? earlier.segments.at(-1);
    return taking !== undefined && takesAll(taking, segment);
  });
}

/** Whether a segment accepts whatever the other accepts. */
function takesAll(taking: Segment, segment: Segment): boolean {
  const parameter = whole(taking);
  if (parameter !== undefined && parameter.constraints.length === 0) {
    return parameter.isCatchAll || whole(segment)?.isCatchAll !== true;
  }
  const [literal, ...others] = segment.parts;
  return typeof literal === 'string' && others.length === 0
    ? captures(taking, literal) !== undefined
    : taking.signature === segment.signature;
}
