/**
 * TypeDoc, told some things of this repository: readers know a module, `losses/src`, as a package; options whose type is
 * inferred from their schema are best read as the object that they are, once; and what a function takes apart is its options.
 * One thing of its output is mended: what has the name of a property elsewhere on the page is linked as the second of its name.
 */
import { Converter, ReferenceType, ReflectionFlag, ReflectionKind } from 'typedoc';
import ts from 'typescript';
import { MarkdownPageEvent } from 'typedoc-plugin-markdown';

/** A heading's anchor without what tells it from others of the same name. */
const anchorOf = (heading) => heading.toLowerCase().replace(/[^\w-]/g, '');

/** What is on a page under the name of its package, which is not that of its folder. */
const titled = (page) =>
  page.replace(/^# (.+)$/m, (_, name) => `# ${name === 'cli' ? 'dist-gan' : `@dist-gan/${name}`}`);

function mendAnchors(page) {
  const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading));
  return page.replace(/\]\(#([\w-]+)-1\)/g, (link, anchor) =>
    headings.filter((heading) => heading === anchor).length === 1 ? `](#${anchor})` : link,
  );
}

function resolved({ checker }, name) {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

export function load(app) {
  const aliases = [];
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (reflection.kindOf(ReflectionKind.Module))
      reflection.name = reflection.name.replace(/\/src(\/index)?$/, '');
    if (reflection.kindOf(ReflectionKind.TypeAlias)) {
      const symbol = context.getSymbolFromReflection(reflection);
      const type = () => context.checker.getDeclaredTypeOfSymbol(symbol);
      aliases.push({ reflection, type, context: context.withScope(reflection) });
    }
  });
  const parameters = [];
  app.converter.on(Converter.EVENT_CREATE_PARAMETER, (context, parameter) => {
    if (parameter.name === '__namedParameters') parameter.name = 'options';
    parameters.push({ parameter, context });
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, () => {
    for (const { reflection, type, context } of aliases) {
      if (!/\bInfer(Input|Output)$/.test(reflection.type?.name)) continue;
      reflection.type = context.converter.convertType(context, type());
    }
    // TypeScript has forgotten the names of such types where they are used; the source says them.
    for (const { parameter, context } of parameters) {
      const name = context.getSymbolFromReflection(parameter)?.valueDeclaration?.type?.typeName;
      const alias = name && resolved(context, name);
      if (aliases.some(({ reflection }) => context.getSymbolFromReflection(reflection) === alias))
        parameter.type = ReferenceType.createResolvedReference(
          alias.name,
          context.getReflectionFromSymbol(alias),
          context.project,
        );
    }
  });
  // An interface of a schema's options is these options, not what a schema made of them.
  const asOptions = ({ project }) => {
    for (const reflection of project.getReflectionsByKind(ReflectionKind.Interface)) {
      if (!reflection.extendedTypes?.some((type) => /\bInfer(Input|Output)</.test(type.toString()))) continue;
      delete reflection.extendedTypes;
      delete reflection.typeHierarchy;
      for (const option of reflection.children ?? []) {
        delete option.inheritedFrom;
        delete option.overwrites;
        delete option.defaultValue;
        option.setFlag(ReflectionFlag.Readonly);
      }
    }
  };
  // After TypeDoc itself has looked at what extends what.
  app.converter.on(Converter.EVENT_RESOLVE_END, asOptions, -1000);
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    page.contents = titled(mendAnchors(page.contents));
  });
}
