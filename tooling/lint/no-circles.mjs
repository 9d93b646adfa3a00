import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Refuses files that need themselves through others, for values or for types. Packages cannot make a circle, since they
 * import one another in one direction only (import-directions.mjs): imports by path are all that is looked at.
 */
export const noCircles = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      circle: 'this file imports itself: {{ circle }}; what both ends need belongs in a file of its own',
    },
  },
  create(context) {
    const file = context.physicalFilename;
    return {
      Program(node) {
        const circle = shortestCircle(file, (path) =>
          path === file ? importsIn(file, context.sourceCode.text) : importsOf(path),
        );
        if (circle === undefined) return;
        const names = circle.map((path) => relative(context.cwd, path));
        context.report({ node, messageId: 'circle', data: { circle: names.join(' -> ') } });
      },
    };
  },
};

/** The shortest way from a file back to it, both ends included; undefined where there is none. */
export function shortestCircle(file, importsOfFile) {
  const cameFrom = new Map();
  const queue = [file];
  for (const path of queue) {
    for (const imported of importsOfFile(path)) {
      if (imported === file) {
        const way = [file];
        for (let at = path; at !== file; at = cameFrom.get(at)) way.unshift(at);
        return [file, ...way];
      }
      if (cameFrom.has(imported)) continue;
      cameFrom.set(imported, path);
      queue.push(imported);
    }
  }
  return undefined;
}

/** What files import, for as long as the process lives: a server of an editor is told of other files' changes by a restart. */
const known = new Map();

function importsOf(path) {
  if (!known.has(path)) known.set(path, importsIn(path, readFileSync(path, 'utf8')));
  return known.get(path);
}

/** Modules that a text imports by path, in whatever form. */
function importsIn(path, text) {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName }) => fileName.startsWith('.'))
    .map(({ fileName }) => resolve(dirname(path), fileName))
    .flatMap((target) => [target, target.replace(/\.js$/, '.ts')].filter((candidate) => isModule(candidate)))
    .filter((target) => target !== path);
}

const isModule = (path) => /\.(ts|mjs|js)$/.test(path) && existsSync(path);
