/** The API as one page of HTML: no script, nothing from elsewhere; made from the OpenAPI document alone. */

type Json = { readonly [key: string]: unknown };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: unknown): string => String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

/** A schema, folded away until somebody wants it. */
function schemaBlock(title: string, schema: unknown): string {
  const text = escaped(JSON.stringify(schema, null, 2));
  return `<details><summary>${escaped(title)}</summary><pre>${text}</pre></details>`;
}

function parameterRow({ name, in: place, required, description = '', schema }: Json): string {
  const { type = '', ...rest } = (schema ?? {}) as Json;
  const more = Object.keys(rest).length === 0 ? '' : escaped(JSON.stringify(rest));
  return `<tr><td><code>${escaped(name)}</code></td><td>${escaped(place)}${required ? ', required' : ''}</td><td>${escaped(type)} <small>${more}</small></td><td>${escaped(description)}</td></tr>`;
}

function parameterTable(parameters: readonly Json[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(parameterRow).join('');
  return `<table><tr><th>parameter</th><th>where</th><th>what</th><th></th></tr>${rows}</table>`;
}

function contentBlocks(title: string, content: Json | undefined): string {
  return Object.entries(content ?? {})
    .map(([type, media]) => schemaBlock(`${title}: ${type}`, (media as Json).schema))
    .join('');
}

function operationBlock(path: string, method: string, operation: Json): string {
  const { operationId, summary, parameters = [], requestBody, responses, security } = operation;
  const needs = (security as Json[]).flatMap((one) => Object.keys(one)).join(' or ') || 'nothing';
  const replies = Object.entries(responses as Record<string, Json>)
    .filter(([status]) => status !== 'default')
    .map(
      ([status, { description, content }]) =>
        `<p><b>${status}</b> ${escaped(description)}</p>${contentBlocks('Answer', content as Json)}`,
    );
  return `<section id="${escaped(operationId)}">
<h3><code>${escaped(method.toUpperCase())}</code> ${escaped(path)}</h3>
<p>${escaped(summary)} <small>Needs: ${escaped(needs)}.</small></p>
${parameterTable(parameters as Json[])}${contentBlocks('Body', (requestBody as Json | undefined)?.content as Json)}
${replies.join('')}</section>`;
}

/** The page of a document. */
export function apiPage(document: Json): string {
  const { info, paths, components } = document as Record<string, Json>;
  const operations = Object.entries(paths as Record<string, Record<string, Json>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const contents = operations.map(
    ({ path, method, operation }) =>
      `<li><a href="#${escaped(operation.operationId)}"><code>${escaped(method.toUpperCase())}</code> ${escaped(path)}</a></li>`,
  );
  const schemas = Object.entries((components?.schemas ?? {}) as Json).map(([name, schema]) =>
    schemaBlock(name, schema),
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info?.title)} API</title><link rel="stylesheet" href="docs.css"></head>
<body><header><h1>${escaped(info?.title)} API</h1><p>${escaped(info?.description)} The same for programs: <a href="openapi.json">openapi.json</a>.</p></header>
<nav><ul>${contents.join('')}</ul></nav>
<main>${operations.map(({ path, method, operation }) => operationBlock(path, method, operation)).join('\n')}
<h2>Schemas</h2>${schemas.join('')}</main></body></html>
`;
}

/** Readable in light and dark, at any width. */
export const API_STYLE = `:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { overflow-x: auto; padding: 0.5rem; border: 1px solid #8886; border-radius: 4px; }
nav ul { columns: 22rem; list-style: none; padding: 0; }
section { border-top: 1px solid #8886; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.5rem; border-bottom: 1px solid #8883; }
small { opacity: 0.8; overflow-wrap: anywhere; }
`;
