/** Templates of the events we write, with GUIDs that depend on nothing but what the template says. */

import type { EventLayout } from '../layouts/layout.ts';
import { seedOf } from '../random.ts';
import type { Template } from './binxml.ts';
import { putElement } from './binxml.ts';
import { createChunk } from './chunk.ts';
import type { Element } from './event-tree.ts';
import { bodyTree, eventTree } from './event-tree.ts';
import type { ValueType } from './values.ts';

export interface BodyTemplate extends Template {
  readonly types: readonly ValueType[];
}

const DEFINITION_HEADER_BYTES = 40;
const outer = new Map<string, Template>();
const bodies = new Map<EventLayout, BodyTemplate>();

export function outerTemplate(computer: string): Template {
  let template = outer.get(computer);
  if (template === undefined)
    outer.set(computer, (template = compile(`event ${computer}`, eventTree(computer))));
  return template;
}

export function bodyTemplate(layout: EventLayout): BodyTemplate {
  let template = bodies.get(layout);
  if (template === undefined) {
    const key = `body ${layout.provider} ${layout.id} ${layout.version}`;
    template = { ...compile(key, bodyTree(layout)), types: layout.fields.map(({ type }) => type) };
    bodies.set(layout, template);
  }
  return template;
}

/** Measures the definition by writing it into an empty chunk, where every name costs most. */
function compile(key: string, tree: Element): Template {
  const trial = createChunk();
  const start = trial.out.at;
  putElement(trial, tree, true);
  const guid = new Uint8Array(16);
  const view = new DataView(guid.buffer);
  for (let word = 0; word < 4; word++) view.setUint32(4 * word, seedOf(key, word));
  return { key, guid, tree, bytesMax: trial.out.at - start + DEFINITION_HEADER_BYTES };
}
