/**
 * Refuses to have Node make the folders above a folder.
 */
export const noRecursiveMkdir = {
  meta: { type: 'problem', schema: [] },
  create: (context) => ({
    ':matches(CallExpression[callee.name=/^mkdir/], CallExpression[callee.property.name=/^mkdir/]) Property[key.name="recursive"]'(
      node,
    ) {
      context.report({
        node,
        message: "Node's recursive mkdir does not end on /proc; use makeFolder of @dist-gan/core",
      });
    },
  }),
};
