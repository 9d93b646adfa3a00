/**
 * TypeDoc, told two things of this repository: readers know a module, `losses/src`, as a package; and options whose
 * type is inferred from their schema are best read as the object that they are.
 */
import { Converter, ReflectionKind } from 'typedoc';

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
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, () => {
    for (const { reflection, type, context } of aliases) {
      if (!/\bInfer(Input|Output)$/.test(reflection.type?.name)) continue;
      reflection.type = context.converter.convertType(context, type());
    }
  });
}
