export { describeRecipe, recipeChecks, type RecipeSubject } from './recipe-checks.js';
